"""The last seat, asked for by forty at once; and random sequences, which never overfill nor lose an order."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TransactionTestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from pourtous.agenda.enums import SEATED, Booker, RegistrationState
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.attendance import add_walk_in, set_attendance
from pourtous.agenda.operations.registrations import Attendee, cancel_registration, register
from pourtous.kernel.errors import DomainError
from tests.agenda.factories import SessionFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
THREADS = 40
WAITING, REGISTERED = RegistrationState.WAITING, RegistrationState.REGISTERED


def _who(number):
    return Attendee(first_name=f"Odile {number}", phone=f"+33639980{number:03}")


@pytest.mark.django_db(transaction=True)
def test_the_last_seat_asked_for_by_forty_at_once():
    session = SessionFactory(seats=1)
    start = Barrier(THREADS)

    def ask(number):
        try:
            start.wait()
            made = register(session=session, who=_who(number), through=Booker.PUBLIC, actor=None, now=NOW)
            return made.state
        finally:
            connections.close_all()

    with ThreadPoolExecutor(THREADS) as pool:
        states = list(pool.map(ask, range(THREADS)))
    assert sorted(states) == sorted([REGISTERED] + [WAITING] * (THREADS - 1))
    assert Session.objects.get(pk=session.pk).registered == 1
    ranks = list(Registration.objects.order_by("rank").values_list("rank", flat=True))
    assert ranks == list(range(1, THREADS + 1))


@pytest.mark.django_db(transaction=True)
def test_seats_given_back_and_asked_for_at_once():
    session = SessionFactory(seats=3)
    made = [register(session=session, who=_who(n), through=Booker.PUBLIC, actor=None, now=NOW) for n in range(10)]
    start = Barrier(12)

    def leave(number):
        try:
            start.wait()
            if number < 6:
                cancel_registration(registration=made[number], by_person=True, actor=None, now=NOW)
            else:
                register(session=session, who=_who(100 + number), through=Booker.PUBLIC, actor=None, now=NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(leave, range(12)))
    session.refresh_from_db()
    assert session.registered == 3
    assert Registration.objects.filter(session=session, state__in=SEATED).count() == 3
    assert Registration.objects.filter(session=session, state=WAITING).count() == 7


class Seats(RuleBasedStateMachine):
    """Registering, giving back, waiting, coming, in any order."""

    def __init__(self):
        super().__init__()
        Registration.objects.all().delete()
        self.session = SessionFactory(seats=3)
        self.order = []  # keys of those who wait, first first

    @rule(number=st.integers(0, 12))
    def somebody_registers(self, number):
        known = Registration.objects.exclude(state=RegistrationState.CANCELLED).values_list("pk", flat=True)
        before = set(known.filter(session=self.session))
        made = register(session=self.session, who=_who(number), through=Booker.PUBLIC, actor=None, now=NOW)
        if made.state == WAITING and made.pk not in before:
            self.order.append(made.pk)

    @rule(which=st.integers(0, 12), by_person=st.booleans())
    def somebody_gives_back(self, which, by_person):
        rows = list(Registration.objects.filter(session=self.session).order_by("rank"))
        if not rows:
            return
        row = rows[which % len(rows)]
        try:
            cancel_registration(registration=row, by_person=by_person, actor=None, now=NOW)
        except DomainError:
            assert row.state not in {REGISTERED, WAITING}
        self._drop()

    @rule(which=st.integers(0, 12), state=st.sampled_from(SEATED))
    def attendance_is_taken(self, which, state):
        rows = list(Registration.objects.filter(session=self.session).order_by("rank"))
        if not rows:
            return
        row = rows[which % len(rows)]
        try:
            set_attendance(registration=row, state=state, actor=None, now=LATER)
        except DomainError:
            assert row.state in {WAITING, RegistrationState.CANCELLED}
        Session.objects.filter(pk=self.session.pk).update(state="planned")  # the same day goes on
        self._drop()

    @precondition(lambda self: Registration.objects.filter(session=self.session).count() < 30)
    @rule(number=st.integers(13, 20))
    def somebody_walks_in(self, number):
        add_walk_in(session=self.session, who=_who(number), actor=None, now=LATER)
        Session.objects.filter(pk=self.session.pk).update(state="planned")
        self._drop()

    def _drop(self):
        """Those who no longer wait left the list from its head, or by their own wish."""
        waiting = set(self._waiting())
        self.order = [key for key in self.order if key in waiting]

    def _waiting(self):
        rows = Registration.objects.filter(session=self.session, state=WAITING)
        return list(rows.order_by("rank").values_list("pk", flat=True))

    @invariant()
    def counter_is_true_and_never_over(self):
        session = Session.objects.get(pk=self.session.pk)
        seated = Registration.objects.filter(session=session, state__in=SEATED).count()
        assert session.registered == seated <= session.seats

    @invariant()
    def nobody_waits_beside_a_free_seat(self):
        session = Session.objects.get(pk=self.session.pk)
        assert session.registered == session.seats or not self._waiting()

    @invariant()
    def order_is_kept(self):
        assert self._waiting() == self.order


class TestSeats(TransactionTestCase):
    def test_random_sequences(self):
        quiet = settings(
            max_examples=10, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
        )
        run_state_machine_as_test(Seats, settings=quiet)
