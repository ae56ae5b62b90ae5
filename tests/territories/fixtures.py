"""`reference`: the shipped reference data, for tests that need real communes (a fifth of a second)."""

from datetime import UTC, datetime

import pytest

from pourtous.territories import operations


@pytest.fixture
def reference(db, settings):
    settings.TERRITORY = {**settings.TERRITORY, "departements": ["34"]}
    operations.load_reference(now=datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
