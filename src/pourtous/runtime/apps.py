"""Start of the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RuntimeConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.runtime"
    label = "runtime"

    def ready(self) -> None:
        """Gather jobs and scheduled work from the apps' `tasks.py`, tables to export from their `exports.py`."""
        autodiscover_modules("tasks", "exports")
