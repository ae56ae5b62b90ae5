"""Start of the app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.api"
    label = "api"
