from datetime import UTC, datetime, timedelta

import pytest

from pourtous.accounts.enums import Capability
from pourtous.agenda.enums import CourseState, Format, RegistrationState, Reluctance, SessionState, Theme
from pourtous.agenda.models import OutreachCount, Registration, Session
from pourtous.agenda.operations.attendance import add_walk_in, everybody_came, set_attendance
from pourtous.agenda.operations.courses import create_course, duplicate_course, move_course, update_course
from pourtous.agenda.operations.outreach import count_contact
from pourtous.agenda.operations.registrations import Attendee
from pourtous.kernel.errors import DomainError
from tests.accounts.factories import OrganisationFactory, UnitFactory, someone
from tests.agenda.factories import CourseFactory, RegistrationFactory, SessionFactory

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)  # the day of the factory's session
CAME, ABSENT = RegistrationState.ATTENDED, RegistrationState.ABSENT

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return someone(Capability.HOST)


def facts(**other):
    return {"title": "Débuter", "theme": Theme.COMPUTER, "aims": "Allumer\nÉteindre"} | other


def test_a_course_is_a_draft_first(actor):
    course = create_course(unit=UnitFactory(), facts=facts(title="  Débuter "), actor=actor, now=NOW)
    assert (course.title, course.state) == ("Débuter", CourseState.DRAFT)
    update_course(course=course, facts={"seats": 12}, actor=actor, now=NOW)
    course.refresh_from_db()
    assert course.seats == 12


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": "\n"}, "title"),
        ({"minutes": 5}, "minutes"),
        ({"seats": 0}, "seats"),
        ({"pass_cost": 101}, "pass_cost"),
    ],
)
def test_what_is_wrong_is_named(actor, wrong, field):
    with pytest.raises(DomainError) as refused:
        create_course(unit=UnitFactory(), facts=facts(**wrong), actor=actor, now=NOW)
    assert refused.value.field == field


def test_trying_once_costs_nothing_and_lasts_once(actor):
    asked = facts(format=Format.TRY_ONCE, pass_cost=3, session_count=4)
    course = create_course(unit=UnitFactory(), facts=asked, actor=actor, now=NOW)
    assert (course.pass_cost, course.session_count) == (0, 1)


def test_published_closed_and_opened_again(actor):
    course = CourseFactory(state=CourseState.DRAFT)
    for state in (CourseState.PUBLISHED, CourseState.CLOSED, CourseState.PUBLISHED):
        move_course(course=course, state=state, actor=actor, now=NOW)
        course.refresh_from_db()
        assert course.state == state
    move_course(course=course, state=CourseState.PUBLISHED, actor=actor, now=NOW)  # a double click


def test_publishing_waits_for_the_agreement(actor):
    unit = UnitFactory(organisation=OrganisationFactory(without_agreement=True))
    course = CourseFactory(unit=unit, state=CourseState.DRAFT)
    with pytest.raises(DomainError):
        move_course(course=course, state=CourseState.PUBLISHED, actor=actor, now=NOW)
    course.refresh_from_db()
    assert course.state == CourseState.DRAFT


def test_a_copy_is_a_draft_without_sessions(actor):
    session = SessionFactory(run__course__pass_cost=2)
    copy = duplicate_course(course=session.course, actor=actor, now=NOW)
    assert (copy.state, copy.pass_cost) == (CourseState.DRAFT, 2)
    assert copy.code != session.course.code
    assert not copy.sessions.exists()


def test_one_tap_marks_and_holds_the_session(actor):
    session = SessionFactory(registered=1)
    row = RegistrationFactory(session=session)
    set_attendance(registration=row, state=CAME, actor=actor, now=NOW)
    session.refresh_from_db()
    assert (row.state, session.state) == (CAME, SessionState.HELD)
    set_attendance(registration=row, state=ABSENT, actor=actor, now=NOW + timedelta(days=20))
    assert row.state == ABSENT


def test_attendance_waits_for_the_day(actor):
    row = RegistrationFactory(session=SessionFactory(registered=1))
    with pytest.raises(DomainError):
        set_attendance(registration=row, state=CAME, actor=actor, now=NOW - timedelta(days=1))


def test_everybody_came_but_those_already_marked(actor):
    session = SessionFactory(registered=3)
    rows = [RegistrationFactory(session=session, phone=f"+3363998000{n}") for n in range(3)]
    set_attendance(registration=rows[0], state=ABSENT, actor=actor, now=NOW)
    assert everybody_came(session=session, actor=actor, now=NOW) == 2
    assert everybody_came(session=session, actor=actor, now=NOW) == 0


def test_a_walk_in_adds_a_chair_to_a_full_room(actor):
    session = SessionFactory(seats=1, registered=1)
    RegistrationFactory(session=session)
    made = add_walk_in(session=session, who=Attendee(first_name="Ali"), actor=actor, now=NOW)
    session.refresh_from_db()
    assert (made.state, session.seats, session.registered) == (CAME, 2, 2)


def test_who_waited_and_came_has_a_seat(actor):
    session = SessionFactory(seats=1, registered=1)
    waiting = RegistrationFactory(session=session, state=RegistrationState.WAITING)
    set_attendance(registration=waiting, state=CAME, actor=actor, now=NOW)
    session.refresh_from_db()
    assert session.registered == 2


def test_a_cancelled_registration_is_not_marked(actor):
    row = RegistrationFactory(session=SessionFactory(), state=RegistrationState.CANCELLED)
    with pytest.raises(DomainError):
        set_attendance(registration=row, state=CAME, actor=actor, now=NOW)
    assert Registration.objects.get().state == RegistrationState.CANCELLED


def test_people_met_are_counted_without_name_and_never_under_zero(actor):
    event = SessionFactory(run__course__format=Format.OUTREACH)
    counts = [
        count_contact(session=event, reason=Reluctance.AFRAID, step=step, actor=actor, now=NOW)
        for step in (1, 1, -1, -1, -1)
    ]
    assert counts == [1, 2, 1, 0, 0]
    assert OutreachCount.objects.count() == 1
    assert Session.objects.get().state == SessionState.HELD


def test_nobody_is_counted_in_a_course(actor):
    with pytest.raises(DomainError):
        count_contact(session=SessionFactory(), reason=Reluctance.NONE, step=1, actor=actor, now=NOW)
