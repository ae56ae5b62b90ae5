"""GET /api/v1/sessions: one test a parameter, the shape, the pages."""

from datetime import UTC, datetime, timedelta

import pytest

from pourtous.agenda.enums import CourseState, Format, Level, Theme
from pourtous.kernel import clock
from tests.agenda.factories import CourseFactory, RunFactory, SessionFactory
from tests.passes.factories import PriceFactory
from tests.places.factories import PlaceFactory
from tests.territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db
SESSIONS = "/api/v1/sessions"


@pytest.fixture
def titles(ask):
    def find(**query):
        answer = ask(SESSIONS, **query)
        assert answer.status == 200, answer.body
        return [item["title"] for item in answer.body["items"]]

    return find


def session(title, *, days=3, **course):
    at = (clock.now() + timedelta(days=days)).replace(hour=9, minute=0, second=0, microsecond=0)
    other = {name: course.pop(name) for name in ("place", "commune", "seats", "registered") if name in course}
    run = RunFactory(course=CourseFactory(title=title, **course))
    return SessionFactory(run=run, starts_at=at, ends_at=at + timedelta(hours=2), **other)


def test_an_item_tells_all_one_needs_to_come(ask):
    place = PlaceFactory(name="Le Cabanon", commune=CommuneFactory(code="34998"))
    one = session("Premiers pas", theme=Theme.PHONE, aims="Appeler\n\nÉcrire", place=place, registered=5)
    item = ask(SESSIONS).body["items"][0]
    assert item["id"] == one.code
    assert item["url"].endswith(f"/parcours/seance/{one.code}/")
    assert (item["theme"], item["family"], item["aims"]) == ("phone", "everyday", ["Appeler", "Écrire"])
    assert (item["where"], item["place"], item["code_insee"]) == ("Le Cabanon", place.code, "34998")
    assert (item["seats"], item["free_seats"], item["distance_m"]) == (8, 3, None)
    assert datetime.fromisoformat(item["starts_at"]) == one.starts_at.astimezone(UTC)


def test_only_what_the_public_may_join(titles):
    session("Brouillon", state=CourseState.DRAFT)
    session("Marché", format=Format.OUTREACH)
    session("Ouvert")
    assert titles() == ["Ouvert"]


def test_each_parameter_narrows(titles):
    session("A", days=1, theme=Theme.PHONE, level=Level.ADVANCED, pass_cost=2)
    session("B", days=2, theme=Theme.RIGHTS, format=Format.TRY_ONCE, seats=2, registered=2)
    assert titles(theme="phone") == ["A"]
    assert titles(theme=["phone", "rights"]) == ["A", "B"]
    assert titles(family="procedures") == ["B"]
    assert titles(level="avance") == ["A"]
    assert titles(free="true") == ["B"]
    assert titles(try_once="true") == ["B"]
    assert titles(seats="8") == ["A"]
    assert titles(seats="9") == []


def test_passes_are_taken_where_a_qualified_host_was_granted_it(titles):
    taken = session("Payé en pass")
    session("Prix annoncé seulement", pass_cost=2)
    PriceFactory(course=taken.run.course)
    assert titles(accepts_pass="true") == ["Payé en pass"]


def test_days_in_paris(titles):
    session("A", days=3)
    session("B", days=5)
    day = (clock.now() + timedelta(days=5)).date().isoformat()
    assert titles(**{"from": day}) == ["B"]
    assert titles(**{"from": day, "to": day}) == ["B"]
    assert titles(to=(clock.now() + timedelta(days=4)).date().isoformat()) == ["A"]


def test_near_a_point_and_in_a_commune(ask, titles):
    session("Ici", place=PlaceFactory(latitude=43.601, longitude=3.8))
    session("Loin", days=1, place=PlaceFactory(latitude=43.75, longitude=3.8))
    session("Salle", days=5, commune=CommuneFactory(code="34998", latitude=43.62, longitude=3.8))
    here = {"lat": "43.6", "lon": "3.8"}
    assert titles(**here) == ["Loin", "Ici", "Salle"]
    assert titles(**here, radius_km="5") == ["Ici", "Salle"]
    assert titles(commune="34998") == ["Salle"]
    assert ask(SESSIONS, **here, radius_km="1").body["items"][0]["distance_m"] == 111


def test_pages_by_cursor(ask):
    for n in range(5):
        session(str(n), days=n + 1)
    first = ask(SESSIONS, limit="2")
    second = ask(SESSIONS, limit="2", cursor=first.body["next"])
    assert [item["title"] for item in second.body["items"]] == ["2", "3"]
    assert 'rel="next"' in first.headers["Link"]
    last = ask(SESSIONS, limit="2", cursor=second.body["next"])
    assert last.body["next"] is None


@pytest.mark.parametrize(
    "query",
    [
        {"lat": "43"},
        {"radius_km": "5"},
        {"theme": "cuisine"},
        {"seats": "0"},
        {"from": "demain"},
        {"free": "true", "accepts_pass": "true"},
        {"cursor": "abc"},
        {"first": "2026-12-01"},
        {"limit": "101"},
    ],
)
def test_a_wrong_question_is_refused_with_its_reason(ask, query):
    answer = ask(SESSIONS, **query)
    assert answer.status == 400
    assert answer.body["detail"]
