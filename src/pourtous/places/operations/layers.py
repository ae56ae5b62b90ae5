"""What a place shows, worked out from its layers: the manager's value when there is one, else the newest layer's."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import DateField

from pourtous.kernel.fields import TermListField
from pourtous.kernel.geometry import Point
from pourtous.places.enums import PositionOrigin
from pourtous.places.models import Layer, Place
from pourtous.places.standard import COLUMNS, OWN_FIELDS

# Told together or not at all: the street of one source with the commune of another would be nowhere.
_ADDRESS = ("commune_name", "postcode", "insee_code", "address", "address_complement")
_POSITION = ("latitude", "longitude")
FIELDS = (*(column.field for column in COLUMNS if column.field), *OWN_FIELDS)
_ALONE = tuple(name for name in FIELDS if name not in (*_ADDRESS, *_POSITION))
_COLUMNS = {field.name: field for field in Place._meta.concrete_fields}  # noqa: SLF001 (Django's documented way)
WRITTEN = (*FIELDS, "position_origin", "position_level")

Values = dict[str, Any]


def snapshot(place: Place) -> dict[str, Any]:
    """The columns an import may change, as they are."""
    return {name: getattr(place, name) for name in WRITTEN}


def show(place: Place, layers: Sequence[Layer], located: tuple[Point, str] | None = None) -> None:
    """Set the columns of the place from its layers; the columns its manager set stay.

    `located`: where the address was found and how finely, for a place whose layers give no position.
    """
    newest = [one.values for one in sorted(layers, key=lambda one: (one.imported_at, one.local_id), reverse=True)]
    address = tuple(getattr(place, name) for name in _ADDRESS)
    for name in _ALONE:
        _set(place, name, next((values[name] for values in newest if name in values), None))
    for name in _ADDRESS:
        _set(place, name, newest[0].get(name))
    has_moved = address != tuple(getattr(place, name) for name in _ADDRESS)
    _show_position(place, newest, located, has_moved=has_moved)


def differences(place: Place, values: Values) -> list[str]:
    """The columns for which the manager says something else than these values."""
    return [
        name for name in place.managed if name in values and python_value(name, values[name]) != _shown(place, name)
    ]


def python_value(name: str, value: Any) -> Any:
    """A value of a layer as `Place` holds it; None is the empty value of the column."""
    field = _COLUMNS[name]
    if value is None:
        return field.get_default()
    if isinstance(field, TermListField):
        return tuple(value)
    return date.fromisoformat(value) if isinstance(field, DateField) else value


def _shown(place: Place, name: str) -> Any:
    value = getattr(place, name)
    return tuple(value) if isinstance(value, list) else value


def _set(place: Place, name: str, value: Any) -> None:
    if name not in place.managed:
        setattr(place, name, python_value(name, value))


def _show_position(
    place: Place, newest: Sequence[Values], located: tuple[Point, str] | None, *, has_moved: bool
) -> None:
    if place.position_origin == PositionOrigin.MANAGER or set(_POSITION) & set(place.managed):
        return
    given = next((values for values in newest if "latitude" in values), None)
    if given is not None:
        place.latitude, place.longitude = given["latitude"], given["longitude"]
        place.position_origin, place.position_level = PositionOrigin.GIVEN, ""
    elif located is not None:
        (place.latitude, place.longitude), place.position_level = located
        place.position_origin = PositionOrigin.GEOCODED
    elif has_moved or place.position_origin == PositionOrigin.GIVEN:
        place.latitude = place.longitude = None
        place.position_origin, place.position_level = PositionOrigin.NONE, ""
