"""Keep each app's French catalogue in step with its words, without system gettext.

`python -m tools.catalogues` reads msgids from Python and templates (Django's own `templatize`, Babel's
extractor), updates `locale/fr/LC_MESSAGES/django.po`, and writes the `.mo`. `--check` only says what is off.
"""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1] / "src" / "pourtous"
_NO_BREAK = "\u00a0"
_BINDING = re.compile(r"(?<=\S) (?=[?!:;»])|(?<=«) ")
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def apps() -> list[Path]:
    """The folders that have words of their own."""
    return sorted(p for p in ROOT.iterdir() if p.is_dir() and p.name not in {"locale", "__pycache__"})


def words(app: Path) -> Catalog:
    """All msgids of an app, with the files they stand in."""
    from django.utils.translation.template import templatize

    found = Catalog(locale="fr", fuzzy=False)
    files = sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt"), *app.rglob("*.svg")])
    for path in files:
        if "migrations" in path.parts or "static" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        code = text if path.suffix == ".py" else templatize(text, origin=str(path))
        for _line, msgid, _comments, context in extract("python", io.BytesIO(code.encode()), KEYWORDS):
            found.add(msgid, locations=[(path.relative_to(ROOT).as_posix(), 1)], context=context)
    return found


def updated(app: Path, template: Catalog) -> Catalog:
    """The app's catalogue with new msgids empty and unused ones gone."""
    path = po_path(app)
    catalog = Catalog(locale="fr", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalog = read_po(file, locale="fr")
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog


def po_path(app: Path) -> Path:
    """Where an app's catalogue is."""
    return app / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def po_bytes(catalog: Catalog) -> bytes:
    """The .po file: no dates, no tool names, so that only words make a difference."""
    out = io.BytesIO()
    write_po(out, catalog, width=0, sort_output=True, omit_header=True, no_location=True)
    header = b'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return (
        header
        + b'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
        + out.getvalue()
    )


def mo_bytes(po: bytes) -> bytes:
    """The compiled catalogue: what stands before ? ! : ; and inside « » never begins or ends a line (French typography)."""
    catalog = read_po(io.BytesIO(po), locale="fr")
    for message in catalog:
        if message.id:
            message.string = _bound(message.string)
    catalog.creation_date = catalog.revision_date = _NO_DATE  # else the same words give other bytes each minute
    out = io.BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _bound(text: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(text, tuple):
        return tuple(_BINDING.sub(_NO_BREAK, one) for one in text)
    return _BINDING.sub(_NO_BREAK, text)


def missing(catalog: Catalog) -> list[str]:
    """Msgids without translation (for plurals, without both forms)."""
    return [
        str(message.id)
        for message in catalog
        if message.id and not all(message.string if isinstance(message.string, tuple) else (message.string,))
    ]


def check(app: Path) -> list[str]:
    """What is off in an app's catalogue, in words."""
    template = words(app)
    if not len(template) and not po_path(app).exists():
        return []
    catalog = updated(app, template)
    faults = [f"{app.name}: not translated: {text}" for text in missing(catalog)]
    po = po_bytes(catalog)
    path = po_path(app)
    if not path.exists() or path.read_bytes() != po:
        faults.append(f"{app.name}: django.po is not up to date")
    if not path.with_suffix(".mo").exists() or path.with_suffix(".mo").read_bytes() != mo_bytes(po):
        faults.append(f"{app.name}: django.mo is not up to date")
    return faults


def write(app: Path) -> None:
    """Bring an app's catalogue up to date."""
    template = words(app)
    if not len(template):
        return
    path = po_path(app)
    path.parent.mkdir(parents=True, exist_ok=True)
    po = po_bytes(updated(app, template))
    path.write_bytes(po)
    path.with_suffix(".mo").write_bytes(mo_bytes(po))


def main() -> int:
    """Write, then say what is still to translate."""
    only = [a for a in sys.argv[1:] if not a.startswith("-")]
    chosen = [app for app in apps() if not only or app.name in only]
    if "--check" not in sys.argv:
        for app in chosen:
            write(app)
    faults = [fault for app in chosen for fault in check(app)]
    print("\n".join(faults) or "Catalogues are complete and in step.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
