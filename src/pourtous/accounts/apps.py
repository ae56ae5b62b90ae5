"""Start of the app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Tell the gate where users stand."""
        from pourtous.accounts.queries import standing_of
        from pourtous.kernel.permissions import set_standing

        set_standing(standing_of)
