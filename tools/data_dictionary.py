"""docs/data-dictionary.md, from the models: every table, every column, and what is personal with its why and how long.

`python -m tools.data_dictionary` writes it; a test holds it in step with the models.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parents[1] / "docs" / "data-dictionary.md"
HEAD = """# Data dictionary

Made from the models by `python -m tools.data_dictionary`; not written by hand. The second part is the register of
processing: every personal column, why it is kept, on what legal basis, for how long, and what erasure does to it.
"""


def page() -> str:
    """The whole page."""
    from django.apps import apps

    models = [model for model in apps.get_models() if model.__module__.startswith("pourtous.")]
    models.sort(key=lambda model: model._meta.label)  # noqa: SLF001 (Django's documented way to a model's columns)
    lines = [HEAD, "## Tables\n"]
    for model in models:
        lines += [*_table(model), ""]
    lines += ["## Personal columns\n", "| column | why | basis | kept | erasure |", "|---|---|---|---|---|"]
    lines += [line for model in models for line in _personal(model)]
    return "\n".join(lines) + "\n"


def _table(model: type) -> Iterator[str]:
    meta = model._meta  # type: ignore[attr-defined]  # noqa: SLF001
    yield f"### {meta.label}\n"
    yield (model.__doc__ or "").strip().splitlines()[0] + "\n"
    yield "| column | type | may be empty | personal |"
    yield "|---|---|---|---|"
    for field in (*meta.concrete_fields, *meta.many_to_many):
        kind = field.get_internal_type().removesuffix("Field")
        target = f" → {field.related_model._meta.label}" if field.related_model else ""  # noqa: SLF001
        personal = "yes" if field.name in model.privacy.personal else ""  # type: ignore[attr-defined]
        yield f"| {field.name} | {kind}{target} | {'yes' if field.blank or field.null else ''} | {personal} |"


def _personal(model: type) -> Iterator[str]:
    label = model._meta.label  # type: ignore[attr-defined]  # noqa: SLF001
    for name, one in model.privacy.personal.items():  # type: ignore[attr-defined]
        yield f"| {label}.{name} | {one.purpose} | {one.basis} | {one.retention} | {one.erasure} |"


def main() -> int:
    """Write the page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pourtous.config.settings.test")
    django.setup()
    from django.utils.translation import override

    with override("en"):
        PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
