"""Start of the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.ui"
    label = "ui"

    def ready(self) -> None:
        """Gather the entries of the professional navigation."""
        autodiscover_modules("navigation")
