"""Start of the app."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """See README.md in this folder."""

    name = "pourtous.runtime"
    label = "runtime"
