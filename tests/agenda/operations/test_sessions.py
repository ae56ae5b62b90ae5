from datetime import UTC, date, datetime, time, timedelta

import pytest

from pourtous.agenda.enums import Booker, Format, RegistrationState, SessionState
from pourtous.agenda.events import SessionCancelled
from pourtous.agenda.models import CourseRun, Registration, Session, Tick
from pourtous.agenda.operations.registrations import Attendee, cancel_registration, register
from pourtous.agenda.operations.sessions import Means, Venue, cancel_run, cancel_session, edit_session, plan_run
from pourtous.agenda.rules.runs import Meeting, Pattern, meeting, meetings
from pourtous.kernel.errors import DomainError
from pourtous.kernel.events import subscribe
from pourtous.messaging.models import Message
from tests.agenda.factories import CourseFactory, ResourceFactory, RoomFactory
from tests.places.factories import PlaceFactory
from tests.territories.factories import CommuneFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def never(_day):
    return ""


PATTERN = Pattern(first=date(2026, 12, 1), weekdays=frozenset({1}), starts=time(10), minutes=120, count=3)


def plan(course=None, *, pattern=PATTERN, venue=None, **means):
    return plan_run(
        course=course or CourseFactory(),
        meetings=meetings(pattern, never),
        venue=venue or Venue(place=PlaceFactory()),
        means=Means(**{"seats": 2} | means),
        actor=None,
        now=NOW,
    )


def odile(session, number=1):
    who = Attendee(first_name="Odile", email=f"odile{number}@exemple.example")
    return register(session=session, who=who, through=Booker.PUBLIC, actor=None, now=NOW)


def told():
    return sorted((m.about, m.to) for m in Message.objects.all())


def test_a_run_has_its_sessions_in_order_with_everything_taken():
    mediator, room = ResourceFactory(), RoomFactory()
    run = plan(mediators=(mediator,), room=room)
    sessions = list(run.sessions.order_by("number"))
    assert [one.starts_at.day for one in sessions] == [1, 8, 15]
    assert {one.seats for one in sessions} == {2}
    assert Tick.objects.filter(resource=mediator, session=sessions[0]).count() == 24
    assert Tick.objects.filter(resource=room).count() == 72


def test_when_somebody_is_taken_nothing_is_planned():
    mediator = ResourceFactory()
    plan(mediators=(mediator,), pattern=Pattern(date(2026, 12, 8), frozenset({1}), time(11), 60))
    with pytest.raises(DomainError, match="8"):
        plan(mediators=(mediator,))
    assert CourseRun.objects.count() == 1
    assert Session.objects.count() == 1


def test_a_place_in_words_needs_its_commune():
    with pytest.raises(DomainError) as refused:
        plan(venue=Venue(where="Salle des fêtes"))
    assert refused.value.field == "commune"
    with pytest.raises(DomainError) as refused:
        plan(venue=Venue(commune=CommuneFactory()))
    assert refused.value.field == "where"
    run = plan(venue=Venue(where="Salle des fêtes", commune=CommuneFactory()))
    assert run.sessions.first().place is None


def test_no_date_is_no_run():
    with pytest.raises(DomainError):
        plan(pattern=Pattern(date(2026, 12, 1), frozenset(), time(10), 60))


def test_an_event_of_going_to_people_has_no_seats():
    run = plan(CourseFactory(format=Format.OUTREACH), seats=12)
    assert {one.seats for one in run.sessions.all()} == {0}


def change(session, *, meets=None, venue=None, seats=2, **means):
    return edit_session(
        session=session,
        meeting=meets or Meeting(session.starts_at, session.ends_at),
        venue=venue or Venue(session.place, session.where, session.commune),
        means=Means(seats=seats, **means),
        actor=None,
        now=NOW,
    )


def test_seats_never_go_below_those_taken():
    session = plan().sessions.first()
    odile(session, 1), odile(session, 2)
    with pytest.raises(DomainError) as refused:
        change(session, seats=1)
    assert refused.value.field == "seats"
    session.refresh_from_db()
    assert session.seats == 2


