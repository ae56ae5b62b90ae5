"""Start of the app."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.demo"
    label = "demo"

    def ready(self) -> None:
        """Name the few people whom the page of roles shows."""
        from pourtous.accounts.queries.demo import DemoRole, show_roles
        from pourtous.demo.scenario import read

        show_roles(
            DemoRole(row["title"], tuple((one["email"], one["words"]) for one in row["people"]))
            for row in read("roles")
        )
