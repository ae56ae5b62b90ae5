"""Start of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.accounts"
    label = "accounts"
