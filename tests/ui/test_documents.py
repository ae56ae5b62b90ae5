"""Documents: tagged, titled, in their language; text of people is text; QR codes are read back."""

import io
import re
from pathlib import Path

import pytest
import typst
from pypdf import PdfReader

from pourtous.ui import documents
from pourtous.ui.samples import TEMPLATE, sheet
from tests.ui.pictures import codes_on

ROOT = Path(__file__).resolve().parents[2] / "src" / "pourtous"
LINK = "https://pourtous.example/r/K74092"


def made(*, language="fr", large=True, **changes):
    return PdfReader(io.BytesIO(written(language=language, large=large, **changes)))


def written(*, language="fr", large=True, **changes):
    return documents.pdf(TEMPLATE, sheet(large=large) | changes, title="Votre atelier", language=language)


def words(reader):
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def tags(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for one in node for tag in tags(one)]
    if not isinstance(node, dict):
        return []
    here = [(node["/S"], node.get("/Alt"))] if "/S" in node else []
    return here + (tags(node["/K"]) if "/K" in node else [])


def test_a_document_has_its_title_its_language_and_claims_ua_1():
    reader = made(language="en")
    assert reader.metadata.title == "Votre atelier"
    assert reader.root_object["/Lang"] == "en"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()


def test_a_document_is_tagged():
    found = tags(made().root_object["/StructTreeRoot"]["/K"])
    kinds = [kind for kind, _alt in found]
    assert kinds.count("/H1") == 1
    assert {"/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
    assert [alt for kind, alt in found if kind == "/Figure"] == ["Pourtous", "Voir sur Internet"]


def test_the_foot_counts_pages_in_the_language_of_the_document():
    assert "Page 1 sur 2" in words(made())
    assert "Page 1 of 2" in words(made(language="en"))


def test_the_territory_stands_at_the_top(settings):
    settings.TERRITORY = settings.TERRITORY | {"publisher": "Département des Essais", "help_phone": "0465710000"}
    text = words(made())
    assert "Département des Essais" in text
    assert "04 65 71 00 00" in text


def test_a_territory_without_telephone_or_with_a_logo_has_its_paper(settings, tmp_path):
    logo = tmp_path / "logo.svg"
    logo.write_bytes(documents.qr("logo"))
    settings.LOGO = str(logo)
    settings.TERRITORY = settings.TERRITORY | {"help_phone": "", "help_name": "", "publisher": "Département des Essais"}
    reader = made()
    assert "Une personne vous répond" not in words(reader)
    assert ("/Figure", "Département des Essais") in tags(reader.root_object["/StructTreeRoot"]["/K"])


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/about.json")',
        '#panic("x")',
        '"]] #eval("1+1") [[',
        "*gras* _penché_ $x^2$ `code` @ref <label> // rien",
        "\\u{41} #let data = 1",
        "= Titre",
    ],
)
def test_what_people_write_is_text_never_source(hostile):
    text = words(made(heading=hostile, note=hostile, table=[[hostile, "b", "c"]]))
    assert text.count(hostile) == 3


@pytest.mark.parametrize(
    "letters", ["Ægir Łódź Œuvre ’…«»– €", "Николай", "Ελένη", "محمد", "a\u202fb\u00a0c\u2011d", "☐ ✓"]
)
def test_letters_of_many_languages_are_printed(letters):
    assert b"pdfuaid:part" in made(note=letters).root_object["/Metadata"].get_data()


@pytest.mark.parametrize("letters", ["😀", "漢字", "a\0b\x07c", "\ud800", "\u200b\u202e"])
def test_what_no_typeface_has_never_stops_a_document(letters):
    reader = made(note=letters)
    assert "/StructTreeRoot" in reader.root_object


def test_qr_codes_are_read_back_from_the_page():
    (page, *_rest) = documents.png(TEMPLATE, sheet(large=True), title="Votre atelier", ppi=80)
    assert codes_on(page) == [LINK]


def test_a_picture_in_points_may_be_printed():
    (page, *_rest) = documents.png(TEMPLATE, sheet(large=True), title="Votre atelier", ppi=20)
    assert made(qr=page)


def test_a_template_nobody_has_and_a_picture_that_is_none_are_said():
    with pytest.raises(LookupError):
        documents.pdf("ui/nothing.typ", {}, title="Rien")
    with pytest.raises(LookupError):
        documents.pdf("../settings.py", {}, title="Rien")
    with pytest.raises(ValueError, match="picture"):
        written(qr=b"not a picture")


@pytest.mark.parametrize("reach", ['read("/etc/passwd")', 'read("../../../etc/passwd")', 'image("/src/x.png")'])
def test_a_template_reaches_no_file(monkeypatch, reach):
    sources = documents._sources() | {"ui/reach.typ": f"#{reach}".encode()}
    monkeypatch.setattr(documents, "_sources", lambda: sources)
    with pytest.raises(typst.TypstError):
        documents.pdf("ui/reach.typ", {}, title="Rien")


def test_templates_use_no_package_of_the_network():
    for path in ROOT.glob("*/documents/**/*.typ"):
        assert "@preview" not in path.read_text(), path


def test_colours_on_paper_are_those_of_the_screen():
    css = (ROOT / "ui/static/ui/pourtous.css").read_text().split("}")[0]
    tokens = (ROOT / "ui/documents/ui/tokens.typ").read_text()
    for name, colour in re.findall(r'#let (\S+) = rgb\("(#\w+)"\)', tokens):
        assert f"--{name.removesuffix('-colour')}: {colour};" in css, name


@pytest.mark.django_db
def test_the_sample_is_shown_in_the_demonstration_only(client, settings):
    answer = client.get("/_ui/document/?large=1")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'inline; filename="document.pdf"'
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 2
    settings.DEMO = False
    assert client.get("/_ui/document/").status_code == 404
