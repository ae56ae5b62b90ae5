import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from python_calamine import CalamineWorkbook

from pourtous.accounts.enums import Role
from pourtous.audit.operations import record
from tests.accounts.factories import OrganisationFactory, someone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
PAGE = "/travail/journal/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    user = someone("steering", role=Role.MANAGER, name="Dominique Essai")
    client.force_login(user)
    return user


@pytest.fixture
def acts(reader):
    organisation = OrganisationFactory(name="Les Tamaris")
    record(actor=reader, verb="accounts.edit", subject=organisation, now=NOW)
    record(actor=None, verb="places.report", subject=organisation, now=NOW - timedelta(days=1))


@pytest.mark.parametrize(("capability", "role"), [("steering", Role.MEMBER), ("mediation", Role.MANAGER)])
def test_only_managers_of_steering_read_the_journal(client, capability, role):
    client.force_login(someone(capability, role=role))
    assert client.get(PAGE).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client):
    assert client.get(PAGE).status_code == 302


def test_acts_are_shown_newest_first(client, acts):
    page = client.get(PAGE).content.decode()
    assert page.index("accounts.edit</td>") < page.index("places.report</td>")
    assert "Les Tamaris" in page


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"verb": "places.report"}, 1),
        ({"actor": "dominique"}, 1),
        ({"first_day": "2026-11-23"}, 1),
        ({"last_day": "2026-11-22"}, 1),
        ({"first_day": "2026-11-24"}, 0),
        ({"first_day": "yesterday"}, 2),
        ({"actor": "x" * 5000}, 2),
        ({"verb": "unknown", "page": "-1"}, 2),
        ({"page": "999999999999999999999"}, 2),
    ],
)
def test_the_filter_finds_and_bad_input_gets_a_sentence(client, acts, query, count):
    answer = client.get(PAGE, query)
    assert answer.status_code == 200
    assert answer.context["page"].paginator.count == count


def test_the_file_holds_what_is_shown_and_no_formula(client, reader):
    record(actor=reader, verb="accounts.edit", subject=OrganisationFactory(name='=HYPERLINK("x")'), now=NOW)
    answer = client.get(PAGE, {"verb": "accounts.edit", "format": "csv"})
    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert list(row.values())[:4] == ["2026-11-23", "10:00:00", "Dominique Essai", "accounts.edit"]
    assert "'=HYPERLINK" in list(row.values())[4]
    book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(PAGE, {"format": "xlsx"}).content))
    assert len(book.get_sheet_by_index(0).to_python()) == 2


def test_a_long_journal_costs_as_many_queries_as_a_short_one(client, reader, django_assert_max_num_queries):
    organisation = OrganisationFactory()
    for _ in range(60):
        record(actor=reader, verb="accounts.edit", subject=organisation, now=NOW)
    with django_assert_max_num_queries(12):
        client.get(PAGE)
