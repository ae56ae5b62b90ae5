"""Books to print: every code read back from the page, all that a voucher must say, tags, language; sealed, taken once."""

import io

import pytest
from pypdf import PdfReader

from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BatchState
from pourtous.passes.exporters import qr
from pourtous.passes.exporters.books import Printed, address, books_pdf, data
from pourtous.passes.exporters.slips import slip_pdf
from pourtous.passes.models import Movement
from pourtous.passes.operations import issue, printing
from pourtous.passes.queries.near import NearCourse, centre_of, nearest
from pourtous.passes.rules.codes import written
from pourtous.runtime.progress import Progress
from pourtous.ui import documents
from tests.accounts.factories import UnitFactory, UserFactory
from tests.passes.factories import NOW, world
from tests.territories.factories import CommuneFactory, ZoneFactory
from tests.ui.pictures import codes_on

pytestmark = pytest.mark.django_db
MENTIONS = issue.Mentions(issuer_address="1 place du Pont, 34000 Rive", payer="Paierie des Essais")
COURSE = NearCourse("Premiers pas", "Le Cabanon, Rive", "mardi 24 novembre à 10 h", "1,2 km")


def batch_of(made, books=1):
    """A batch to print."""
    return issue.make_batch(campaign=made.campaign, books=books, actor=made.actor, now=NOW, mentions=MENTIONS)


def words(content):
    """What is written on its pages."""
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages)


@pytest.mark.parametrize("life", [None, 120])
def test_every_code_is_read_back_from_the_pages(life):
    made = world(books=0, life_days=life)
    batch = batch_of(made)
    books = issue.read_sealed(batch)
    content = data(Printed(batch, books, [COURSE] * 3), progress=Progress())
    pages = documents.png("passes/book.typ", content, title="Chéquiers", ppi=90)
    assert len(pages) == 3
    read = [code for page in pages for code in codes_on(page)]
    assert sorted(read) == sorted(address(one.token) for one in books[0].passes)


def test_a_book_says_all_that_a_voucher_must():
    made = world(books=0, passes_per_book=12, tranches=[4, 4, 4], help_phone="0465710000")
    batch = batch_of(made, books=2)
    books = issue.read_sealed(batch)
    content = books_pdf(Printed(batch, books, [COURSE]), progress=Progress())
    text = words(content)
    for said in (
        "Votre chéquier de 12 pass",
        made.campaign.issuer.name,
        "1 place du Pont, 34000 Rive",
        "Payé par Paierie des Essais",
        "Émis en 2026",
        "À utiliser du 1er janvier 2026 au 31 janvier 2027",
        "Accepté par",
        "Valable après la première séance",
        "Valable après 2 séances",
        "Premiers pas",
        "04 65 71 00 00",
        "26-000002-12",
        written(books[1].passes[11].code),
    ):
        assert said in text, said


def test_a_life_from_hand_over_is_filled_in_by_hand():
    made = world(books=0, life_days=120)
    batch = batch_of(made)
    text = words(books_pdf(Printed(batch, issue.read_sealed(batch)), progress=Progress()))
    assert "Remis le" in text
    assert "120 jours après ce jour" in text
    assert "au 31 janvier 2027." not in text


def test_the_document_is_tagged_in_french_with_its_title():
    made = world(books=0)
    batch = batch_of(made)
    reader = PdfReader(io.BytesIO(books_pdf(Printed(batch, issue.read_sealed(batch)), progress=Progress())))
    assert reader.metadata.title == "Chéquiers de pass 26-000001 à 26-000001"
    assert reader.root_object["/Lang"] == "fr"
    assert "/StructTreeRoot" in reader.root_object
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


def test_a_code_of_any_length_is_drawn():
    for text in ("https://a.example/p/" + "x" * 22, "https://" + "pass." * 20 + "example/p/" + "x" * 22):
        assert qr.drawn(text, version=qr.version_for(text)).startswith(b"\x89PNG")


def test_the_document_is_sealed_then_taken_once():
    made = world(books=0)
    batch = batch_of(made)
    with pytest.raises(DomainError, match="Préparez"):
        printing.take_document(batch=batch, actor=made.actor, now=NOW)
    printing.make_document(batch=batch, progress=Progress(), now=NOW)
    batch.refresh_from_db()
    stored = batch.document.path
    assert b"%PDF" not in stored.read_bytes()
    content = printing.take_document(batch=batch, actor=made.actor, now=NOW)
    assert content.startswith(b"%PDF")
    batch.refresh_from_db()
    with pytest.raises(DomainError, match="déjà"):
        printing.take_document(batch=batch, actor=made.actor, now=NOW)
    with pytest.raises(DomainError, match="déjà"):
        printing.ask_document(batch=batch, actor=made.actor, now=NOW)


def test_nothing_stays_on_disk_once_taken(django_capture_on_commit_callbacks):
    made = world(books=0)
    batch = batch_of(made)
    printing.make_document(batch=batch, progress=Progress(), now=NOW)
    batch.refresh_from_db()
    paths = [batch.file.path, batch.document.path]
    with django_capture_on_commit_callbacks(execute=True):
        printing.take_document(batch=batch, actor=made.actor, now=NOW)
    assert not any(path.exists() for path in paths)
    issue.confirm_printed(batch=batch, safe=made.safe, actor=made.actor, now=NOW)
    batch.refresh_from_db()
    assert batch.state == BatchState.CONFIRMED


def test_made_again_the_document_takes_the_place_of_the_first():
    made = world(books=0)
    batch = batch_of(made)
    printing.make_document(batch=batch, progress=Progress(), now=NOW)
    batch.refresh_from_db()
    first = batch.document.path
    printing.make_document(batch=batch, progress=Progress(), now=NOW)
    batch.refresh_from_db()
    assert not first.exists()
    assert batch.document.path.exists()


def test_a_cancelled_batch_leaves_no_file_and_no_document():
    made = world(books=0)
    batch = batch_of(made)
    printing.make_document(batch=batch, progress=Progress(), now=NOW)
    batch.refresh_from_db()
    paths = [batch.file.path, batch.document.path]
    issue.cancel_batch(batch=batch, actor=made.actor, now=NOW)
    assert not any(path.exists() for path in paths)
    batch.refresh_from_db()
    with pytest.raises(DomainError):
        printing.make_document(batch=batch, progress=Progress(), now=NOW)


def test_the_nearest_accepting_courses_are_on_the_cover():
    made = world(books=0)
    commune = CommuneFactory()
    zone = ZoneFactory()
    zone.communes.add(commune)
    assert centre_of(None, zone) == centre_of(commune, None)
    assert centre_of(None, ZoneFactory()) is None
    assert nearest(made.campaign, None, now=NOW) == []
    assert nearest(made.campaign, centre_of(commune, None), now=NOW) == []  # the only session is over


def test_a_slip_is_printed_with_two_places_to_sign():
    made = world(books=2)
    giver, taker = UnitFactory(), UnitFactory(name="Accueil du Mas")
    slip = Movement.objects.create(
        campaign=made.campaign,
        number=99,
        kind="entrusted",
        first=1,
        last=2,
        from_unit=giver,
        to_unit=taker,
        given_by=UserFactory(),
        given_at=NOW,
    )
    content = slip_pdf(slip)
    text = words(content)
    assert "Accueil du Mas" in text
    assert "26-000001 – 26-000002" in text
    assert "2 chéquiers Valeur 200" in text
    assert text.count("Signature :") == 2
    assert b"pdfuaid:part" in PdfReader(io.BytesIO(content)).root_object["/Metadata"].get_data()
