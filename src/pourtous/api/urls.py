"""Addresses of the API. Views of version 1 are open to all: reading open data needs no account."""

from django.urls import URLPattern, URLResolver, path

from pourtous.api import open_data, pages
from pourtous.api.document import openapi
from pourtous.api.service import api
from pourtous.kernel.access import PUBLIC


def _version_1() -> list[URLPattern | URLResolver]:
    declared = [one for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"]
    for one in declared:
        one.callback.access = PUBLIC  # type: ignore[attr-defined]  # as `public` does to a view of ours
    return [*declared, path("openapi.json", openapi, name="openapi")]


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/", pages.guide, name="api-guide"),
    path("api/v1/", (_version_1(), "api", "api-1")),
    path("donnees/", pages.data, name="open-data"),
    path("donnees/catalogue.jsonld", pages.catalogue, name="open-data-catalogue"),
    *(
        path(f"donnees/lieux.{name}", pages.places_file, {"name": name}, name="open-data-file")
        for name in open_data.FORMATS
    ),
]
