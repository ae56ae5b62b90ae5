"""Who was handed a book and has not come is reminded on the campaign's days: once each, by day, never who objects."""

from datetime import timedelta

import pytest

from pourtous.accounts.enums import Role
from pourtous.agenda.enums import RegistrationState
from pourtous.messaging.enums import Channel
from pourtous.messaging.models import Message
from pourtous.passes.enums import BookState
from pourtous.passes.enums import Channel as Read
from pourtous.passes.models import Book, HandOver, Told
from pourtous.passes.operations.redeem import Reader, redeem
from pourtous.passes.operations.reminding import remind
from pourtous.passes.rules.reminders import due_step
from pourtous.people.enums import PersonState, Reach, RequestKind, RequestState
from tests.accounts.factories import MembershipFactory
from tests.agenda.factories import RegistrationFactory
from tests.passes.factories import NOW, handed, pass_of, session_of, world
from tests.people.factories import FollowUpFactory, PersonFactory, RightsRequestFactory

pytestmark = pytest.mark.django_db


def later(days, hours=0):
    """So many days after hand-over."""
    return NOW + timedelta(days=days, hours=hours)


def to_person(person):
    """Text messages to somebody."""
    return Message.objects.filter(to=person.phone)


@pytest.fixture
def made():
    """Three books; the first in somebody's hands, given by somebody of the unit."""
    one = world()
    one.user = MembershipFactory(unit=one.prescriber).user
    one.actor = one.user
    one.person = PersonFactory()
    one.given = handed(one, person=one.person)
    return one


@pytest.mark.parametrize(
    ("elapsed", "sent", "step"), [(6, 0, 0), (7, 0, 1), (20, 1, 0), (21, 1, 2), (60, 0, 3), (60, 3, 0)]
)
def test_the_step_that_is_due(elapsed, sent, step):
    day = NOW.date()
    assert due_step([7, 21, 45], handed_on=day, today=day + timedelta(days=elapsed), sent=sent) == step


def test_once_a_step_on_the_days_of_the_campaign(made):
    counts = []
    for day in (6, 7, 7, 8, 20, 21, 44, 45, 80):
        remind(now=later(day))
        counts.append(to_person(made.person).count())
    assert counts == [0, 1, 1, 1, 1, 2, 2, 3, 3]
    assert HandOver.objects.get().reminders == 3
    assert "pass" in to_person(made.person).first().text.lower()


def test_days_are_those_of_the_campaign(made):
    made.campaign.reminder_days = [3]
    made.campaign.save()
    assert [remind(now=later(day)) for day in (2, 3, 7, 21)] == [0, 1, 0, 0]


def test_after_a_standstill_one_message_is_sent_for_all(made):
    assert remind(now=later(46)) == 1
    assert to_person(made.person).count() == 1
    assert remind(now=later(47)) == 0


@pytest.mark.parametrize(("hours", "count"), [(-3, 0), (-2, 1), (7, 1), (8, 0), (13, 0)])
def test_never_at_night(made, hours, count):
    """Hand-over was at eleven in Paris: nine to seven in the evening is from two hours before to eight after."""
    assert remind(now=later(10, hours)) == count


def _objects(person):
    RightsRequestFactory(person=person, kind=RequestKind.OBJECTION)


def _objected(person):
    RightsRequestFactory(
        person=person, kind=RequestKind.OBJECTION, state=RequestState.ACCEPTED, answer="Oui", answered_on=NOW.date()
    )


def _is_gone(person):
    empty = {"phone": "", "first_name": "", "last_name": "", "birth_year": None, "name_hash": "", "search_text": ""}
    type(person).objects.filter(pk=person.pk).update(state=PersonState.ANONYMISED, **empty)


def _lost(person):
    Book.objects.filter(hand_overs__person=person).update(state=BookState.LOST, blocked_on=NOW.date())


def _out_of_date(person):
    Book.objects.filter(hand_overs__person=person).update(valid_until=NOW.date())


def _taken_back(person):
    HandOver.objects.filter(person=person).update(undone_at=NOW)


