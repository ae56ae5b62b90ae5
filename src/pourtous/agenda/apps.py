"""Start of the app."""

from django.apps import AppConfig


class AgendaConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.agenda"
    label = "agenda"
