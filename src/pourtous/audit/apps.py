"""Start of the app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.audit"
    label = "audit"
