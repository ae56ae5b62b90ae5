"""What search engines are shown."""

from datetime import date
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from pourtous.places.models import Place
from pourtous.places.queries import PlaceFilter, matching
from pourtous.portal.cards import place_url

PAGES = (
    "home",
    "need",
    "computer",
    "training",
    "course-where",
    "course-theme",
    "connection",
    "donation",
    "places",
    "contact",
    "accessibility",
    "legal",
    "privacy",
    "sitemap-page",
)


class Pages(Sitemap[str]):
    """The fixed pages."""

    def items(self) -> list[str]:
        """Their names."""
        return list(PAGES)

    def location(self, item: str) -> str:
        """Their addresses."""
        return reverse(item)


class PlacePages(Sitemap[Place]):
    """The page of each place that the public sees."""

    limit = 5000

    def items(self) -> QuerySet[Place]:
        """Only the columns an address needs."""
        return matching(PlaceFilter()).only("code", "name", "updated_on").order_by("code")

    def location(self, item: Place) -> str:
        """The place's address."""
        return place_url(item)

    def lastmod(self, item: Place) -> date | None:
        """When it was last brought up to date."""
        return item.updated_on


SITEMAPS: dict[str, Any] = {"pages": Pages, "places": PlacePages}
