"""Where books stop: the same as a slow count by hand, whoever asks; a prescriber sees only their own."""

import random
from collections import Counter
from datetime import timedelta

import pytest
import time_machine

from pourtous.accounts.enums import Capability
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BookState, Channel, MovementKind, PassState
from pourtous.passes.models import Book, HandOver, Pass
from pourtous.passes.operations.dormant import cancel_dormant, warn
from pourtous.passes.operations.hand_over import How, hand_over, undo_hand_over
from pourtous.passes.operations.losses import declare_held, replace
from pourtous.passes.operations.redeem import Reader, redeem
from pourtous.passes.queries.funnel import Steps, funnel
from tests.accounts.factories import MembershipFactory, UnitFactory, someone
from tests.agenda.factories import RegistrationFactory
from tests.passes.factories import NOW, handed, session_of, world
from tests.people.factories import PersonFactory
from tests.territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db
PAGE = "/travail/pass/suivi/"


def naive(rows):
    """Each hand-over looked at in turn, by its redemptions and passes, as somebody with a register would."""
    counted = Counter()
    for made in rows:
        counted["handed"] += 1
        books, oldest = [made.book], made
        while oldest.replaces is not None:
            oldest = oldest.replaces
            books.append(oldest.book)
        uses = [use for book in books for use in book.redemptions.filter(state="accepted")]
        sessions = len({use.session_id for use in uses})
        held = oldest.book.passes.count()
        since = [one for one in made.person.registrations.all() if one.created_at >= made.recorded_at]
        counted["booked"] += bool(sessions or since or made.first_registration)
        counted["first"] += sessions >= 1
        counted["second"] += sessions >= 2
        counted["third"] += sessions >= 3
        counted["completed"] += len(uses) == held
    return counted


def leaves(made):
    """Hand-overs that nothing took the place of."""
    rows = HandOver.objects.filter(campaign=made.campaign, undone_at=None)
    return [one for one in rows if not one.replaced_by.filter(undone_at=None).exists()]


def attempt(act, **arguments):
    """Do it, or be told why not."""
    try:
        act(**arguments)
    except DomainError:
        return


def live(made, dice):
    """A campaign of short books, in the order of the dice."""
    sessions = [session_of(made.session.course, now=NOW + timedelta(hours=n)) for n in range(8)]
    hand_all(made, dice, sessions[0])
    use_some(made, dice, sessions)
    lose_some(made, dice)


def hand_all(made, dice, session):
    """Nine books by two units, some with a session booked, some taken back."""
    units = [made.prescriber, UnitFactory(capabilities=("prescriber",))]
    communes = [CommuneFactory(), CommuneFactory(), None]
    for book in made.campaign.books.all()[:9]:
        unit, person = dice.choice(units), PersonFactory(commune=dice.choice(communes))
        Book.objects.filter(pk=book.pk).update(holder=unit)
        given = hand_over(book=book, person=person, unit=unit, how=How(), actor=made.actor, now=NOW)
        if dice.random() < 0.4:
            RegistrationFactory(session=session, person=person, created_at=NOW + timedelta(minutes=5))
        if dice.random() < 0.15:
            undo_hand_over(made=given, actor=made.actor, now=NOW)


def use_some(made, dice, sessions):
    """Passes taken for one session after the other."""
    reader = Reader(channel=Channel.CAMERA, user=made.actor)
    handed_out = Pass.objects.filter(state=PassState.HANDED).select_related("book__campaign")
    for session in sessions:
        for one in handed_out.order_by("book__number", "position"):
            if dice.random() < 0.3:
                attempt(redeem, one=one, session=session, reader=reader, now=NOW + timedelta(hours=9))


def lose_some(made, dice):
    """Books lost, and replaced while there are others."""
    day = NOW + timedelta(days=1)
    spare = list(made.campaign.books.filter(state=BookState.ENTRUSTED))
    for given in HandOver.objects.filter(undone_at=None, book__state=BookState.HANDED).order_by("book__number"):
        if dice.random() < 0.4 and spare:
            declare_held(made=given, kind=MovementKind.LOST, reason="", actor=made.actor, now=day)
            given.refresh_from_db()
            book = spare.pop()
            Book.objects.filter(pk=book.pk).update(holder=given.unit)
            attempt(replace, made=given, book=book, unit=given.unit, actor=made.actor, now=day)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_as_a_count_by_hand(seed):
    made = world(books=14, passes_per_book=3, tranches=[2, 1], dormant_days=1, notice_days=1)
    live(made, random.Random(seed))  # noqa: S311 (not a secret)
    for by in ("unit", "commune", "public", "campaign"):
        found = funnel(by=by, campaign=made.campaign, units=None)
        expected = naive(leaves(made))
        assert {name: vars(found.total)[name] for name in expected} == dict(expected)
        assert found.total.printed == 14
        for line in found.lines:
            group = [one for one in leaves(made) if _name(one, by) == line.name]
            counted = naive(group)
            assert {name: vars(line.steps)[name] for name in counted} == dict(counted)
    warn(now=NOW + timedelta(days=5))
    cancel_dormant(campaign=made.campaign, actor=made.actor, now=NOW + timedelta(days=15))
    assert funnel(by="unit", campaign=made.campaign, units=None).total.completed == naive(leaves(made))["completed"]


