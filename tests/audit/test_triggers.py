"""The database refuses by itself, whatever the code does."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from pourtous.audit.models import Event
from pourtous.audit.operations import record

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_the_database_refuses_to_change_an_act():
    record(actor=None, verb="places.report", subject=None, now=NOW)
    for column, value in (("verb", "other"), ("at", datetime(2020, 1, 1, tzinfo=UTC)), ("details", {"a": 1})):
        with pytest.raises(DatabaseError), transaction.atomic():
            Event.unguarded().update(**{column: value})
    assert Event.objects.get().verb == "places.report"


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="held by the code alone there: a test database is emptied")
def test_the_database_refuses_to_delete_an_act():
    record(actor=None, verb="places.report", subject=None, now=datetime.now(UTC))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event")
    assert Event.objects.count() == 1
