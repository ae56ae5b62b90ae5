from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from pourtous.people.enums import ListState, PersonState, Reach, StillThere
from pourtous.people.models import EliminationList, FileReading, Person
from pourtous.people.operations import contacted
from pourtous.people.operations.retention import (
    draw_up,
    eliminate,
    forget_readings,
    record_visa,
    still_in_contact,
    tell_leaving,
)
from pourtous.people.queries.leaving import due, leaving
from pourtous.people.rules.deadlines import months_after
from pourtous.runtime import retention
from pourtous.runtime.progress import Progress
from tests.accounts.factories import UserFactory
from tests.people.factories import FileReadingFactory, FollowUpFactory, PersonFactory, RightsRequestFactory
from tests.people.operations.test_erasure import CANARY, declared_kept, marked, places_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
OLD = date(2024, 11, 20)  # two years are over
SOON = date(2024, 12, 10)  # within thirty days


def told_long_ago(**more):
    return PersonFactory(**{"last_contact_on": OLD, "notified_on": date(2026, 10, 20), **more})


@pytest.fixture
def listed():
    told_long_ago()
    draw_up(now=NOW)
    return EliminationList.objects.get()


@pytest.fixture
def archivist():
    return {"by": "Nine Cazal, archives départementales", "on": NOW.date(), "actor": UserFactory(), "now": NOW}


def test_a_person_is_told_thirty_days_before_by_the_way_they_chose():
    person = PersonFactory(last_contact_on=SOON, reach=Reach.EMAIL, email="odile@mail.example")
    PersonFactory(last_contact_on=date(2024, 12, 24))
    assert tell_leaving(now=NOW, dry_run=True) == 1
    assert not Message.objects.exists()
    assert tell_leaving(now=NOW) == 1
    assert tell_leaving(now=NOW) == 0
    message = Message.objects.get()
    assert (message.to, message.about) == ("odile@mail.example", "people.leaving")
    person.refresh_from_db()
    assert person.notified_on == NOW.date()


def test_nothing_is_queued_for_who_cannot_be_reached_but_the_team_sees_it():
    person = PersonFactory(last_contact_on=SOON, reach=Reach.NONE, phone="")
    assert tell_leaving(now=NOW) == 1
    assert not Message.objects.exists()
    assert person in leaving(NOW.date())


def test_no_file_goes_on_a_list_before_both_delays_are_over():
    ready = told_long_ago()
    told_long_ago(notified_on=date(2026, 10, 25))  # told 29 days ago
    told_long_ago(last_contact_on=date(2024, 11, 24))  # two years tomorrow
    told_long_ago(notified_on=None)
    told_long_ago(state=PersonState.ANONYMISED, first_name="", last_name="", birth_year=None, phone="", search_text="")
    RightsRequestFactory(person=told_long_ago())
    assert list(due(NOW.date())) == [ready]


def test_one_list_a_month(listed):
    told_long_ago()
    assert (listed.count, listed.state) == (1, ListState.DRAFT)
    assert draw_up(now=NOW) == 0
    december = NOW + timedelta(days=10)
    assert draw_up(now=december, dry_run=True) == 1
    assert draw_up(now=december) == 1
    assert EliminationList.objects.count() == 2


def test_no_empty_list():
    assert draw_up(now=NOW) == 0
    assert not EliminationList.objects.exists()


def test_who_is_met_again_stays(listed):
    person = Person.objects.get()
    still_in_contact(person=person, reason=StillThere.CALLED, actor=UserFactory(), now=NOW)
    person.refresh_from_db()
    assert (person.last_contact_on, person.notified_on) == (NOW.date(), None)
    assert listed.rows.get().taken_off_on == NOW.date()


def test_a_reason_is_one_of_the_list(listed):
    with pytest.raises(DomainError):
        still_in_contact(person=Person.objects.get(), reason="cancer", actor=UserFactory(), now=NOW)


def test_the_visa_starts_the_work(listed, archivist):
    with time_machine.travel(NOW, tick=False):
        record_visa(listed=listed, approved=True, **archivist)
    listed.refresh_from_db()
    assert (listed.state, listed.visa_by, listed.count) == (ListState.DONE, archivist["by"], 1)
    assert Person.objects.get().state == PersonState.ANONYMISED


