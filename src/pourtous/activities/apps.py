"""Start of the app."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.activities"
    label = "activities"
