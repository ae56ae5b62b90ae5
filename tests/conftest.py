"""What all tests share: nothing reaches the network, and a template that names what is not there fails."""

import os

import pytest
from django.core.cache import caches

pytest_plugins = ["tests.territories.fixtures"]

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # a browser's driver runs a loop beside the ORM


@pytest.fixture(autouse=True)
def _empty_caches(settings):
    yield
    for name in settings.CACHES:
        caches[name].clear()
