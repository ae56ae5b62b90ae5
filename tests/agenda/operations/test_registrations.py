from datetime import UTC, datetime, timedelta

import pytest

from pourtous.agenda.enums import SEATED, Booker, CourseState, RegistrationState, SessionState
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.registrations import (
    Attendee,
    cancel_registration,
    cancel_together,
    register,
    register_for_run,
)
from pourtous.kernel.errors import DomainError
from tests.agenda.factories import RunFactory, SessionFactory
from tests.people.factories import PersonFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
REGISTERED, WAITING, CANCELLED = (
    RegistrationState.REGISTERED,
    RegistrationState.WAITING,
    RegistrationState.CANCELLED,
)

pytestmark = pytest.mark.django_db


def odile(number=1, **other):
    return Attendee(**{"first_name": "Odile", "phone": f"06 39 98 00 {number:02}"} | other)


def put(session, who, through=Booker.PUBLIC):
    return register(session=session, who=who, through=through, actor=None, now=NOW)


def taken(session):
    return Session.objects.values_list("registered", flat=True).get(pk=session.pk)


def seated(session):
    return Registration.objects.filter(session=session, state__in=SEATED).count()


def test_a_seat_then_the_waiting_list():
    session = SessionFactory(seats=1)
    first, second = put(session, odile(1)), put(session, odile(2))
    assert (first.state, second.state) == (REGISTERED, WAITING)
    assert taken(session) == 1


def test_the_same_person_twice_has_one_seat():
    session = SessionFactory()
    first = put(session, odile(1))
    again = put(session, odile(1, phone="+33 6 39 98 00 01", first_name="ODILE"))
    assert again.pk == first.pk
    assert taken(session) == 1


def test_somebody_with_a_file_twice_has_one_seat():
    session, person = SessionFactory(), PersonFactory()
    first = put(session, Attendee(person=person), Booker.PRESCRIBER)
    assert put(session, Attendee(person=person), Booker.COLLEAGUE).pk == first.pk
    assert first.first_name == ""


def test_a_relative_may_come_with_the_same_phone():
    session = SessionFactory()
    put(session, odile(1))
    other = put(session, odile(1, first_name="Lucien", is_for_other=True))
    assert other.is_for_other
    assert taken(session) == 2


@pytest.mark.parametrize(
    ("who", "field"),
    [
        (odile(first_name=" "), "first_name"),
        (odile(first_name="O" * 81), "first_name"),
        (odile(phone="12"), "phone"),
        (odile(email="odile@"), "email"),
        (odile(phone=""), "phone"),
    ],
)
def test_somebody_who_cannot_be_reached_is_told_what_is_missing(who, field):
    session = SessionFactory()
    with pytest.raises(DomainError) as refused:
        put(session, who)
    assert refused.value.field == field
    assert taken(session) == 0


def test_a_colleague_may_register_somebody_without_phone():
    assert put(SessionFactory(), odile(phone=""), Booker.COLLEAGUE).contact_key == ""


@pytest.mark.parametrize(
    "closed",
    [
        {"state": SessionState.CANCELLED},
        {"state": SessionState.HELD},
        {"is_open": False},
        {"run__course__state": CourseState.DRAFT},
        {"run__course__state": CourseState.CLOSED},
        {"starts_at": NOW},
    ],
)
def test_nobody_registers_where_nothing_is_open(closed):
    session = SessionFactory(**closed)
    with pytest.raises(DomainError):
        put(session, odile())
    assert taken(session) == 0


def test_a_cancelled_seat_goes_to_the_first_who_waits():
    session = SessionFactory(seats=1)
    first, second, third = (put(session, odile(n)) for n in (1, 2, 3))
    cancel_registration(registration=first, by_person=True, actor=None, now=NOW)
    states = dict(Registration.objects.values_list("pk", "state"))
    assert states == {first.pk: CANCELLED, second.pk: REGISTERED, third.pk: WAITING}
    assert taken(session) == 1


def test_cancelling_twice_gives_one_seat_back():
    session = SessionFactory(seats=2)
    first = put(session, odile(1))
    put(session, odile(2))
    for _again in range(2):
        cancel_registration(registration=first, by_person=True, actor=None, now=NOW)
    assert taken(session) == 1


def test_who_cancelled_may_register_again():
    session = SessionFactory()
    first = put(session, odile())
    cancel_registration(registration=first, by_person=True, actor=None, now=NOW)
    again = put(session, odile())
    assert again.pk != first.pk
    assert taken(session) == 1


def test_nothing_is_cancelled_once_it_has_begun():
    session = SessionFactory()
    made = put(session, odile())
    with pytest.raises(DomainError):
        cancel_registration(registration=made, by_person=True, actor=None, now=session.starts_at)
    assert taken(session) == 1


def test_a_whole_run_at_once_partly_waiting():
    run = RunFactory()
    sessions = [
        SessionFactory(
            run=run, number=n, seats=1, starts_at=NOW + timedelta(days=n), ends_at=NOW + timedelta(days=n, hours=2)
        )
        for n in (1, 2, 3)
    ]
    put(sessions[1], odile(9))
    made = register_for_run(run=run, who=odile(1), through=Booker.PUBLIC, actor=None, now=NOW)
    assert [one.state for one in made] == [REGISTERED, WAITING, REGISTERED]
    assert len({one.together for one in made}) == 1
    again = register_for_run(run=run, who=odile(1), through=Booker.PUBLIC, actor=None, now=NOW)
    assert [one.pk for one in again] == [one.pk for one in made]


def test_what_was_registered_together_is_cancelled_together():
    run = RunFactory()
    for n in (1, 2):
        SessionFactory(run=run, number=n, starts_at=NOW + timedelta(days=n), ends_at=NOW + timedelta(days=n, hours=2))
    made = register_for_run(run=run, who=odile(1), through=Booker.PUBLIC, actor=None, now=NOW)
    assert cancel_together(registration=made[0], by_person=True, actor=None, now=NOW) == 2
    assert not Session.objects.filter(registered__gt=0).exists()


def test_a_run_that_is_over_takes_nobody():
    run = RunFactory()
    SessionFactory(run=run, starts_at=NOW - timedelta(days=1), ends_at=NOW - timedelta(hours=22))
    with pytest.raises(DomainError):
        register_for_run(run=run, who=odile(1), through=Booker.PUBLIC, actor=None, now=NOW)
