"""Letters: they wait, are printed together, leave once a person says so, and never twice in silence."""

import io
from datetime import timedelta
from uuid import uuid4

import pytest
from pypdf import PdfReader

from pourtous.accounts.enums import Role
from pourtous.audit.models import Event
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.messaging import operations
from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Enclosure, LetterBatch, Message
from pourtous.messaging.operations import letters
from pourtous.ui import documents
from pourtous.ui.samples import TEMPLATE, sheet
from tests.accounts.factories import someone

PAGE = "/travail/courrier/"
ADDRESS = ["Madame Rosa Alonso", "14 quai des Jouteurs", "34110 FRONTIGNAN"]
pytestmark = pytest.mark.django_db


def write(**changes):
    values = {"address": ADDRESS, "subject": "Votre rendez-vous", "text": "Madame,\n\nÀ bientôt.", "now": clock.now()}
    return operations.send_letter(**values | changes)


@pytest.fixture
def clerk(client):
    user = someone("steering", role=Role.MEMBER)
    client.force_login(user)
    return user


@pytest.fixture(scope="module")
def enclosed():
    return documents.pdf(TEMPLATE, sheet(large=True), title="Votre atelier")


def states():
    return set(Message.objects.values_list("state", flat=True))


def test_a_letter_waits_for_a_person_whatever_the_sender_does():
    letter = write(address=[" Madame  Rosa Alonso ", "", "34110 FRONTIGNAN"])
    assert operations.deliver_due(now=clock.now() + timedelta(days=1)) == 0
    operations.deliver(letter.id, now=clock.now())
    letter.refresh_from_db()
    assert letter.state == MessageState.QUEUED
    assert letter.lines == ["Madame Rosa Alonso", "34110 FRONTIGNAN"]


@pytest.mark.parametrize(
    "changes",
    [
        {"address": []},
        {"address": ["34110 FRONTIGNAN"]},
        {"address": ["a"] * 7},
        {"address": ["a" * 39, "b"]},
        {"document": b"hello"},
        {"document": b""},
        {"document": b"%PDF" + b"0" * (5 << 20)},
    ],
)
def test_what_no_envelope_takes_gets_a_sentence(changes):
    with pytest.raises(DomainError):
        write(**changes)
    assert not Message.objects.exists()


def test_letters_come_out_as_one_document_and_leave_when_somebody_says_so(client, clerk, enclosed):
    write()
    write(address=["Monsieur Karim Démo", "34200 SÈTE"], document=enclosed, text='#read("/about.json")')
    assert "2 lettres attendent" in client.get(PAGE).content.decode()
    client.post(f"{PAGE}preparer/")
    batch = LetterBatch.objects.get()
    assert states() == {MessageState.SENDING}
    answer = client.get(f"{PAGE}{batch.id}/lettres.pdf")
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    pages = [page.extract_text() for page in reader.pages]
    assert len(pages) == 2 + 2  # two letters and the two pages enclosed
    assert "Rosa Alonso" in pages[0]
    assert "Page 1 sur 1" in pages[0]
    assert "Karim" in pages[1]
    assert '#read("/about.json")' in pages[1]
    assert reader.metadata.title.startswith("Courrier du ")
    assert states() == {MessageState.SENDING}  # reading changes nothing

    page = client.post(f"{PAGE}{batch.id}/imprime/", follow=True).content.decode()
    assert "2 lettres sont parties" in page
    assert states() == {MessageState.SENT}
    assert client.get(f"{PAGE}{batch.id}/lettres.pdf").status_code == 404
    assert b"alert--bad" in client.post(f"{PAGE}{batch.id}/imprime/", follow=True).content
    assert b"alert--bad" in client.post(f"{PAGE}{batch.id}/remettre/", follow=True).content
    assert list(Event.objects.order_by("at", "id").values_list("verb", flat=True)) == [
        "messaging.print_letters",
        "messaging.confirm_letters",
    ]


def test_letters_alone_are_an_accessible_document(client, clerk):
    write()
    client.post(f"{PAGE}preparer/")
    answer = client.get(f"{PAGE}{LetterBatch.objects.get().id}/lettres.pdf")
    reader = PdfReader(io.BytesIO(answer.content))
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


