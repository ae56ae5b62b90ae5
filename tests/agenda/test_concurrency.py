"""Forty at once on one hour: one has it, thirty-nine are offered others. Then any order of acts, and nothing overlaps."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from pourtous.agenda.enums import AppointmentState, Booker, SessionState
from pourtous.agenda.models import Absence, Appointment, Session, Tick
from pourtous.agenda.operations import double_booking
from pourtous.agenda.operations.appointments import SlotTaken, Who, book, cancel, move, settle
from pourtous.agenda.queries import agreement
from pourtous.kernel.errors import DomainError
from pourtous.runtime.idempotency import once
from tests.agenda.factories import (
    AppointmentKindFactory,
    AvailabilityFactory,
    ResourceFactory,
    RoomFactory,
    RunFactory,
    SessionFactory,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # Tuesday, nine in Paris
THREADS = 40
FIVE = timedelta(minutes=5)


def public(kind, starts_at, number=0, **more):
    who = Who(first_name=f"Odile {number}", phone=f"+33639980{number:03}")
    return book(
        kind=kind, starts_at=starts_at, mode="place", who=who, through=Booker.PUBLIC, actor=None, now=NOW, **more
    )


def at_once(act):
    """What each of forty threads got."""
    start = Barrier(THREADS)

    def one(number):
        try:
            start.wait()
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.mark.django_db(transaction=True)
def test_forty_at_once_on_one_hour():
    kind = AppointmentKindFactory()
    AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind])

    def ask(number):
        try:
            return public(kind, NINE, number).pk
        except SlotTaken as taken:
            return taken

    answers = at_once(ask)
    refused = [answer for answer in answers if isinstance(answer, SlotTaken)]
    assert len(refused) == THREADS - 1
    assert all(one.others and one.others[0].starts_at == NINE + timedelta(minutes=45) for one in refused)
    booked = Appointment.objects.get()
    assert Tick.objects.count() == booked.ticks.count() == 9
    assert list(agreement.faults()) == []


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_forty_times_is_one_appointment():
    kind = AppointmentKindFactory()
    for _ in range(3):
        AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind])
    codes = at_once(
        lambda _number: once(
            "a form", "what it says", lambda: {"code": public(kind, NINE).code}, scope="tests", now=NOW
        )
    )
    assert len({answer["code"] for answer in codes}) == 1
    assert Appointment.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_three_free_mediators_and_one_room_each_taken_once():
    kind = AppointmentKindFactory()
    room = RoomFactory(unit=kind.unit)
    for shared in (room, room, None):
        AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind], room=shared)

    def ask(number):
        try:
            return public(kind, NINE, number).pk
        except SlotTaken:
            return None

    assert len([answer for answer in at_once(ask) if answer]) == 2
    assert list(agreement.faults()) == []


class Agenda(RuleBasedStateMachine):
    """Booking, moving, cancelling, being away, sessions, in any order."""

    def __init__(self):
        super().__init__()
        for model in (Appointment, Session, Absence):
            model.objects.all().delete()
        self.kind = AppointmentKindFactory(minutes=30, rest_minutes=10)
        self.room = RoomFactory(unit=self.kind.unit)
        self.mediators = [ResourceFactory(unit=self.kind.unit) for _ in range(2)]
        for mediator, room in zip(self.mediators, (self.room, None), strict=True):
            AvailabilityFactory(resource=mediator, kinds=[self.kind], room=room)

    def _some(self, which):
        rows = list(Appointment.objects.order_by("booked_at", "id"))
        return rows[which % len(rows)] if rows else None

    @rule(at=st.integers(0, 40))
    def the_public_books(self, at):
        try:
            made = public(self.kind, NINE + at * FIVE)
        except SlotTaken:
            return
        assert not Absence.objects.filter(
            resource=made.mediator, starts_at__lt=made.ends_at, ends_at__gt=made.starts_at
        ).exists()

    @rule(at=st.integers(0, 60), which=st.integers(0, 1), with_room=st.booleans())
    def a_colleague_books(self, at, which, with_room):
        mediator = self.mediators[which]
        try:
            book(
                kind=self.kind,
                starts_at=NINE + at * FIVE,
                mode="place",
                mediator=mediator,
                room=self.room if with_room else None,
                who=Who(first_name="Samir"),
                through=Booker.COLLEAGUE,
                actor=mediator.user,
                now=NOW,
            )
        except DomainError:
            return

    @rule(which=st.integers(0, 9), at=st.integers(0, 40), through=st.sampled_from((Booker.PUBLIC, Booker.COLLEAGUE)))
    def somebody_moves(self, which, at, through):
        if (one := self._some(which)) is None:
            return
        try:
            move(appointment=one, starts_at=NINE + at * FIVE, through=through, actor=None, now=NOW)
        except DomainError:
            before = (one.starts_at, one.mediator_id, one.sequence)
            one.refresh_from_db()
            assert (one.starts_at, one.mediator_id, one.sequence) == before

    @rule(which=st.integers(0, 9), by_person=st.booleans())
    def somebody_cancels(self, which, by_person):
        if (one := self._some(which)) is not None and one.state in {"booked", "cancelled_by_person", "cancelled_by_us"}:
            cancel(appointment=one, by_person=by_person, actor=None, now=NOW)

    @rule(which=st.integers(0, 9), state=st.sampled_from(("honoured", "missed", "booked")))
    def somebody_settles(self, which, state):
        if (one := self._some(which)) is None:
            return
        try:
            settle(appointment=one, state=state, actor=None, now=NINE + timedelta(days=1))
        except DomainError:
            assert one.state.startswith("cancelled")

    @rule(which=st.integers(0, 1), at=st.integers(0, 36), length=st.integers(1, 12))
    def somebody_is_away(self, which, at, length):
        starts_at = NINE + at * FIVE
        Absence.objects.create(resource=self.mediators[which], starts_at=starts_at, ends_at=starts_at + length * FIVE)

    @rule(at=st.integers(0, 36), length=st.integers(1, 24), both=st.booleans())
    def a_session_is_planned(self, at, length, both):
        starts_at = NINE + at * FIVE
        session = SessionFactory(
            run=RunFactory(), starts_at=starts_at, ends_at=starts_at + length * FIVE, room=self.room
        )
        chosen = self.mediators if both else self.mediators[:1]
        try:
            double_booking.take(
                resources=[*chosen, self.room], starts_at=session.starts_at, ends_at=session.ends_at, session=session
            )
        except SlotTaken:
            session.delete()
        else:
            session.mediators.set(chosen)

    @rule(which=st.integers(0, 9))
    def a_session_is_cancelled(self, which):
        rows = list(Session.objects.exclude(state=SessionState.CANCELLED).order_by("id"))
        if rows:
            row = rows[which % len(rows)]
            double_booking.free(session=row)
            Session.objects.filter(pk=row.pk).update(state=SessionState.CANCELLED)

    @invariant()
    def what_is_taken_is_what_is_booked(self):
        assert list(agreement.faults()) == []

    @invariant()
    def nobody_is_in_two_places_at_once(self):
        """Said without ticks: the hours themselves."""
        for resource in (*self.mediators, self.room):
            held = Appointment.objects.exclude(state__startswith="cancelled")
            mine = held.filter(mediator=resource) | held.filter(room=resource)
            rows = [(one.starts_at, one.ends_at) for one in mine.distinct()]
            sessions = Session.objects.exclude(state=SessionState.CANCELLED)
            own = sessions.filter(mediators=resource) | sessions.filter(room=resource)
            rows += [(one.starts_at, one.ends_at) for one in own.distinct()]
            assert all(before[1] <= after[0] for before, after in pairwise(sorted(rows)))


class TestAgenda(TransactionTestCase):
    def test_random_sequences(self):
        quiet = settings(
            max_examples=10, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(Agenda, settings=quiet)


@pytest.mark.django_db
def test_who_has_cancelled_gives_back_every_tick():
    kind = AppointmentKindFactory()
    AvailabilityFactory(resource=ResourceFactory(unit=kind.unit), kinds=[kind])
    for _ in range(3):
        cancel(appointment=public(kind, NINE), by_person=True, actor=None, now=NOW)
    assert not Tick.objects.exists()
    assert set(Appointment.objects.values_list("state", flat=True)) == {AppointmentState.CANCELLED_BY_PERSON}
