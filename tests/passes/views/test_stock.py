"""The stock of books as those who steer and prescribers see it; a stranger sees nothing."""

import pytest

from pourtous.accounts.enums import Capability
from pourtous.passes.enums import BatchState, BookState, MovementKind, PassState, SlipState
from pourtous.passes.models import Batch, Book, Movement, Pass, StockTaking
from pourtous.passes.operations import issue, printing, stock
from pourtous.passes.queries.proof import faults
from pourtous.runtime.progress import Progress
from tests.accounts.factories import MembershipFactory, UnitFactory, someone
from tests.passes.factories import NOW, handed, world

pytestmark = pytest.mark.django_db
STOCK = "/travail/pass/stock/"
BATCHES = STOCK + "lots/"
MADE = {"books": "2", "issuer_address": "1 place du Pont, 34000 Rive", "payer": "Paierie des Essais"}


def member(unit):
    """A new member of a unit."""
    return MembershipFactory(unit=unit).user


@pytest.fixture
def made():
    """Five books with a prescriber."""
    return world(books=5)


@pytest.fixture
def steering(client, made):
    """Somebody of the safe, signed in."""
    client.force_login(member(made.safe))
    return client


@pytest.fixture
def prescriber(client, made):
    """Somebody of the unit that holds the books, signed in."""
    client.force_login(member(made.prescriber))
    return client


@pytest.mark.parametrize(
    "path",
    ["", "lots/", "bordereaux/", "bordereaux/nouveau/", "inventaires/", "declarer/", "chequiers/?numero=26-000001"],
)
@pytest.mark.parametrize("capability", [Capability.HOST, Capability.MEDIATION])
def test_a_stranger_sees_nothing_of_the_stock(client, made, path, capability):
    client.force_login(someone(capability))
    assert client.get(STOCK + path).status_code == 404


def test_who_steers_sees_all_ranges_and_a_prescriber_those_of_the_unit(client, made):
    Book.objects.filter(number__lte=2).update(holder=made.safe, state=BookState.IN_SAFE)
    client.force_login(member(made.safe))
    page = client.get(STOCK).content.decode()
    assert "26-000001 – 26-000002" in page
    assert "26-000003 – 26-000005" in page
    client.force_login(member(made.prescriber))
    page = client.get(STOCK).content.decode()
    assert "26-000001 – 26-000002" not in page
    assert "26-000003 – 26-000005" in page
    client.force_login(member(UnitFactory(capabilities=("prescriber",))))
    assert "26-000003" not in client.get(STOCK).content.decode()


def test_the_register_asks_the_same_questions_however_many_books(steering, made, django_assert_max_num_queries):
    issue.confirm_printed(
        batch=issue.make_batch(campaign=made.campaign, books=30, actor=made.actor, now=NOW),
        safe=made.safe,
        actor=made.actor,
        now=NOW,
    )
    Book.objects.filter(number__in=range(6, 36, 2)).update(holder=made.prescriber, state=BookState.ENTRUSTED)
    with django_assert_max_num_queries(16):
        assert steering.get(STOCK).status_code == 200


def test_a_prescriber_makes_no_batch(prescriber):
    assert prescriber.get(BATCHES).status_code == 404
    assert prescriber.post(BATCHES, MADE).status_code == 404


def test_a_batch_from_the_form_to_the_safe(steering, made):
    sent = steering.post(BATCHES, MADE)
    assert sent.status_code == 302
    assert "/taches/" in sent["Location"]
    batch = Batch.objects.latest("made_at")
    assert (batch.first, batch.last, batch.payer) == (6, 7, "Paierie des Essais")
    if batch.document is None:
        printing.make_document(batch=batch, progress=Progress(), now=NOW)
    page = f"{BATCHES}{batch.pk}/"
    assert steering.get(page).status_code == 200
    taken = steering.post(page + "fichier/")
    assert taken.content.startswith(b"%PDF")
    assert "no-store" in taken["Cache-Control"]
    again = steering.post(page + "fichier/")
    assert again.status_code == 302
    assert steering.post(page + "preparer/")["Location"] == page
    assert steering.get(page).status_code == 200
    assert steering.post(page + "imprime/", {"safe": "x"}).status_code == 302
    batch.refresh_from_db()
    assert batch.state == BatchState.PREPARED
    steering.post(page + "imprime/", {"safe": made.safe.pk})
    batch.refresh_from_db()
    assert batch.state == BatchState.CONFIRMED
    assert Book.objects.filter(batch=batch, holder=made.safe, state=BookState.IN_SAFE).count() == 2
    assert steering.get(page).status_code == 200
    assert list(faults()) == []


def test_a_batch_is_cancelled_once(steering, made):
    batch = issue.make_batch(campaign=made.campaign, books=1, actor=made.actor, now=NOW)
    page = f"{BATCHES}{batch.pk}/"
    steering.post(page + "annuler/")
    steering.post(page + "annuler/")
    batch.refresh_from_db()
    assert batch.state == BatchState.CANCELLED
    assert steering.get(page).status_code == 200
    assert steering.get(BATCHES).status_code == 200


