"""Start of the app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.portal"
    label = "portal"
