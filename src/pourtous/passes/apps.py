"""Start of the app."""

from django.apps import AppConfig


class PassesConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.passes"
    label = "passes"
