"""Start of the app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AccountsConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Tell the gate where users stand, gather the panels of the professional home, declare allauth's views."""
        from pourtous.accounts.queries import standing_of
        from pourtous.accounts.urls import access
        from pourtous.kernel.access import declare_access
        from pourtous.kernel.permissions import set_standing

        set_standing(standing_of)
        declare_access(access)
        autodiscover_modules("home")
