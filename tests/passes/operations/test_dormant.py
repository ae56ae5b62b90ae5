"""Books that sleep: told with the day, then let go by the team; never one booked for; the money is back to the cent."""

from datetime import timedelta

import pytest

from pourtous.agenda.enums import RegistrationState
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import Message
from pourtous.passes.enums import Account, Channel, PassState
from pourtous.passes.models import Balance, Book, HandOver, Pass, Told
from pourtous.passes.operations.dormant import cancel_dormant, note_warned, warn
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem
from pourtous.passes.queries.dormant import counted, in_notice, must_tell, to_cancel, unreached
from pourtous.passes.queries.proof import faults
from pourtous.people.enums import Reach
from tests.agenda.factories import RegistrationFactory
from tests.passes.factories import NOW, handed, pass_of, session_of, world
from tests.people.factories import PersonFactory

pytestmark = pytest.mark.django_db


def later(days, hours=0):
    """So many days after hand-over."""
    return NOW + timedelta(days=days, hours=hours)


def take(made, now, position=1):
    """One pass used."""
    session = session_of(made.session.course, now=now)
    reader = Reader(channel=Channel.CAMERA, user=made.actor)
    return redeem(one=pass_of(made, position=position), session=session, reader=reader, now=now)


def cancel(made, now):
    """The team confirms; the cents."""
    return cancel_dormant(campaign=made.campaign, actor=made.actor, now=now)


@pytest.fixture
def made():
    """A book in somebody's hands, in a campaign of 90 days and 30 of notice."""
    one = world(dormant_days=90, notice_days=30)
    one.person = PersonFactory()
    one.given = handed(one, person=one.person)
    return one


def test_told_once_with_the_day_then_cancelled_and_the_fund_has_it_back(made):
    assert [warn(now=later(day)) for day in (89, 90, 90, 91, 100)] == [0, 1, 0, 0, 0]
    sms = Message.objects.get(about="passes.dormant")
    assert "mardi 29 septembre 2026" in sms.text
    assert [cancel(made, later(day)) for day in (90, 119, 120, 120, 121)] == [0, 0, 10_000, 0, 0]
    assert set(Pass.objects.filter(book=made.given.book).values_list("state", flat=True)) == {PassState.RELEASED}
    released = Balance.objects.filter(account=Account.RELEASED).values_list("cents", flat=True)
    assert sum(released) == 10_000
    assert list(faults()) == []
    made.given.refresh_from_db()
    assert made.given.released_on == later(120).date()
    with pytest.raises(PassRefused) as refused:
        take(made, later(121))
    assert refused.value.why == "blocked"
    assert Book.objects.get(pk=made.given.book_id).blocked_on == later(120).date()


def test_days_are_the_campaigns(made):
    made.campaign.dormant_days, made.campaign.notice_days = 10, 5
    made.campaign.save()
    assert [warn(now=later(day)) for day in (9, 10)] == [0, 1]
    assert [cancel(made, later(day)) for day in (14, 15)] == [0, 10_000]


def test_never_at_night(made):
    assert warn(now=later(100, 12)) == 0


def test_a_session_booked_ahead_protects(made):
    warn(now=later(90))
    row = RegistrationFactory(session=session_of(made.session.course, now=later(125)), person=made.person)
    assert cancel(made, later(120)) == 0
    assert cancel(made, later(126)) == 0, "attendance may not be marked yet"
    type(row).objects.update(state=RegistrationState.ABSENT)
    assert cancel(made, later(133)) == 10_000


def test_use_or_attendance_since_the_notice_begins_anew(made):
    warn(now=later(90))
    take(made, later(100))
    assert cancel(made, later(120)) == 0
    assert [warn(now=later(day)) for day in (150, 189, 190)] == [0, 0, 1]
    assert Told.objects.filter(kind="dormant").count() == 2
    assert cancel(made, later(150)) == 0
    row = RegistrationFactory(
        session=session_of(made.session.course, now=later(200)), person=made.person, state=RegistrationState.ATTENDED
    )
    assert cancel(made, later(221)) == 0
    row.delete()
    made.campaign.life_days = None
    Book.objects.update(valid_until=later(400).date())
    assert cancel(made, later(221)) == 9_000
    assert list(faults()) == []


def test_used_between_the_look_and_the_confirmation(made):
    """What was seen is looked at again under lock."""
    handed(made, number=2)
    warn(now=later(90))
    assert counted(to_cancel(made.campaign, now=later(120))).books == 2
    take(made, later(119))
    assert cancel(made, later(120)) == 10_000
    assert Pass.objects.filter(book=made.given.book, state=PassState.HANDED).count() == 9
    assert list(faults()) == []


@pytest.mark.parametrize("reach", [Reach.CALL, Reach.NONE])
def test_who_cannot_be_written_to_loses_nothing_until_told(made, reach):
    type(made.person).objects.filter(pk=made.person.pk).update(reach=reach)
    assert [warn(now=later(day)) for day in (90, 91)] == [1, 0]
    made.given.refresh_from_db()
    assert must_tell(made.given)
    assert counted(unreached(made.campaign, now=later(100))).books == 1
    assert cancel(made, later(150)) == 0
    note_warned(made=made.given, actor=made.actor, now=later(150))
    with pytest.raises(DomainError):
        note_warned(made=made.given, actor=made.actor, now=later(150))
    assert counted(in_notice(made.campaign, now=later(151))).cents == 10_000
    assert [cancel(made, later(day)) for day in (179, 180)] == [0, 10_000]


def test_nobody_is_told_of_a_day_that_comes_after_the_last_one(made):
    Book.objects.update(valid_until=later(110).date())
    assert warn(now=later(90)) == 0


def test_a_notice_that_was_not_due_is_not_noted(made):
    with pytest.raises(DomainError):
        note_warned(made=made.given, actor=made.actor, now=later(1))
    assert HandOver.objects.get().warned_on is None
