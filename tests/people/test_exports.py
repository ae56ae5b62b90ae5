import pytest

from pourtous.people import exports
from pourtous.people.models import Person
from pourtous.runtime.exports import tables
from tests.people.factories import CriterionFactory, FollowUpFactory

pytestmark = pytest.mark.django_db
LEFT_OUT = {"name_hash", "phone_hash", "search_text"}


def test_every_column_of_a_person_is_told_but_hashes():
    columns = {column.name for column in exports.persons()[0]}
    assert columns == {field.attname for field in Person._meta.concrete_fields} - LEFT_OUT


def test_rows_come_out():
    FollowUpFactory()
    CriterionFactory()
    for name in ("persons", "criteria", "follow_ups", "relations", "file_readings", "file_openings"):
        columns, rows = tables()[name].source()
        assert all(len(row) == len(columns) for row in rows)
    assert len(list(exports.persons()[1])) == 2
