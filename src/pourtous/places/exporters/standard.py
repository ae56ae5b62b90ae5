"""Places in the national standard: 32 columns, lists with `|`, nothing inferred.

What does not go out: services inferred from a programme, positions worked out from the address, an unknown pivot or
date, and places that are hidden or closed. What the standard cannot say goes into `autres_formations_labels`.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.places.enums import Network, PlaceState, PositionOrigin
from pourtous.places.models import Collector, Layer, Place
from pourtous.places.standard import COLUMNS, LAM_LABEL, LAM_TYPOLOGY, PASS_LABEL, SEPARATOR, Column

OURS = "pourtous"  # the collector of places that no file brought


def rows(source: str = "") -> Iterator[dict[str, str]]:
    """Published places, in the order of their ids.

    With `source`, the places of one collector under its own ids; else all, as COLLECTOR-id. Raises DomainError for a
    collector nobody knows.
    """
    if source and not Collector.objects.filter(code=source).exists():
        raise DomainError(_("No import was ever made from “%(source)s”.") % {"source": source})
    ids = _ids(source)
    places = Place.objects.filter(state=PlaceState.PUBLISHED)
    wanted = places.filter(layers__collector=source) if source else places
    for local_id, place in sorted(((ids.get(place.pk, ""), place) for place in wanted), key=_order):
        yield cells(place, local_id or f"{OURS}-{place.code}")


def _ids(source: str) -> dict[Any, str]:
    """The id of each place: of a place with several layers, the smallest, which imports leave as it is."""
    layers = Layer.objects.filter(collector=source) if source else Layer.objects.all()
    found: dict[Any, str] = {}
    for place_id, collector, local_id in layers.values_list("place_id", "collector_id", "local_id"):
        name = local_id if source else f"{collector}-{local_id}"
        found[place_id] = min(name, found.get(place_id, name))
    return found


def _order(item: tuple[str, Place]) -> tuple[str, str]:
    return item[0], item[1].code


def cells(place: Place, local_id: str) -> dict[str, str]:
    """One place by column of the standard, as text."""
    found = {column.name: _text(column, getattr(place, column.field)) for column in COLUMNS if column.field}
    if place.position_origin == PositionOrigin.GEOCODED:
        found |= {"latitude": "", "longitude": ""}
    labels = list(place.other_labels)
    if Network.LAM in place.networks:
        found["typologie"] = _joined([*place.typologies, LAM_TYPOLOGY])
        labels.append(LAM_LABEL)
    if place.accepts_pass:
        labels.append(PASS_LABEL)
    found["autres_formations_labels"] = _joined(labels)
    return {"id": local_id, **found}


def _text(column: Column, value: Any) -> str:
    if column.is_list:
        return SEPARATOR.join(value)
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def _joined(items: list[str]) -> str:
    return SEPARATOR.join(dict.fromkeys(items))
