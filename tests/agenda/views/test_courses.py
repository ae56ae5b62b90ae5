"""Courses, sessions, attendance and counting, as owner, colleague and stranger."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.agenda.enums import CourseState, Format, RegistrationState, SessionState, Theme
from pourtous.agenda.models import Course, OutreachCount, Registration, Session
from pourtous.kernel import clock
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UnitFactory, someone
from tests.agenda.factories import CourseFactory, RegistrationFactory, SessionFactory
from tests.people.factories import PersonFactory
from tests.places.factories import PlaceFactory
from tests.territories.factories import CommuneFactory

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", NOW.date)


@pytest.fixture
def unit():
    return UnitFactory(capabilities=(Capability.HOST,))


@pytest.fixture
def host(unit, client):
    user = MembershipFactory(unit=unit).user
    client.force_login(user)
    return user


@pytest.fixture
def session(unit):
    return SessionFactory(run__course=CourseFactory(unit=unit), place=PlaceFactory(), registered=1)


def at(name, *args):
    return reverse(name, args=args)


def pages(session, registration):
    """Every page and every button about this session: name, code, method."""
    course = session.course
    return [
        ("work-course", course.code, "get"),
        ("work-course-edit", course.code, "get"),
        ("work-course-state", course.code, "post"),
        ("work-course-copy", course.code, "post"),
        ("work-course-plan", course.code, "get"),
        ("work-session", session.code, "get"),
        ("work-session-edit", session.code, "get"),
        ("work-session-cancel", session.code, "get"),
        ("work-session-register", session.code, "get"),
        ("work-session-sheet", session.code, "get"),
        ("work-attendance", session.code, "get"),
        ("work-attendance-all", session.code, "post"),
        ("work-mark", registration.code, "post"),
        ("work-registration-cancel", registration.code, "post"),
        ("work-certificate", registration.code, "get"),
    ]


def test_a_colleague_may_and_a_stranger_may_not(client, session, unit):
    row = RegistrationFactory(session=session)
    colleague = MembershipFactory(unit=unit).user
    same_house = MembershipFactory(
        unit=UnitFactory(organisation=unit.organisation, capabilities=(Capability.HOST,))
    ).user
    stranger, prescriber = someone(Capability.HOST), someone(Capability.PRESCRIBER)
    for name, code, method in pages(session, row):
        for other in (stranger, same_house, prescriber):
            client.force_login(other)
            assert getattr(client, method)(at(name, code)).status_code == 404, name
        client.logout()
        assert getattr(client, method)(at(name, code)).status_code == 302
    client.force_login(colleague)
    for name, code, method in pages(session, row):
        if method == "get" and name != "work-certificate":
            assert client.get(at(name, code)).status_code == 200, name


def test_without_agreement_nobody_is_named(client, session):
    unit = UnitFactory(organisation=OrganisationFactory(without_agreement=True), capabilities=(Capability.HOST,))
    Course.objects.update(unit=unit)
    Session.objects.update(unit=unit)
    RegistrationFactory(session=session, first_name="Zénobie")
    client.force_login(MembershipFactory(unit=unit).user)
    page = client.get(at("work-session", session.code)).content.decode()
    assert "Zénobie" not in page
    assert client.get(at("work-attendance", session.code)).status_code == 404


def facts(unit, **other):
    sent = {
        "unit": unit.pk,
        "format": Format.TRAINING,
        "title": "Premiers pas",
        "theme": Theme.PHONE,
        "level": "debutant",
        "aims": "Appeler",
        "session_count": "3",
        "minutes": "120",
        "seats": "8",
        "pass_cost": "0",
        "language": "fr",
        "wheelchair": "unknown",
    }
    return sent | other


@pytest.mark.usefixtures("host")
def test_a_course_is_written_planned_and_published(client, unit):
    answer = client.post(at("work-course-new"), facts(unit))
    course = Course.objects.get()
    assert answer.url == at("work-course", course.code)
    place = PlaceFactory(unit=unit)
    asked = {
        "first_day": "18",
        "first_month": "12",
        "first_year": "2026",
        "starts": "10:00",
        "minutes": "120",
        "every_weeks": "1",
        "count": "3",
        "skips_public": "on",
        "place": place.pk,
        "seats": "8",
        "is_open": "on",
    }
    page = client.post(at("work-course-plan", course.code), asked | {"action": "preview"})
    assert "jour férié" in page.content.decode()
    assert not Session.objects.exists()
    client.post(at("work-course-plan", course.code), asked | {"action": "save"})
    days = [one.starts_at.date() for one in Session.objects.order_by("starts_at")]
    assert days == [date(2026, 12, 18), date(2027, 1, 8), date(2027, 1, 15)]
    client.post(at("work-course-state", course.code), {"etat": "published"})
    course.refresh_from_db()
    assert course.state == CourseState.PUBLISHED


@pytest.mark.usefixtures("host")
def test_a_place_by_its_code_or_in_words(client, session):
    town = CommuneFactory(name="Valbrune")
    place = PlaceFactory()
    url = at("work-session-edit", session.code)
    sent = {
        "day_day": "2",
        "day_month": "12",
        "day_year": "2026",
        "starts": "14h",
        "minutes": "90",
        "seats": "8",
        "is_open": "on",
    }
    client.post(url, sent | {"place_code": place.code})
    session.refresh_from_db()
    assert session.place == place
    client.post(url, sent | {"where": "Salle des fêtes", "commune": "Valbrune"})
    session.refresh_from_db()
    assert (session.place, session.where, session.commune) == (None, "Salle des fêtes", town)
    page = client.post(url, sent | {"where": "Salle des fêtes", "commune": "Nullepartville"})
    assert "Nous ne connaissons pas cette commune" in page.content.decode()


@pytest.mark.usefixtures("host")
@pytest.mark.parametrize("wrong", [{"title": ""}, {"seats": "0"}, {"minutes": "abc"}, {"theme": "x"}, {"title": "\0"}])
def test_what_is_wrong_is_said(client, unit, wrong):
    page = client.post(at("work-course-new"), facts(unit, **wrong))
    assert page.status_code == 200
    assert "aria-invalid" in page.content.decode() or "field--error" in page.content.decode()
    assert not Course.objects.exists()


@pytest.mark.usefixtures("client", "host")
def test_a_course_for_another_unit_is_refused(client):
    other = UnitFactory(capabilities=(Capability.HOST,))
    assert client.post(at("work-course-new"), facts(other)).status_code == 200
    assert not Course.objects.exists()


@pytest.mark.usefixtures("host")
def test_a_course_is_copied(client, session):
    client.post(at("work-course-copy", session.course.code))
    assert Course.objects.filter(state=CourseState.DRAFT).count() == 1


@pytest.mark.usefixtures("host")
def test_one_tap_marks_and_the_same_tap_takes_it_away(client, session):
    row = RegistrationFactory(session=session)
    for state, wanted in (("attended", "attended"), ("absent", "absent"), ("absent", "registered")):
        answer = client.post(at("work-mark", row.code), {"etat": state})
        assert answer.url.endswith(f"#p-{row.code}")
        row.refresh_from_db()
        assert row.state == wanted
    assert client.post(at("work-mark", row.code), {"etat": "cancelled"}).status_code == 404


@pytest.mark.usefixtures("host")
def test_everybody_then_somebody_who_had_not_registered(client, session):
    RegistrationFactory(session=session)
    client.post(at("work-attendance-all", session.code))
    client.post(at("work-attendance", session.code), {"first_name": "Ali"})
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.ATTENDED}
    assert Session.objects.get().registered == 2


@pytest.mark.usefixtures("host")
def test_somebody_is_registered_and_cancelled(client, unit):
    later = NOW + timedelta(days=2)
    session = SessionFactory(
        run__course=CourseFactory(unit=unit), starts_at=later, ends_at=later + timedelta(hours=1), seats=1
    )
    client.post(at("work-session-register", session.code), {"first_name": "Ali", "phone": "06 39 98 00 03"})
    client.post(at("work-session-register", session.code), {"first_name": "Lou"})
    first, second = Registration.objects.order_by("rank")
    assert second.state == RegistrationState.WAITING
    client.post(at("work-registration-cancel", first.code))
    second.refresh_from_db()
    assert second.state == RegistrationState.REGISTERED


@pytest.mark.usefixtures("host")
def test_a_session_is_cancelled_with_its_reason(client, unit):
    later = NOW + timedelta(days=2)
    session = SessionFactory(run__course=CourseFactory(unit=unit), starts_at=later, ends_at=later + timedelta(hours=1))
    page = client.post(at("work-session-cancel", session.code), {"reason": "", "scope": "one"})
    assert page.status_code == 200
    client.post(at("work-session-cancel", session.code), {"reason": "Panne de chauffage", "scope": "run"})
    session.refresh_from_db()
    assert (session.state, session.reason) == (SessionState.CANCELLED, "Panne de chauffage")


@pytest.mark.usefixtures("host")
def test_a_certificate_only_for_who_came(client, session):
    came = RegistrationFactory(session=session, person=PersonFactory(), state=RegistrationState.ATTENDED)
    absent = RegistrationFactory(session=session, state=RegistrationState.ABSENT)
    answer = client.get(at("work-certificate", came.code))
    assert answer.content.startswith(b"%PDF")
    assert "no-store" in answer["Cache-Control"]
    assert client.get(at("work-certificate", absent.code)).status_code == 302


@pytest.mark.usefixtures("host")
def test_names_of_files_are_short_on_lists(client, session):
    person = PersonFactory(first_name="Zénobie", last_name="Alonso")
    RegistrationFactory(session=session, person=person, first_name="")
    for name in ("work-session", "work-attendance", "work-session-sheet"):
        page = client.get(at(name, session.code)).content.decode()
        assert "Zénobie A." in page
        assert "Alonso" not in page


@pytest.mark.usefixtures("host")
def test_people_met_are_counted_on_one_screen(client, unit):
    event = SessionFactory(run__course=CourseFactory(unit=unit, format=Format.OUTREACH), seats=0)
    assert client.get(at("work-session", event.code)).url == at("work-counter", event.code)
    for sent in ({"plus": "afraid"}, {"plus": "afraid"}, {"moins": "afraid"}):
        client.post(at("work-count", event.code), sent)
    assert OutreachCount.objects.get().count == 1
    assert client.post(at("work-count", event.code), {"plus": "x"}).status_code == 404
    RegistrationFactory(came_from=event, state=RegistrationState.ATTENDED)
    page = client.get(at("work-counter", event.code)).content.decode()
    assert "venues à une séance" in page
    assert event.code in client.get(at("work-slips", event.code)).content.decode()


def test_a_stranger_counts_nothing(client, unit):
    event = SessionFactory(run__course=CourseFactory(unit=unit, format=Format.OUTREACH), seats=0)
    client.force_login(someone(Capability.HOST))
    for name, method in (("work-counter", "get"), ("work-count", "post"), ("work-slips", "get")):
        assert getattr(client, method)(at(name, event.code)).status_code == 404


@pytest.mark.usefixtures("host")
def test_the_home_shows_attendance_to_take_and_the_week(client, session, unit):
    RegistrationFactory(session=session)
    event = SessionFactory(run__course=CourseFactory(unit=unit, format=Format.OUTREACH), seats=0)
    page = client.get(reverse("work-home")).content.decode()
    assert at("work-attendance", session.code) in page
    assert at("work-counter", event.code) in page


@pytest.mark.usefixtures("host")
def test_lists_ask_little_of_the_database(client, unit, django_assert_max_num_queries):
    for _n in range(5):
        session = SessionFactory(run__course=CourseFactory(unit=unit), registered=3, place=PlaceFactory())
        RegistrationFactory.create_batch(3, session=session, person=None)
    with django_assert_max_num_queries(12):
        client.get(at("work-courses"))
    with django_assert_max_num_queries(14):
        client.get(at("work-attendance", session.code))


@pytest.mark.usefixtures("host")
@pytest.mark.parametrize(
    "address",
    ["/travail/parcours/?q=%00&etat=%00&page=x", "/travail/parcours/%00/", "/travail/parcours/seances/ZZZZZZZZ/"],
)
def test_odd_addresses_break_nothing(client, address):
    assert client.get(address).status_code in {200, 400, 404}
