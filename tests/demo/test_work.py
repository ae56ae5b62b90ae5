"""The working life of the demonstration: loaded once for all tests of this file, and nothing of it stays."""

import statistics
from collections import Counter
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db.models import Count, F, Q
from django.test import TestCase

from pourtous.accounts.models import User
from pourtous.activities import skills_shown
from pourtous.activities.enums import ActivityKind, Moment
from pourtous.activities.models import Activity, Diagnosis, Participation
from pourtous.activities.queries import agreement as activities_agreement
from pourtous.agenda.enums import (
    SEATED,
    AppointmentState,
    Booker,
    CourseState,
    Format,
    RegistrationState,
    ResourceKind,
    SessionState,
)
from pourtous.agenda.models import Appointment, Course, OutreachCount, Registration, Resource, Session
from pourtous.agenda.operations.resources import ensure_mediator
from pourtous.agenda.queries import agreement as agenda_agreement
from pourtous.demo import activities, work
from pourtous.demo.agenda import FULL_DAY
from pourtous.demo.books import load_passes
from pourtous.demo.loading import load
from pourtous.demo.people import PRESCRIBERS
from pourtous.demo.scenario import fixed_pass
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Message
from pourtous.passes.enums import BatchState, BookState, ClaimState, DisputeState, PassState, Pattern
from pourtous.passes.models import Batch, Book, Campaign, Claim, Dispute, Flag, HandOver, Pass, Redemption
from pourtous.passes.queries import proof
from pourtous.passes.sealing import digest
from pourtous.people.enums import ListState, PersonState, RequestKind, RequestState
from pourtous.people.models import EliminationList, FollowUp, Merge, Person, RightsRequest
from pourtous.people.operations.facts import settle_searched
from pourtous.people.operations.merges import undo
from pourtous.people.queries import followed
from pourtous.people.queries.leaving import leaving
from pourtous.territories.operations import load_reference
from pourtous.ui.icons import PATHS

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def tables(batch):
    """The rows of a batch by model, ready to compare."""
    return {model.__name__: sorted(map(repr, rows)) for model, rows in batch._tables.items()}


