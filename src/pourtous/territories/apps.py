"""Start of the app."""

from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.territories"
    label = "territories"
