"""The directory's tables of `pourtous export all`, with a sentence a column."""

from collections.abc import Iterator
from typing import Any

from pourtous.places.models import Layer, Place
from pourtous.places.standard import BY_FIELD, SEPARATOR
from pourtous.runtime.exports import Column, Rows, table

_OURS = {
    "id": "Key of the row.",
    "code": "Short code shown to people.",
    "state": "published, hidden or closed.",
    "unit": "Key of the unit that looks after the place.",
    "networks": "Local networks the standard does not know: LAM.",
    "accepts_pass": "Whether passes are accepted; empty: unknown.",
    "walk_in": "Whether one may come without appointment; empty: unknown.",
    "wheelchair": "Whether a wheelchair gets in; empty: unknown.",
    "home_help": "Whether somebody comes to people's homes; empty: unknown.",
    "plain_french": "Whether people not at ease in French are helped; empty: unknown.",
    "access_notes": "How to come, in words.",
    "hours_notes": "Exceptions to the hours, in words.",
    "inferred_services": "Services worked out from a national programme, not declared.",
    "commune": "INSEE code of the commune of the reference the place was linked to.",
    "departement": "Code of the département.",
    "position_origin": "none, given, geocoded or manager.",
    "position_level": "How finely the address was found: number, street, locality, commune.",
    "managed": "Columns whose value the manager set: imports leave them alone.",
    "created_at": "When the place was created, UTC.",
    "modified_at": "When it last changed, UTC.",
}
_LEFT_OUT = {"search_text", "sort_name"}  # made from the others, to search by


@table("places", "One row a place, with everything the standard cannot say", covers=("places.Place",))
def places() -> Rows:
    """All places, hidden and closed ones included."""
    names = [field.attname for field in Place._meta.concrete_fields if field.name not in _LEFT_OUT]  # noqa: SLF001 (Django's documented way)
    columns = [Column(name, _description(name)) for name in names]
    return columns, _rows(names)


def _description(name: str) -> str:
    plain = name.removesuffix("_id")
    if plain in BY_FIELD:
        return f"Column {BY_FIELD[plain].name} of the national standard of places."
    return _OURS[plain]


def _rows(names: list[str]) -> Iterator[tuple[Any, ...]]:
    for row in Place.objects.order_by("code").values_list(*names).iterator():
        yield tuple(SEPARATOR.join(value) if isinstance(value, tuple) else value for value in row)


@table("layers", "One row for what one collector says of one place", covers=("places.Layer",))
def layers() -> Rows:
    """All layers; `values` and `kept` are JSON."""
    columns = [
        Column("collector", "Code of who collected the row."),
        Column("local_id", "The collector's own id."),
        Column("place", "Key of the place."),
        Column("values", "What the row says, by column of the place (JSON)."),
        Column("kept", "What had no equivalent or could not be used, as it was written (JSON)."),
        Column("imported_at", "When the row last changed, UTC."),
        Column("absent_since", "Since when it is no longer in the collector's file, UTC."),
        Column("absence_settled_at", "When the team kept or closed the place all the same, UTC."),
    ]
    names = ("collector_id", "local_id", "place_id", *(column.name for column in columns[3:]))
    return columns, Layer.objects.order_by("collector_id", "local_id").values_list(*names).iterator()
