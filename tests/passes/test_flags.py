"""The fraud and error desk: five patterns, each flagged once, explained, closed with a reason, opened by new facts."""

from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Capability
from pourtous.agenda.models import Course
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BankState, Channel, FlagState, MovementKind, Pattern
from pourtous.passes.models import Claim, Flag, HandOver, Pass, Redemption
from pourtous.passes.operations import claims, stock
from pourtous.passes.operations.flags import close_flag, raise_flags
from pourtous.passes.operations.redeem import PassRefused, Reader, redeem
from pourtous.passes.rules.patterns import sentence
from tests.accounts.factories import MembershipFactory, UserFactory, someone
from tests.passes.factories import NOW, BankDetailsFactory, handed, pass_of, session_of, world

pytestmark = pytest.mark.django_db
DESK = reverse("pass-flags")


@pytest.fixture
def made():
    """Books of two passes, all of them open at once; the first one is handed over."""
    one = world(passes_per_book=2, tranches=[2], books_per_person=9)
    handed(one)
    return one


def use(made, *, position=1, number=1, session=None, now=NOW, channel=Channel.CAMERA):
    reader = Reader(channel=channel, user=made.actor)
    return redeem(one=pass_of(made, number, position), session=session or made.session, reader=reader, now=now)


def found(now=NOW):
    raise_flags(now=now)
    return {flag.pattern: flag for flag in Flag.objects.all()}


def test_ordinary_use_raises_no_flag(made):
    use(made)
    assert raise_flags(now=NOW) == 0


def test_a_whole_book_taken_by_who_handed_it_over(made):
    HandOver.objects.update(unit=made.host)
    for position, days in ((1, 0), (2, 7)):
        later = NOW + timedelta(days=days)
        use(made, position=position, session=session_of(made.session.course, now=later), now=later)
    flags = found()
    assert set(flags) == {Pattern.OWN_PRESCRIBER}
    assert flags[Pattern.OWN_PRESCRIBER].organisation == made.host.organisation
    assert pass_of(made).book.serial in sentence(Pattern.OWN_PRESCRIBER, flags[Pattern.OWN_PRESCRIBER].facts)


def test_a_whole_book_on_one_day(made):
    use(made)
    assert found() == {}
    use(made, position=2, session=session_of(made.session.course))
    flag = found()[Pattern.SAME_DAY]
    assert flag.facts["count"] == 2
    assert "01/06/2026" in sentence(flag.pattern, flag.facts)


def test_more_books_than_seats(made):
    Course.objects.update(seats=2)
    for number in (1, 2, 3):
        if number > 1:
            handed(made, number=number)
        assert Pattern.OVER_CAPACITY not in found()
        use(made, number=number)
    assert found()[Pattern.OVER_CAPACITY].facts | {"course": ""} == {
        "count": 3,
        "seats": 2,
        "course": "",
        "day": "01/06/2026",
    }


def test_shown_before_hand_over_and_after_a_loss(made):
    with pytest.raises(PassRefused):
        use(made, number=2)
    assert list(found()) == [Pattern.OUT_OF_TIME]
    number = made.campaign.books.first().number
    stock.declare(
        campaign=made.campaign,
        kind=MovementKind.LOST,
        first=number,
        last=number,
        reason="Perdu",
        actor=made.actor,
        now=NOW,
    )
    for _ in range(2):
        with pytest.raises(PassRefused):
            use(made)
    assert raise_flags(now=NOW) == 1
    assert Flag.objects.count() == 2


def test_taken_for_a_session_held_before_the_hand_over(made):
    use(made)
    HandOver.objects.update(handed_on=NOW.date() + timedelta(days=1))
    assert list(found()) == [Pattern.OUT_OF_TIME]


@pytest.mark.parametrize(("days", "is_flagged"), [(3, True), (40, False)])
def test_bank_details_changed_before_a_claim(made, days, is_flagged):
    use(made)
    drawn = NOW + timedelta(days=35)
    claims.draw_up(campaign=made.campaign, month=NOW.date().replace(day=1), actor=None, now=drawn)
    host = made.host.organisation
    BankDetailsFactory(organisation=host, state=BankState.REPLACED, proposed_at=NOW - timedelta(days=100))
    assert found() == {}, "the first bank details are no change"
    BankDetailsFactory(organisation=host, proposed_at=drawn - timedelta(days=days))
    flags = found()
    assert (Pattern.BANK_CHANGE in flags) is is_flagged
    if is_flagged:
        assert str(Claim.objects.get().number) in sentence(Pattern.BANK_CHANGE, flags[Pattern.BANK_CHANGE].facts)


def test_found_once_closed_with_a_reason_and_opened_by_new_facts(made):
    Course.objects.update(seats=1)
    handed(made, number=2)
    handed(made, number=3)
    use(made)
    use(made, number=2)
    assert raise_flags(now=NOW) == 1
    assert raise_flags(now=NOW) == 0
    flag, actor = Flag.objects.get(), UserFactory()
    with pytest.raises(DomainError):
        close_flag(flag=flag, reason="  ", actor=actor, now=NOW)
    close_flag(flag=flag, reason="Salle plus grande ce jour-là", actor=actor, now=NOW)
    with pytest.raises(DomainError):
        close_flag(flag=flag, reason="Encore", actor=actor, now=NOW)
    assert raise_flags(now=NOW) == 0
    use(made, number=3)
    assert raise_flags(now=NOW + timedelta(days=1)) == 1
    flag.refresh_from_db()
    assert (flag.state, flag.facts["count"]) == (FlagState.OPEN, 3)


def test_what_was_undone_is_not_counted(made):
    use(made)
    use(made, position=2, session=session_of(made.session.course))
    Redemption.objects.filter(taken__position=2).update(state="undone", undone_at=NOW)
    Pass.objects.filter(position=2).update(state="handed")
    assert raise_flags(now=NOW) == 0


def test_the_team_reads_and_closes(client, made):
    use(made)
    use(made, position=2, session=session_of(made.session.course))
    raise_flags(now=NOW)
    flag = Flag.objects.get()
    client.force_login(someone(Capability.STEERING))
    page = client.get(DESK).content.decode()
    assert flag.facts["book"] in page
    close = reverse("pass-flag-close", args=(flag.pk,))
    client.post(close, {"reason": ""})
    flag.refresh_from_db()
    assert flag.state == FlagState.OPEN
    client.post(close, {"reason": "Stage d’une journée\0"})
    assert "Stage d’une journée" not in client.get(DESK).content.decode()
    assert "Stage d’une journée" in client.get(DESK, {"etat": "closed"}).content.decode()
    assert client.get(DESK, {"etat": "x", "page": "zz"}).status_code == 200


@pytest.mark.parametrize("capability", [Capability.HOST, Capability.PRESCRIBER, Capability.MEDIATION])
def test_nobody_else_sees_flags(client, made, capability):
    client.force_login(MembershipFactory(unit__capabilities=(capability.value,), role="manager").user)
    assert client.get(DESK).status_code == 404
