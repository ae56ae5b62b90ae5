"""Start of the app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.demo"
    label = "demo"
