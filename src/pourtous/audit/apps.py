"""Start of the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.audit"
    label = "audit"

    def ready(self) -> None:
        """Let each app name its verbs."""
        autodiscover_modules("verbs")
