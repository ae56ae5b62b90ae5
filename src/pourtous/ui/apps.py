"""Start of the app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.ui"
    label = "ui"