def test_without_the_visa_nothing_goes(listed, archivist):
    with pytest.raises(DomainError):
        eliminate(listed=listed, now=NOW, progress=Progress())
    record_visa(listed=listed, approved=False, note="Un échantillon est à garder.", **archivist)
    listed.refresh_from_db()
    with pytest.raises(DomainError):
        eliminate(listed=listed, now=NOW, progress=Progress())
    assert Person.objects.get().state == PersonState.ACTIVE


@pytest.mark.parametrize(
    "wrong",
    [
        {"by": "  ", "approved": True},
        {"on": NOW.date() + timedelta(days=1), "approved": True},
        {"on": NOW.date() - timedelta(days=1), "approved": True},
        {"note": "", "approved": False},
    ],
)
def test_a_visa_says_who_when_and_why_not(listed, archivist, wrong):
    with pytest.raises(DomainError):
        record_visa(listed=listed, **{**archivist, **wrong})
    listed.refresh_from_db()
    assert listed.state == ListState.DRAFT


def test_a_visa_is_recorded_once(listed, archivist):
    record_visa(listed=listed, approved=False, note="Non", **archivist)
    with pytest.raises(DomainError):
        record_visa(listed=listed, approved=True, **archivist)


def test_who_comes_back_after_the_visa_is_taken_off(listed):
    EliminationList.objects.update(state=ListState.APPROVED, visa_by="N. C.", visa_on=NOW.date())
    contacted(person=Person.objects.get(), on=NOW.date())
    listed.refresh_from_db()
    assert eliminate(listed=listed, now=NOW, progress=Progress()) == 0
    assert Person.objects.get().state == PersonState.ACTIVE
    assert listed.rows.get().taken_off_on == NOW.date()


def test_begun_again_it_goes_on(listed):
    EliminationList.objects.update(state=ListState.APPROVED, visa_by="N. C.", visa_on=NOW.date())
    listed.refresh_from_db()
    assert eliminate(listed=listed, now=NOW, progress=Progress()) == 1
    assert eliminate(listed=listed, now=NOW, progress=Progress()) == 1
    listed.refresh_from_db()
    assert listed.count == 1


def test_readings_go_after_a_year():
    FileReadingFactory(at=NOW - timedelta(days=367))
    kept = FileReadingFactory(at=NOW - timedelta(days=364))
    assert forget_readings(now=NOW, dry_run=True) == 1
    assert forget_readings(now=NOW) == 1
    assert list(FileReading.objects.all()) == [kept]


def counted():
    """What figures are made of: rows, whoever they are about."""
    return Person.objects.count(), Person.objects.values("created_at", "created_by_unit").count()


def test_three_years_month_by_month():
    """A person met once, one met each year, one who asked: who goes, when, and what is left of them."""
    met_once, met_again = marked(), FollowUpFactory(person__last_contact_on=date(2026, 11, 2)).person
    Person.objects.filter(pk=met_once.pk).update(last_contact_on=date(2026, 11, 2), reach=Reach.EMAIL)
    met_once.requests.update(state="accepted", answered_on=date(2026, 11, 2))
    before, history = counted(), {}
    for month in range(1, 38):
        day = months_after(date(2026, 11, 15), month)
        now = datetime(day.year, day.month, day.day, 3, tzinfo=UTC)
        with time_machine.travel(now, tick=False):
            if month % 12 == 0:
                contacted(person=met_again, on=day)
            assert all(one.count is not None for one in retention.apply(now=now))
            for one in EliminationList.objects.filter(state=ListState.DRAFT):
                history.setdefault("listed", day)
                record_visa(listed=one, approved=True, by="N. C.", on=day, actor=UserFactory(), now=now)
            if Person.objects.get(pk=met_once.pk).notified_on:
                history.setdefault("told", day)
            if Person.objects.get(pk=met_once.pk).state == PersonState.ANONYMISED:
                history.setdefault("gone", day)
                assert set(places_of(CANARY)) <= declared_kept()
    assert history == {"told": date(2028, 10, 15), "listed": date(2028, 11, 15), "gone": date(2028, 11, 15)}
    assert Person.objects.get(pk=met_again.pk).state == PersonState.ACTIVE
    assert counted() == before
    assert places_of(CANARY) == []  # three years after the answer, the request is gone too
