"""Tables of the pass numérique in `pourtous export all`, with a sentence a column."""

from functools import partial
from typing import Any

from django.db.models import Model

from pourtous.passes import campaign_exports, host_exports, money_exports
from pourtous.runtime.exports import Column, Rows, table


def _rows(model: type[Model], described: dict[str, str]) -> Rows:
    found: Any = model._default_manager.order_by("pk")  # noqa: SLF001 (Django's documented way)
    columns = [Column(name, text) for name, text in described.items()]
    return columns, found.values_list(*described).iterator(chunk_size=2000)


for _model, _name, _sentence, _columns in (*campaign_exports.TABLES, *host_exports.TABLES, *money_exports.TABLES):
    table(_name, _sentence, covers=(_model._meta.label,))(partial(_rows, _model, _columns))  # noqa: SLF001
