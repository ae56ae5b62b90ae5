"""Free hours: what the public may book, and nothing about who."""

from datetime import UTC, datetime

import pytest

from pourtous.agenda.enums import Booker
from pourtous.kernel import clock
from tests.agenda.factories import AppointmentKindFactory, AvailabilityFactory, ResourceFactory
from tests.places.factories import PlaceFactory

NOW = datetime(2026, 11, 23, 5, tzinfo=UTC)  # a Monday
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def place():
    return PlaceFactory(name="Le Cabanon", latitude=43.6, longitude=3.9)


@pytest.fixture
def kind():
    return AppointmentKindFactory(needs=("Aide aux démarches administratives",))


@pytest.fixture(autouse=True)
def hours(kind, place):
    resource = ResourceFactory(unit=kind.unit, name="Nadia Fabre", user__name="Nadia Fabre")
    return AvailabilityFactory(resource=resource, kinds=[kind], place=place)


def items(client, **query):
    answer = client.get("/api/v1/slots", query)
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def test_free_hours_with_kind_and_place_and_no_name(client, kind, place):
    found = items(client, days=1, lat=43.61, lon=3.9)
    assert [one["starts_at"] for one in found][:2] == ["2026-11-23T09:00:00+01:00", "2026-11-23T09:45:00+01:00"]
    assert found[0]["place"]["id"] == place.code
    assert found[0]["kind"] == {"id": str(kind.pk), "name": kind.name, "minutes": 45}
    assert found[0]["free"] == 1
    assert 1_000 < found[0]["distance_m"] < 1_300
    assert "Nadia" not in str(found)


def test_what_the_public_may_not_book_is_not_there(client, kind):
    kind.bookers = (Booker.COLLEAGUE, Booker.PRESCRIBER)
    kind.save()
    assert items(client) == []


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"need": "Aide aux démarches administratives"}, 4),
        ({"need": "Loisirs et créations numériques"}, 0),
        ({"mode": "phone"}, 0),
        ({"mode": "place"}, 4),
        ({"kind": "00000000-0000-0000-0000-000000000000"}, 0),
        ({"place": "ZZZZZZZZ"}, 0),
        ({"commune": "34172"}, 0),
        ({"from": "2026-11-28"}, 0),
        ({"from": "2026-11-24"}, 4),
        ({"limit": 2}, 2),
        ({"sort": "nearest", "lat": 43.6, "lon": 3.9}, 4),
    ],
)
def test_each_parameter_narrows(client, query, count):
    assert len(items(client, days=1, **query)) == count


def test_by_place_and_commune(client, place):
    place.insee_code = "34172"
    place.save()
    assert len(items(client, days=1, place=place.code, commune="34172")) == 4


@pytest.mark.parametrize(
    "query",
    [
        {"days": 61},
        {"days": 0},
        {"limit": 101},
        {"from": "tomorrow"},
        {"mode": "telepathy"},
        {"kind": "x"},
        {"lat": 43.6},
        {"sort": "nearest"},
        {"place": "x" * 13},
        {"unknown": 1},
        {"commune": "Sète"},
    ],
)
def test_what_cannot_be_is_said(client, query):
    answer = client.get("/api/v1/slots", query)
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")


def test_few_queries(client, kind, django_assert_max_num_queries):
    for _ in range(3):
        AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind], place=PlaceFactory())
    with django_assert_max_num_queries(6):
        assert items(client, days=60)