@pytest.mark.parametrize("what", [_objects, _objected, _is_gone, _lost, _out_of_date, _taken_back])
def test_who_is_never_written_to(made, what):
    what(made.person)
    assert remind(now=later(50)) == 0
    assert not Message.objects.exists()


def test_who_came_used_or_booked_is_left_in_peace(made):
    course = made.session.course
    ahead = session_of(course, now=later(12))
    row = RegistrationFactory(session=ahead, person=made.person)
    assert remind(now=later(10)) == 0
    assert remind(now=later(13)) == 0, "attendance may not be marked yet"
    type(row).objects.update(state=RegistrationState.ABSENT)
    assert remind(now=later(13)) == 1
    type(row).objects.update(state=RegistrationState.ATTENDED)
    assert remind(now=later(30)) == 0


def test_who_used_a_pass_has_begun(made):
    redeem(one=pass_of(made), session=made.session, reader=Reader(channel=Read.CAMERA, user=made.actor), now=NOW)
    assert remind(now=later(50)) == 0


@pytest.mark.parametrize(
    ("reach", "more", "way", "channel"),
    [
        (Reach.EMAIL, {"email": "odile@exemple.example"}, "email", Channel.EMAIL),
        (Reach.LETTER, {"postal_address": "3 rue des Lilas\n34500 Béziers"}, "letter", Channel.LETTER),
        (Reach.CALL, {}, "call", None),
        (Reach.NONE, {}, "none", None),
    ],
)
def test_by_the_way_the_person_chose(made, reach, more, way, channel):
    type(made.person).objects.filter(pk=made.person.pk).update(reach=reach, **more)
    remind(now=later(7))
    assert Told.objects.get().way == way
    sent = Message.objects.filter(about="passes.start")
    assert [one.channel for one in sent] == ([channel] if channel else [])


def test_through_the_organisation_when_so(made):
    manager = MembershipFactory(unit=made.prescriber, role=Role.MANAGER).user
    type(made.person).objects.filter(pk=made.person.pk).update(reach=Reach.ORGANISATION, reach_through=made.prescriber)
    remind(now=later(7))
    sent = Message.objects.get(about="passes.start")
    assert sent.to == manager.email
    assert made.person.first_name not in sent.subject
    assert Told.objects.get().way == "organisation"


def test_one_digest_a_day_for_all_persons_without_names(made):
    FollowUpFactory(person=made.person, unit=made.prescriber, started_on=NOW.date(), notice_on=NOW.date())
    other = PersonFactory(first_name="Gaspard", last_name="Ruiz", reach=Reach.CALL)
    handed(made, number=2, person=other)
    remind(now=later(7))
    remind(now=later(7, 1))
    digest = Message.objects.get(about="passes.digest")
    assert digest.to == made.user.email
    assert made.person.code in digest.text
    assert "26-000002" in digest.text, "a person the unit no longer follows is named by the book"
    for name in ("Gaspard", "Ruiz", other.code, made.person.last_name):
        assert name not in digest.text
    third = handed(made, number=3, now=later(0))
    HandOver.objects.filter(pk=third.pk).update(handed_on=NOW.date() - timedelta(days=3))
    remind(now=later(7, 2))
    assert Message.objects.filter(about="passes.digest").count() == 1
    remind(now=later(8))
    assert Message.objects.filter(about="passes.digest").count() == 2


def test_the_digest_of_who_left_goes_to_a_manager_else_to_nobody(made):
    made.user.memberships.all().delete()
    remind(now=later(7))
    assert not Message.objects.filter(about="passes.digest").exists()
    assert Told.objects.get().copied_at is not None
    manager = MembershipFactory(unit=made.prescriber, role=Role.MANAGER).user
    remind(now=later(21))
    assert Message.objects.get(about="passes.digest").to == manager.email


def test_a_text_message_does_not_wait_into_the_night(made):
    remind(now=later(7))
    assert to_person(made.person).get().expires_at <= later(7, 9)
