"""Start of the app."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.messaging"
    label = "messaging"
