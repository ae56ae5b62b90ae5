"""The map of a page of results, as data: numbered places, and outlines of communes where no tiles are set."""

from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from pourtous.kernel.geometry import Box, Point, box_around
from pourtous.portal.cards import Card
from pourtous.portal.where import Spot
from pourtous.territories.queries import outlines_around

MARGIN_M = 24_000.0


@dataclass(frozen=True)
class Pin:
    """A place on the map; `number` is that of the list."""

    number: int
    name: str
    lat: float
    lon: float
    url: str
    state: str
    town: str


def tile_origin() -> str:
    """The origin that tiles come from, as the content security policy says it; "" without tiles."""
    parts = urlsplit(settings.MAP_TILES.replace("{s}.", ""))
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""


def drawing(cards: list[Card], spot: Spot | None) -> dict[str, Any]:
    """What the map module needs: pins, the point one looks around, tiles or outlines."""
    pins = [_pin(card) for card in cards if card.place.point]
    near = list(spot.position) if spot and spot.position else None
    return {
        "pins": [asdict(pin) for pin in pins],
        "near": near,
        "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION,
        "outlines": None if settings.MAP_TILES or not pins else outlines_around(_box(pins)),
    }


def _pin(card: Card) -> Pin:
    point = card.place.point
    lat, lon = (round(point.lat, 5), round(point.lon, 5)) if point else (0.0, 0.0)
    return Pin(card.number, card.place.name, lat, lon, card.url, card.state.text, card.place.commune_name)


def _box(pins: list[Pin]) -> Box:
    """The rectangle of all pins, with a margin."""
    corners = [box_around(Point(pin.lat, pin.lon), MARGIN_M) for pin in pins]
    return Box(
        min(box.south for box in corners),
        min(box.west for box in corners),
        max(box.north for box in corners),
        max(box.east for box in corners),
    )
