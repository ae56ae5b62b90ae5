"""A geocoder that forgets between tests, and `reference`: the shipped reference data, for tests that need real communes (a fifth of a second)."""

from datetime import UTC, datetime

import pytest

from pourtous.territories import operations
from pourtous.territories.geocoder import index


@pytest.fixture
def reference(db, settings):
    settings.TERRITORY = {**settings.TERRITORY, "departements": ["34"]}
    operations.load_reference(now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _geocoder_that_forgets():
    index.forget()
    yield
    index.forget()
