"""Start of the app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.portal"
    label = "portal"

    def ready(self) -> None:
        """Draw, for those who edit a place, the public page it would have."""
        from pourtous.places.preview import set_preview
        from pourtous.portal.views.places import draft, draft_part

        set_preview(draft, draft_part)
