from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from pourtous.agenda.enums import AppointmentState, Booker, Mode
from pourtous.agenda.events import AppointmentBooked, AppointmentCancelled, AppointmentMoved, AppointmentSettled
from pourtous.agenda.models import Absence, Appointment, Tick
from pourtous.agenda.operations.appointments import SlotTaken, Who, book, cancel, correct, move, settle
from pourtous.agenda.queries import agreement
from pourtous.agenda.queries.slots import free_slots
from pourtous.audit.models import Event
from pourtous.kernel import events
from pourtous.kernel.errors import DomainError
from tests.accounts.factories import OrganisationFactory, UserFactory
from tests.agenda.factories import AppointmentKindFactory, AvailabilityFactory, ResourceFactory, RoomFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)  # a Monday
NINE = datetime(2026, 11, 24, 8, tzinfo=UTC)  # Tuesday, nine in Paris
ODILE = Who(first_name="Odile", phone="+33639980001")
pytestmark = pytest.mark.django_db


@pytest.fixture
def kind():
    return AppointmentKindFactory()


@pytest.fixture
def mediator(kind):
    found = ResourceFactory(unit=kind.unit)
    AvailabilityFactory(resource=found, kinds=[kind])
    return found


@pytest.fixture
def published(monkeypatch):
    found = []
    monkeypatch.setattr(events, "_handlers", {})
    for name in (AppointmentBooked, AppointmentMoved, AppointmentCancelled, AppointmentSettled):
        events._handlers[name] = [found.append]
    return found


def booked(kind, starts_at=NINE, **more):
    facts = {"mode": Mode.PLACE, "who": ODILE, "through": Booker.PUBLIC, "actor": None, "now": NOW, **more}
    return book(kind=kind, starts_at=starts_at, **facts)


def taken(appointment):
    return Tick.objects.filter(appointment=appointment).count()


def test_booking_takes_the_time_tells_it_and_writes_it_down(kind, mediator, published):
    appointment = booked(kind)
    assert (appointment.mediator, appointment.unit, appointment.state) == (mediator, kind.unit, "booked")
    assert appointment.ends_at == NINE + timedelta(minutes=45)
    assert taken(appointment) == 9
    assert published == [AppointmentBooked(appointment.pk, at=NOW)]
    assert Event.objects.get().verb == "agenda.book"
    assert "Odile" not in str(Event.objects.values())
    assert list(agreement.faults()) == []


def test_who_comes_second_is_told_other_times(kind, mediator):
    booked(kind)
    with pytest.raises(SlotTaken) as refused:
        booked(kind)
    assert [slot.starts_at for slot in refused.value.others][:2] == [
        NINE + timedelta(minutes=45),
        NINE + timedelta(minutes=90),
    ]
    assert Appointment.objects.count() == 1
    assert taken(Appointment.objects.get()) == 9


def test_a_rest_is_kept_of_the_mediator_not_of_the_room(mediator, kind):
    kind.rest_minutes = 15
    kind.save()
    room = RoomFactory(unit=kind.unit)
    mediator.availabilities.update(room=room)
    appointment = booked(kind)
    assert appointment.room == room
    assert Tick.objects.filter(resource=mediator).count() == 12
    assert Tick.objects.filter(resource=room).count() == 9
    assert list(agreement.faults()) == []


def test_the_least_loaded_of_the_free_ones_gets_it(kind, mediator):
    other = ResourceFactory(unit=kind.unit)
    AvailabilityFactory(resource=other, kinds=[kind])
    days = [NINE + timedelta(days=day) for day in range(3)]
    got = [booked(kind, at).mediator for day in days for at in (day, day)]
    assert [got.count(one) for one in (mediator, other)] == [3, 3]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"starts_at": NINE + timedelta(minutes=2)}, "multiple de cinq"),
        ({"starts_at": NOW - timedelta(hours=1)}, "passée"),
        ({"mode": "carrier pigeon"}, "ne se prend pas ainsi"),
        ({"mode": Mode.HOME}, "ne se prend pas ainsi"),
        ({"who": Who(phone="+33639980001")}, "prénom"),
        ({"who": Who(first_name="Odile")}, "téléphone"),
    ],
)
def test_what_cannot_be_booked_says_why(kind, mediator, change, words):
    with pytest.raises(DomainError, match=words):
        booked(kind, **change)
    assert not Tick.objects.exists()


@pytest.mark.parametrize(
    "starts_at",
    [
        NOW + timedelta(minutes=60),  # notice of two hours
        NINE + timedelta(days=70),  # further than sixty days
        NINE - timedelta(hours=1),  # before opening
        NINE + timedelta(hours=2, minutes=30),  # would end after closing
        datetime(2026, 12, 25, 8, tzinfo=UTC),  # a public holiday
        datetime(2026, 11, 28, 8, tzinfo=UTC),  # a Saturday
    ],
)
def test_the_public_books_only_what_is_open(kind, mediator, starts_at):
    with pytest.raises(SlotTaken):
        booked(kind, starts_at)


def test_who_may_book_is_the_kind_s_business(mediator, kind):
    kind.bookers = (Booker.PRESCRIBER,)
    kind.save()
    with pytest.raises(SlotTaken):
        booked(kind)
    assert booked(kind, through=Booker.PRESCRIBER).booked_through == Booker.PRESCRIBER


def test_a_unit_without_agreement_offers_nothing(mediator, kind):
    OrganisationFactory.reset_sequence()
    kind.unit.organisation.agreements.all().delete()
    with pytest.raises(SlotTaken) as refused:
        booked(kind)
    assert refused.value.others == []


