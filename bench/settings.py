"""Settings of the server under measure: production's, and one address more that answers a constant."""

from pourtous.config.settings.production import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