def _name(made, by):
    key = getattr(made, by)
    if by == "unit":
        return f"{key.organisation.name}, {key.name}"
    return key.name if key is not None else {"commune": "Commune inconnue", "public": "Sans public nommé"}[by]


def test_a_replacement_counts_once():
    made = world()
    given = handed(made)
    declare_held(made=given, kind=MovementKind.LOST, reason="", actor=made.actor, now=NOW)
    given.refresh_from_db()
    replace(made=given, book=made.campaign.books.all()[1], unit=made.prescriber, actor=made.actor, now=NOW)
    total = funnel(by="campaign", campaign=None, units=None).total
    assert total == Steps(3, 1, 0, 0, 0, 0, 0)


def test_what_is_not_a_dimension_is_refused():
    with pytest.raises(ValueError, match="counted by"):
        funnel(by="person", campaign=None, units=None)


def test_nothing_yet():
    assert funnel(by="commune", campaign=None, units=None).total == Steps(0, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def made():
    """A book handed over by one unit, another by a second one."""
    with time_machine.travel(NOW, tick=False):
        one = world()
        handed(one)
        one.other = UnitFactory(capabilities=("prescriber",), name="Maison des Aulnes")
        Book.objects.filter(number=2).update(holder=one.other)
        book = one.campaign.books.all()[1]
        hand_over(book=book, person=PersonFactory(), unit=one.other, how=How(), actor=one.actor, now=NOW)
        yield one


@pytest.mark.parametrize("by", ["prescripteurs", "communes", "publics", "campagnes"])
def test_the_team_sees_all_and_takes_it_away(client, made, by):
    client.force_login(someone(Capability.STEERING))
    page = client.get(f"{PAGE}?par={by}")
    assert page.context["total"].handed == 2
    csv = client.get(f"{PAGE}chequiers.csv?par={by}").content.decode()
    assert csv.splitlines()[-1].split(";")[-6:] == ["2", "0", "0", "0", "0", "0"] or ",2,0,0,0,0,0" in csv
    assert client.get(f"{PAGE}chequiers.xlsx?par={by}").content[:2] == b"PK"


def test_a_prescriber_sees_their_own_only(client, made):
    for user in (MembershipFactory(unit=made.other).user, MembershipFactory(unit=made.other).user):
        client.force_login(user)
        page = client.get(PAGE)
        assert page.context["total"] == Steps(1, 1, 0, 0, 0, 0, 0)
        assert "Maison des Aulnes" in page.content.decode()
        assert made.prescriber.name not in [line.name.split(", ")[1] for line in page.context["lines"]]
        assert client.get(f"{PAGE}chequiers.csv").content.decode().count("Maison des Aulnes") == 1
    client.force_login(someone(Capability.PRESCRIBER))
    assert client.get(PAGE).context["total"].handed == 0


def test_nobody_else(client, made):
    for stranger in (someone(Capability.HOST), someone(Capability.MEDIATION)):
        client.force_login(stranger)
        for path in ("", "chequiers.csv"):
            assert client.get(PAGE + path).status_code in {403, 404}


@pytest.mark.parametrize("asked", ["par=x", "campagne=x", "par=%00", "campagne=01a20b8e-d713-70fb-adb1-9e9f3d2e1bd9"])
def test_what_does_not_exist_is_not_found(client, made, asked):
    client.force_login(someone(Capability.STEERING))
    assert client.get(f"{PAGE}?{asked}").status_code in {400, 404}
    assert client.get(f"{PAGE}chequiers.csv?{asked}").status_code in {400, 404}
    assert client.get(f"{PAGE}chequiers.doc").status_code == 404


def test_the_number_of_questions_does_not_grow(client, made, django_assert_max_num_queries):
    client.force_login(someone(Capability.STEERING))
    with django_assert_max_num_queries(20):
        client.get(PAGE)
