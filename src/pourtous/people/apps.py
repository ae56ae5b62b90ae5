"""Start of the app."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.people"
    label = "people"

    def ready(self) -> None:
        """Find what each app holds about people, and what it says on the page of one."""
        import_module("pourtous.people.own_holdings")
        autodiscover_modules("holdings")
        autodiscover_modules("person_page")
        import_module("pourtous.people.person_rights")
