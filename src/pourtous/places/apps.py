"""Start of the app."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.places"
    label = "places"