def test_state_never_changes_on_get(steering, made):
    batch = issue.make_batch(campaign=made.campaign, books=1, actor=made.actor, now=NOW)
    for act in ("fichier", "preparer", "imprime", "annuler"):
        assert steering.get(f"{BATCHES}{batch.pk}/{act}/").status_code == 405


@pytest.mark.parametrize(
    "wrong",
    [
        {"books": "0"},
        {"books": "1001"},
        {"books": "9" * 30},
        {"books": "deux"},
        {"payer": "\0"},
        {"payer": ""},
        {"books": "999"},
    ],
)
def test_what_cannot_be_a_batch_is_said(steering, made, wrong):
    made.campaign.budget = 1_000_000
    made.campaign.save()
    answer = steering.post(BATCHES, MADE | wrong)
    assert answer.status_code == 422
    assert Batch.objects.count() == 1


@pytest.mark.parametrize("asked", ["x", "0" * 36, "00000000-0000-0000-0000-000000000000"])
def test_a_campaign_that_is_none_is_not_found(steering, asked):
    assert steering.get(STOCK, {"campagne": asked}).status_code == 404


def give(client, made, receiver, **changes):
    """Post the form of a slip from the prescriber of a world."""
    said = {"giver": made.prescriber.pk, "taker": receiver.pk, "first": "26-000001", "last": "26-000003"}
    return client.post(f"{STOCK}bordereaux/nouveau/", said | changes)


def test_books_come_back_to_the_safe_when_two_people_have_signed(client, made):
    client.force_login(member(made.prescriber))
    sent = give(client, made, made.safe)
    slip = Movement.objects.get(state=SlipState.WAITING)
    assert sent["Location"] == f"{STOCK}bordereaux/{slip.pk}/"
    assert slip.kind == MovementKind.RETURNED
    assert client.get(sent["Location"]).status_code == 200
    assert client.get(sent["Location"] + "bordereau.pdf").content.startswith(b"%PDF")
    assert client.post(sent["Location"] + "recevoir/").status_code == 404  # the giver does not receive
    client.force_login(member(UnitFactory(capabilities=("prescriber",))))
    assert client.get(sent["Location"]).status_code == 404
    client.force_login(member(made.safe))
    assert "bordereaux/" in client.get(STOCK).content.decode()
    client.post(sent["Location"] + "recevoir/")
    assert Book.objects.filter(holder=made.safe, state=BookState.IN_SAFE).count() == 3
    client.post(sent["Location"] + "recevoir/")  # twice: said, nothing more
    assert Book.objects.filter(holder=made.safe).count() == 3
    assert client.get(f"{STOCK}bordereaux/").status_code == 200


def test_somebody_of_both_units_does_not_sign_twice(client, made):
    both = member(made.prescriber)
    MembershipFactory(user=both, unit=made.safe)
    client.force_login(both)
    page = give(client, made, made.safe)["Location"]
    client.post(page + "recevoir/")
    assert Movement.objects.get(to_unit=made.safe, from_unit=made.prescriber).state == SlipState.WAITING
    assert client.get(page).status_code == 200


def test_a_slip_is_refused_with_a_reason(client, made):
    client.force_login(member(made.prescriber))
    page = give(client, made, made.safe)["Location"]
    client.force_login(member(made.safe))
    assert client.post(page + "refuser/", {"reason": ""}).status_code == 422
    client.post(page + "refuser/", {"reason": "Il en manque un"})
    slip = Movement.objects.get(from_unit=made.prescriber)
    assert (slip.state, slip.reason) == (SlipState.REFUSED, "Il en manque un")
    assert Book.objects.filter(holder=made.prescriber).count() == 5
    client.post(page + "refuser/", {"reason": "Encore"})
    slip.refresh_from_db()
    assert slip.reason == "Il en manque un"


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": "26-000009"},
        {"first": "25-000001"},
        {"first": "26-000003", "last": "26-000001"},
        {"first": ""},
        {"first": "\0"},
        {"last": "26-000099"},
        {"first": "9" * 4000},
        {"taker": "x"},
    ],
)
def test_what_cannot_be_given_is_said(prescriber, made, wrong):
    assert give(prescriber, made, made.safe, **wrong).status_code == 422
    assert not Movement.objects.filter(state=SlipState.WAITING).exists()


def test_a_prescriber_gives_to_those_who_steer_alone_and_nothing_of_others(client, made):
    other = UnitFactory(capabilities=("prescriber",))
    client.force_login(member(made.prescriber))
    assert give(client, made, other).status_code == 422
    client.force_login(member(other))
    assert give(client, made, made.safe).status_code == 422


