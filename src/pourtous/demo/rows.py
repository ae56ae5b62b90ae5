"""Writing rows whose keys are fixed."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

Row = dict[str, Any]
M = TypeVar("M", bound=Model)


def put(model: type[M], rows: Iterable[M], *, key: str = "id") -> int:
    """Insert rows, or bring those of the same key up to date; how many."""
    fixed = {key, "created_at", "modified_at", "last_login", "password"}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in fixed]  # noqa: SLF001
    done = list(rows)
    manager = model._default_manager  # noqa: SLF001
    manager.bulk_create(done, update_conflicts=True, unique_fields=[key], update_fields=fields, batch_size=500)
    return len(done)