def test_more_seats_go_to_those_who_wait_who_are_told():
    session = plan(seats=1).sessions.first()
    odile(session, 1)
    waiting = odile(session, 2)
    change(session, seats=2)
    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.REGISTERED
    assert ("agenda.promoted", "odile2@exemple.example") in told()


def test_moving_tells_everybody_and_frees_the_old_time():
    mediator = ResourceFactory()
    session = plan(mediators=(mediator,)).sessions.first()
    odile(session)
    moved = change(session, meets=meeting(date(2026, 12, 2), time(14), 120), mediators=(mediator,))
    assert told() == [("agenda.session_moved", "odile1@exemple.example")]
    assert moved.sequence == 1
    plan(mediators=(mediator,), pattern=Pattern(date(2026, 12, 1), frozenset({1}), time(10), 60))


def test_a_change_of_seats_alone_is_told_to_nobody():
    session = plan().sessions.first()
    odile(session)
    change(session, seats=5)
    assert told() == []


def test_moving_onto_somebody_taken_changes_nothing():
    mediator = ResourceFactory()
    first, second, _third = plan(mediators=(mediator,)).sessions.all()
    with pytest.raises(DomainError):
        change(first, meets=Meeting(second.starts_at, second.ends_at), mediators=(mediator,))
    first.refresh_from_db()
    assert first.starts_at.day == 1
    assert Tick.objects.filter(session=first).count() == 24


def test_cancelling_says_why_to_those_registered_and_waiting():
    heard = []
    subscribe(SessionCancelled, heard.append)
    mediator = ResourceFactory()
    session = plan(seats=1, mediators=(mediator,)).sessions.first()
    rows = [odile(session, 1), odile(session, 2)]
    count = cancel_session(session=session, reason=" La salle est fermée ", actor=None, now=NOW)
    assert count == 2
    session.refresh_from_db()
    assert (session.state, session.reason, session.registered) == (SessionState.CANCELLED, "La salle est fermée", 0)
    assert "La salle est fermée" in Message.objects.first().text
    assert not Tick.objects.filter(session=session).exists()
    assert set(heard[-1].registration_ids) == {row.pk for row in rows}
    assert set(Registration.objects.values_list("state", flat=True)) == {RegistrationState.CANCELLED}
    assert cancel_session(session=session, reason="Encore", actor=None, now=NOW) == 0


def test_a_reason_is_asked():
    session = plan().sessions.first()
    with pytest.raises(DomainError) as refused:
        cancel_session(session=session, reason=" ", actor=None, now=NOW)
    assert refused.value.field == "reason"


def test_a_whole_run_is_cancelled():
    run = plan()
    cancel_run(run=run, reason="Plus de médiatrice", actor=None, now=NOW)
    assert set(run.sessions.values_list("state", flat=True)) == {SessionState.CANCELLED}


def test_what_is_over_is_not_changed():
    session = plan().sessions.first()
    Session.objects.filter(pk=session.pk).update(state=SessionState.HELD)
    with pytest.raises(DomainError):
        change(session)
    with pytest.raises(DomainError):
        cancel_session(session=session, reason="Trop tard", actor=None, now=NOW)


def test_who_waited_is_told_of_the_seat_with_the_code_to_give_it_back():
    session = plan(seats=1).sessions.first()
    first, second = odile(session, 1), odile(session, 2)
    cancel_registration(registration=first, by_person=True, actor=None, now=NOW)
    message = Message.objects.get()
    assert second.code in message.text
    assert message.to == "odile2@exemple.example"


def test_somebody_registered_by_others_is_told():
    session = plan().sessions.first()
    who = Attendee(first_name="Odile", email="odile@exemple.example")
    register(session=session, who=who, through=Booker.PRESCRIBER, actor=None, now=NOW)
    assert told() == [("agenda.registered", "odile@exemple.example")]


def test_late_news_are_not_sent():
    session = plan().sessions.first()
    odile(session)
    late = session.starts_at + timedelta(hours=1)
    assert cancel_session(session=session, reason="Inondation", actor=None, now=late) == 0
    assert told() == []