def test_a_count_says_what_is_missing_and_what_is_too_many(client, made):
    Book.objects.filter(number=5).update(holder=made.safe, state=BookState.IN_SAFE)
    counter = member(made.prescriber)
    client.force_login(counter)
    begun = client.post(f"{STOCK}inventaires/", {"unit": made.prescriber.pk})["Location"]
    assert client.post(f"{STOCK}inventaires/", {"unit": made.prescriber.pk})["Location"] == begun
    assert client.post(f"{STOCK}inventaires/", {"unit": made.safe.pk}).status_code == 404
    for text in ("26-000001", "26-000002-07", " 26 000005 ", "26-000001"):
        assert client.post(begun, {"text": text}).status_code == 302
    for text in ("26-000042", "25-000001", "https://ailleurs.example/p/x", "x" * 400, "", "\0"):
        assert client.post(begun, {"text": text}).status_code == 422
    client.force_login(member(made.safe))
    assert client.get(begun).status_code == 200  # who steers looks, and does not count for others
    assert client.post(begun, {"text": "26-000003"}).status_code == 404
    assert client.post(begun + "finir/").status_code == 404
    client.force_login(member(UnitFactory(capabilities=("prescriber",))))
    assert client.get(begun).status_code == 404
    client.force_login(counter)
    client.post(begun + "finir/")
    count = StockTaking.objects.get()
    assert (count.found, count.missing, count.foreign) == ([1, 2, 5], [3, 4], [5])
    assert "26-000003" in client.get(begun).content.decode()
    assert client.post(begun, {"text": "26-000003"}).status_code == 422
    client.post(begun + "finir/")
    assert client.get(f"{STOCK}inventaires/").status_code == 200


def test_a_pass_scanned_stands_for_its_book(client, settings):
    made = world(books=0)
    batch = issue.make_batch(campaign=made.campaign, books=1, actor=made.actor, now=NOW)
    clear = issue.read_sealed(batch)[0].passes[3]
    issue.confirm_printed(batch=batch, safe=made.safe, actor=made.actor, now=NOW)
    client.force_login(member(made.safe))
    begun = client.post(f"{STOCK}inventaires/", {"unit": made.safe.pk})["Location"]
    client.post(begun, {"text": f"{settings.PUBLIC_URL}/p/{clear.token}"})
    client.post(begun, {"text": clear.code.lower()})
    client.post(begun + "finir/")
    count = StockTaking.objects.get()
    assert (count.found, count.missing, count.foreign) == ([1], [], [])
    assert client.get(begun).status_code == 200


def declared(client, **changes):
    """Post the form of a loss."""
    said = {"kind": "lost", "first": "26-000001", "last": "", "reason": "Tombés du camion"}
    return client.post(f"{STOCK}declarer/", said | changes)


def test_a_prescriber_declares_what_the_unit_answers_for(client, made):
    handed(made, number=2)
    client.force_login(member(made.prescriber))
    sent = declared(client, last="26-000002")
    assert client.get(sent["Location"]).status_code == 200
    assert Book.objects.filter(state=BookState.LOST).count() == 2
    assert Pass.objects.filter(state=PassState.RELEASED).count() == 20
    assert list(faults()) == []
    assert declared(client, first="26-000003", kind="destroyed").status_code == 422
    assert declared(client, first="26-000001").status_code == 422  # lost already
    assert declared(client, first="26-000004", reason="").status_code == 422
    client.force_login(member(UnitFactory(capabilities=("prescriber",))))
    assert declared(client, first="26-000003").status_code == 422
    assert Book.objects.filter(state=BookState.LOST).count() == 2


def test_who_steers_declares_books_destroyed(steering, made):
    Book.objects.filter(number=1).update(holder=made.safe, state=BookState.IN_SAFE)
    assert declared(steering, kind="destroyed").status_code == 302
    assert Book.objects.get(number=1).state == BookState.DESTROYED


def test_one_book_tells_its_history_and_no_name(client, made):
    given = handed(made, number=1)
    stock.declare(
        campaign=made.campaign, kind=MovementKind.STOLEN, first=1, last=1, reason="Vol", actor=made.actor, now=NOW
    )
    client.force_login(member(made.prescriber))
    page = client.get(f"{STOCK}chequiers/?numero=26-000001-04")["Location"]
    text = client.get(page).content.decode()
    assert made.prescriber.name in text
    assert given.person.last_name not in text
    assert given.person.first_name not in text
    client.force_login(member(made.safe))
    assert client.get(page).status_code == 200
    client.force_login(member(UnitFactory(capabilities=("prescriber",))))
    assert client.get(page).status_code == 404
    assert client.get(f"{STOCK}chequiers/?numero=26-000001").status_code == 404


@pytest.mark.parametrize("numero", ["", "x", "26-000999", "9" * 400, "٢٦-٠٠٠٠٠١"])
def test_a_number_of_no_book_is_said(steering, numero):
    assert steering.get(f"{STOCK}chequiers/", {"numero": numero}).status_code == 404


def test_without_campaign_there_is_a_page_all_the_same(client):
    client.force_login(someone(Capability.STEERING))
    assert client.get(STOCK).status_code == 200
    assert client.get(BATCHES).status_code == 200
    assert client.get(f"{STOCK}bordereaux/").status_code == 404