class TestWork(TestCase):
    """One load for all: what each test changes is undone after it."""

    @classmethod
    def setUpTestData(cls):
        load_reference(now=NOW)
        load(NOW)
        cls.given = ensure_mediator(user=User.objects.get(email=FULL_DAY))  # as a server does between two versions
        work.load_work(NOW)
        load_passes(NOW)

    def test_the_same_day_gives_the_same_rows(self):
        with patch.object(activities, "COUNT", 600):
            assert tables(work.build(NOW)[0]) == tables(work.build(NOW)[0])

    def test_loading_again_changes_nothing(self):
        assert work.load_work(NOW + timedelta(days=3)) == 0

    def test_an_agenda_the_platform_gave_before_is_used(self):
        assert self.given.appointments.exists()
        assert Resource.objects.get(user__email=FULL_DAY) == self.given

    def test_time_taken_is_time_booked(self):
        assert list(agenda_agreement.faults()) == []

    def test_figures_counted_ahead_are_those_of_the_activities(self):
        assert list(activities_agreement.faults()) == []

    def test_there_are_fifty_one_mediators(self):
        assert Resource.objects.filter(kind=ResourceKind.MEDIATOR).count() == 51
        of_departement = Resource.objects.filter(unit__organisation__kind="departement", kind=ResourceKind.MEDIATOR)
        assert of_departement.count() == 5
        assert of_departement.values("unit").distinct().count() == 2

    def test_two_years_of_activities_are_spread_as_the_national_sample(self):
        rows = list(Activity.objects.values_list("kind", "is_one_off", "minutes", "participant_count", "day"))
        assert 11_000 <= len(rows) <= 13_500
        assert (max(day for *_others, day in rows) - min(day for *_others, day in rows)).days > 700
        kinds = Counter("one_off" if once else kind for kind, once, *_rest in rows)
        shares = {kind: round(100 * count / len(rows)) for kind, count in kinds.items()}
        assert shares[ActivityKind.INDIVIDUAL] == pytest.approx(59, abs=3)
        assert shares["one_off"] == pytest.approx(27, abs=3)
        assert shares[ActivityKind.WORKSHOP] == pytest.approx(15, abs=3)
        workshops = [(minutes, people) for kind, _once, minutes, people, _day in rows if kind == ActivityKind.WORKSHOP]
        assert statistics.median(minutes for minutes, _people in workshops) == 90
        assert statistics.mean(people for _minutes, people in workshops) == pytest.approx(6.4, abs=0.6)
        assert statistics.median(minutes for kind, once, minutes, *_rest in rows if kind != ActivityKind.WORKSHOP) == 45

    def test_people_are_found_by_what_is_made_from_their_names(self):
        for person in Person.objects.all()[:50]:
            said = person.search_text, person.name_hash, person.phone_hash
            settle_searched(person)
            assert (person.search_text, person.name_hash, person.phone_hash) == said

    def test_each_person_has_one_first_accompaniment(self):
        firsts = Counter(Participation.objects.filter(is_first=True).values_list("person", flat=True))
        assert set(firsts.values()) == {1}
        assert set(firsts) == set(Participation.objects.values_list("person", flat=True))

    def test_files_are_as_many_as_a_territory_has_and_some_are_followed_by_two_units(self):
        assert 1400 <= Person.objects.count() <= 1600
        units = Counter(FollowUp.objects.values_list("person", flat=True))
        assert sum(count > 1 for count in units.values()) > 100

    def test_prescribers_see_by_name_whom_they_booked_for(self):
        prescriber = User.objects.get(email=PRESCRIBERS[0])
        seen = set(followed(prescriber, on=NOW.date()).values_list("pk", flat=True))
        booked = Appointment.objects.filter(booked_through=Booker.PRESCRIBER).values_list("person", flat=True)
        registered = Registration.objects.filter(through=Booker.PRESCRIBER).values_list("person", flat=True)
        assert len(booked) > 20
        assert len(registered) > 20
        gone = set(Person.objects.exclude(state=PersonState.ACTIVE).values_list("pk", flat=True))
        assert {*booked, *registered} - seen <= gone

    def test_a_tenth_of_past_appointments_was_missed(self):
        past = Appointment.objects.filter(starts_at__lt=NOW - timedelta(days=1))
        ended = Counter(past.values_list("state", flat=True))
        came = ended[AppointmentState.MISSED] + ended[AppointmentState.HONOURED]
        assert ended[AppointmentState.MISSED] / came == pytest.approx(0.11, abs=0.04)
        assert Appointment.objects.filter(starts_at__gt=NOW).count() > 300

    def test_a_mediator_has_a_full_day_today(self):
        mine = Appointment.objects.filter(mediator__user__email=FULL_DAY, starts_at__date=NOW.date())
        assert mine.count() == 5

    def test_nothing_personal_where_no_agreement_is_in_force(self):
        user = User.objects.get(email="odette.farjon@coordination.example")
        assert not followed(user, on=NOW.date()).exists()
        assert not Appointment.objects.filter(mediator__user=user).exists()
        assert Activity.objects.filter(mediator=user).exists()
        assert not Participation.objects.filter(activity__mediator=user).exists()

    def test_at_least_fifty_courses_and_twenty_with_sessions_to_come(self):
        assert Course.objects.exclude(format=Format.OUTREACH).count() >= 50
        coming = Session.objects.filter(
            starts_at__gt=NOW, course__state=CourseState.PUBLISHED, state=SessionState.PLANNED
        )
        assert coming.values("course").distinct().count() >= 20
        full = coming.filter(registered=F("seats"), registrations__state=RegistrationState.WAITING)
        assert full.exists()

    def test_seats_taken_are_registrations_that_hold_one(self):
        for session in Session.objects.annotate(held=Count("registrations", filter=Q(registrations__state__in=SEATED))):
            assert session.registered == session.held

    def test_people_met_outside_came_to_try(self):
        events = Session.objects.filter(course__format=Format.OUTREACH)
        assert events.count() == 3
        assert OutreachCount.objects.values("session").distinct().count() == 2
        assert Registration.objects.filter(came_from__in=events).exists()

    def test_one_request_of_each_kind_and_one_is_late(self):
        assert set(RightsRequest.objects.values_list("kind", flat=True)) == set(RequestKind.values)
        assert RightsRequest.objects.filter(state=RequestState.OPEN, due_on__lt=NOW.date()).count() == 1

    def test_a_merge_can_be_undone(self):
        done = Merge.objects.get()
        undo(done=done, actor=done.by, now=NOW)
        assert Person.objects.filter(state=PersonState.MERGED).count() == 0

    def test_files_that_go_are_told_and_the_list_waits_for_the_visa(self):
        listed = EliminationList.objects.get()
        assert (listed.state, listed.count) == (ListState.DRAFT, listed.rows.count())
        assert 10 <= leaving(NOW.date()).count() <= 25
        assert not leaving(NOW.date()).filter(notified_on=None).exists()

    def test_messages_wait_in_two_channels(self):
        waiting = set(Message.objects.filter(state=MessageState.QUEUED).values_list("channel", flat=True))
        assert waiting >= {Channel.SMS, Channel.LETTER}

    def test_skills_are_checked_before_and_after(self):
        assert Diagnosis.objects.filter(moment=Moment.AFTER).count() > 20
        assert Diagnosis.objects.filter(moment=Moment.BEFORE).count() > 40

    def test_the_campaign_is_half_used_and_balances(self):
        assert list(proof.faults()) == []
        books = Counter(Book.objects.values_list("state", flat=True))
        assert books[BookState.HANDED] > 40
        assert books[BookState.LOST] == books[BookState.STOLEN] == 1
        used = Redemption.objects.values_list("book").distinct().count()
        assert 15 <= used < books[BookState.HANDED]
        handed = HandOver.objects.filter(replaces=None)
        assert handed.values("unit").distinct().count() == 2
        assert handed.values("public").distinct().count() == 3
        assert {BatchState.CONFIRMED, BatchState.PREPARED} == set(Batch.objects.values_list("state", flat=True))

    def test_months_over_are_claimed_and_paid_by_two_people(self):
        paid = Claim.objects.filter(state=ClaimState.PAID)
        assert paid.count() > 1
        assert not paid.filter(ordered_by=F("certified_by")).exists()
        assert Claim.objects.filter(state=ClaimState.CERTIFIED).exists()  # its host's account waits for a second look
        assert Dispute.objects.get().state == DisputeState.OPEN
        assert Flag.objects.get().pattern == Pattern.OUT_OF_TIME  # somebody shows a pass of the lost book

    def test_a_book_with_known_codes_belongs_to_somebody_who_comes_today(self):
        code, token = fixed_pass(1)
        one = Pass.objects.get(code_digest=digest(code), token_digest=digest(token))
        holder = one.book.hand_overs.get(undone_at=None).person
        assert holder.registrations.filter(session__starts_at__date=NOW.date()).exists()
        assert one.state == PassState.HANDED

    def test_loading_passes_again_changes_nothing(self):
        assert load_passes(NOW + timedelta(days=3)) == 0
        assert Campaign.objects.count() == 1


def test_every_next_step_of_a_skills_check_has_its_drawing():
    assert {icon for _words, icon in skills_shown._STEPS.values()} <= set(PATHS)
