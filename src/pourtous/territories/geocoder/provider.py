"""What any geocoder must offer, and the one built in. The setting GEOCODER names another by its dotted path."""

from functools import cache
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from pourtous.kernel.geometry import Point
from pourtous.territories.geocoder import embedded
from pourtous.territories.geocoder.types import Match


class Provider(Protocol):
    """A geocoder. What it cannot find is an empty list, never an error."""

    def geocode(self, text: str, *, postcode: str, insee_code: str, limit: int) -> list[Match]:
        """Answers for an address as typed, best first."""

    def reverse(self, point: Point, *, limit: int) -> list[Match]:
        """What is nearest to a point, nearest first."""


class Embedded:
    """The geocoder on the platform's own tables: no network."""

    def geocode(self, text: str, *, postcode: str, insee_code: str, limit: int) -> list[Match]:
        """See `embedded.geocode`."""
        return embedded.geocode(text, postcode=postcode, insee_code=insee_code, limit=limit)

    def reverse(self, point: Point, *, limit: int) -> list[Match]:
        """See `embedded.reverse`."""
        return embedded.reverse(point, limit=limit)


@cache
def _named(path: str) -> Provider:
    provider: Provider = import_string(path)()
    return provider


def chosen() -> Provider:
    """The provider of this installation."""
    return _named(getattr(settings, "GEOCODER", "") or f"{Embedded.__module__}.{Embedded.__qualname__}")