def test_the_address_stands_in_the_window(client, clerk):
    write(address=["MONSIEUR JEAN-BAPTISTE DE LA MONTAGNE", "B", "C", "D", "E", "34000 MONTPELLIER"])
    batch = letters.make_batch(actor=clerk, now=clock.now())
    content = client.get(f"{PAGE}{batch.id}/lettres.pdf").content
    places = {}

    def seen(text, page, line, _font, _size):
        across = page[0] * line[4] + page[2] * line[5] + page[4]
        up = page[1] * line[4] + page[3] * line[5] + page[5]
        places[text.strip()] = (across / 72 * 25.4, 297 - up / 72 * 25.4)

    PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=seen)
    (first,) = [place for text, place in places.items() if text.startswith("MONSIEUR")]
    (last,) = [place for text, place in places.items() if text.startswith("34000 MONTPELLIER")]
    assert first[0] >= 100  # millimetres from the left
    assert first[1] >= 53
    assert last[1] <= 80  # and from the top: what the window shows however the sheet slides


def test_who_prepares_after_another_finds_nothing(client, clerk):
    write()
    client.post(f"{PAGE}preparer/")
    assert b"alert--bad" in client.post(f"{PAGE}preparer/", follow=True).content
    assert LetterBatch.objects.count() == 1


def test_when_nothing_came_out_the_letters_wait_again(client, clerk):
    write()
    client.post(f"{PAGE}preparer/")
    client.post(f"{PAGE}{LetterBatch.objects.get().id}/remettre/")
    assert states() == {MessageState.QUEUED}
    client.post(f"{PAGE}preparer/")
    assert states() == {MessageState.SENDING}


def test_one_that_came_out_badly_goes_with_the_next(client, clerk):
    first, second = write(), write()
    client.post(f"{PAGE}preparer/")
    batch = LetterBatch.objects.get()
    client.post(f"{PAGE}lettre/{first.id}/reimprimer/")
    client.post(f"{PAGE}{batch.id}/imprime/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (MessageState.QUEUED, MessageState.SENT)
    assert b"alert--bad" in client.post(f"{PAGE}lettre/{second.id}/reimprimer/", follow=True).content


def test_a_printer_may_take_its_time(clerk):
    write()
    letters.make_batch(actor=clerk, now=clock.now())
    assert operations.sweep(now=clock.now() + timedelta(days=2)) == 0
    assert states() == {MessageState.SENDING}


def test_a_letter_that_comes_too_late_is_not_printed(clerk):
    now = clock.now()
    write(now=now, ttl=now + timedelta(days=1))
    write(now=now, not_before=now + timedelta(days=3))
    with pytest.raises(DomainError):
        letters.make_batch(actor=clerk, now=now + timedelta(days=2))


def test_enclosed_documents_go_with_the_words(clerk, enclosed):
    write(document=enclosed)
    now = clock.now()
    letters.confirm_batch(letters.make_batch(actor=clerk, now=now), actor=clerk, now=now)
    assert operations.empty_old(now=now + timedelta(days=31), dry_run=True) == 1
    assert Enclosure.objects.exists()
    assert operations.empty_old(now=now + timedelta(days=31)) == 1
    assert not Enclosure.objects.exists()
    assert Message.objects.get().to == ""


@pytest.mark.parametrize("capability", ["mediation", "prescription", "places"])
def test_only_the_team_prints(client, capability):
    letter = write()
    batch = letters.make_batch(actor=None, now=clock.now())
    assert client.get(PAGE).status_code == 302
    client.force_login(someone(capability, role=Role.MANAGER))
    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PAGE}{batch.id}/lettres.pdf").status_code == 404
    for act in ("preparer/", f"{batch.id}/imprime/", f"{batch.id}/remettre/", f"lettre/{letter.id}/reimprimer/"):
        assert client.post(PAGE + act).status_code == 404
    assert states() == {MessageState.SENDING}


def test_reading_changes_nothing_and_what_does_not_exist_is_not_found(client, clerk):
    write()
    assert client.get(f"{PAGE}preparer/").status_code == 405
    for act in ("imprime", "remettre"):
        assert client.get(f"{PAGE}{uuid4()}/{act}/").status_code == 405
        assert client.post(f"{PAGE}{uuid4()}/{act}/").status_code == 404
    assert client.get(f"{PAGE}{uuid4()}/lettres.pdf").status_code == 404
    assert client.post(f"{PAGE}lettre/{uuid4()}/reimprimer/").status_code == 404
    assert states() == {MessageState.QUEUED}


def test_the_home_of_the_team_counts_letters(client, clerk):
    assert "Courrier à imprimer" not in client.get("/travail/").content.decode()
    write()
    write()
    page = client.get("/travail/").content.decode()
    assert "Courrier à imprimer" in page
    assert "2 lettres" in page


def test_many_letters_cost_as_many_queries_as_few(client, clerk, django_assert_max_num_queries):
    for _ in range(30):
        write()
    client.post(f"{PAGE}preparer/")
    for _ in range(30):
        write()
    with django_assert_max_num_queries(14):
        client.get(PAGE)