def test_a_colleague_books_outside_opening_hours_but_not_during_an_absence(kind, mediator):
    evening = NINE.replace(hour=17)
    Absence.objects.create(resource=mediator, starts_at=NINE.replace(hour=18), ends_at=NINE.replace(hour=20))
    more = {"through": Booker.COLLEAGUE, "mediator": mediator, "actor": mediator.user}
    appointment = booked(kind, evening, **more)
    assert appointment.booked_by == mediator.user
    with pytest.raises(DomainError, match="est absent"):
        booked(kind, NINE.replace(hour=18), **more)
    with pytest.raises(SlotTaken):
        booked(kind, evening + timedelta(minutes=5), **more)


def test_cancelling_frees_the_time_once(kind, mediator, published):
    appointment = booked(kind)
    published.clear()
    for _ in range(2):
        cancelled = cancel(appointment=appointment, by_person=True, actor=None, now=NOW)
    assert cancelled.state == AppointmentState.CANCELLED_BY_PERSON
    assert cancelled.sequence == 1
    assert len(published) == 1
    assert not Tick.objects.exists()
    assert booked(kind).pk != appointment.pk
    assert list(agreement.faults()) == []


def test_moving_by_a_quarter_of_an_hour_over_itself(kind, mediator, published):
    appointment = booked(kind)
    moved = move(
        appointment=appointment, starts_at=NINE + timedelta(minutes=15), through=Booker.PUBLIC, actor=None, now=NOW
    )
    assert moved.starts_at == NINE + timedelta(minutes=15)
    assert moved.sequence == 1
    assert taken(moved) == 9
    assert published[-1] == AppointmentMoved(appointment.pk, was_at=NINE, at=NOW)
    assert list(agreement.faults()) == []


def test_moving_to_a_taken_hour_leaves_all_as_it_was(kind, mediator):
    appointment = booked(kind)
    other = booked(kind, NINE + timedelta(minutes=45))
    with pytest.raises(SlotTaken):
        move(appointment=appointment, starts_at=other.starts_at, through=Booker.PUBLIC, actor=None, now=NOW)
    appointment.refresh_from_db()
    assert (appointment.starts_at, appointment.sequence, taken(appointment)) == (NINE, 0, 9)
    assert list(agreement.faults()) == []


def test_moving_keeps_the_mediator_when_free_and_finds_another_when_not(kind, mediator):
    other = ResourceFactory(unit=kind.unit)
    AvailabilityFactory(resource=other, kinds=[kind])
    appointment = booked(kind)
    first = appointment.mediator
    later = NINE + timedelta(minutes=45)
    moved = move(appointment=appointment, starts_at=later, through=Booker.PUBLIC, actor=None, now=NOW)
    assert moved.mediator == first
    busy = NINE + timedelta(minutes=90)
    booked(kind, busy, mediator=first)
    moved = move(appointment=moved, starts_at=busy, through=Booker.PUBLIC, actor=None, now=NOW)
    assert moved.mediator != first


def test_what_is_cancelled_is_not_moved(kind, mediator):
    appointment = booked(kind)
    cancel(appointment=appointment, by_person=False, actor=None, now=NOW)
    with pytest.raises(DomainError, match="a changé entre-temps"):
        move(appointment=appointment, starts_at=NINE, through=Booker.PUBLIC, actor=None, now=NOW)


def test_saying_what_became_of_it_and_putting_a_slip_right(kind, mediator, published):
    appointment = booked(kind)
    with pytest.raises(DomainError, match="pas encore commencé"):
        settle(appointment=appointment, state=AppointmentState.HONOURED, actor=mediator.user, now=NOW)
    published.clear()
    later = NINE + timedelta(hours=1)
    for state in ("missed", "missed", "honoured", "booked"):
        assert settle(appointment=appointment, state=state, actor=mediator.user, now=later).state == state
    assert [event.state for event in published] == ["missed", "honoured", "booked"]
    settle(appointment=appointment, state="honoured", actor=mediator.user, now=later)
    with pytest.raises(DomainError, match="déjà eu lieu"):
        cancel(appointment=appointment, by_person=True, actor=None, now=later)
    with pytest.raises(DomainError, match="Choisissez"):
        settle(appointment=appointment, state="cancelled_by_us", actor=mediator.user, now=later)
    assert list(agreement.faults()) == []


def test_correcting_who_comes(kind, mediator):
    appointment = booked(kind)
    who = Who(first_name="Odette", phone="+33639980002", need="Sa retraite")
    changed = correct(appointment=appointment, who=who, actor=mediator.user, now=NOW)
    assert (changed.first_name, changed.need, changed.sequence) == ("Odette", "Sa retraite", 1)
    assert correct(appointment=appointment, who=who, actor=mediator.user, now=NOW).sequence == 1
    assert Event.objects.filter(verb="agenda.correct").count() == 1


def test_a_slot_shown_before_a_cancellation_is_still_one(kind, mediator):
    early = booked(kind, NINE + timedelta(minutes=10))
    shown = free_slots(kind=kind, booker=Booker.PUBLIC, first=date(2026, 11, 24), days=1, now=NOW)
    cancel(appointment=early, by_person=True, actor=None, now=NOW)
    assert booked(kind, shown[0].starts_at)


def test_verification_sees_what_does_not_agree(kind, mediator):
    appointment = booked(kind)
    Tick.objects.filter(appointment=appointment, span=0).first().delete()
    with translation.override("en"):
        assert len(list(agreement.faults())) == 1
    Appointment.objects.update(booked_by=UserFactory())
