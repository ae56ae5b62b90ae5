"""Rights of people in the browser: two files made one and apart again, a request received and answered, files brought in."""

import re

import pytest

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go
from tests.journeys.test_professional_pages import sign_in
from tests.people.importers.books import book

MANAGER = "Bruno Castel"


def checked(page):
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def brought_in(one, tmp_path, *rows):
    """Import people from a workbook, as somebody does who kept them elsewhere."""
    file = tmp_path / "personnes.xlsx"
    file.write_bytes(book(*rows))
    page = one.open("/travail/reprise-de-dossiers/")
    checked(page)
    page.set_input_files("main input[type=file]", str(file))
    page.locator("main [name=notice_kind][value=oral]").check(force=True)
    for part, value in (("day", "2"), ("month", "11"), ("year", "2025")):
        page.locator(f"main [name=notice_on_{part}]").fill(value)
    go(page, page.locator("main form button"))
    ready = page.locator("main a[href*='/travail/reprise-de-dossiers/']").first
    ready.wait_for(timeout=60_000)
    go(page, ready)
    checked(page)
    go(page, page.locator("main form[action*=importer] button"))
    done = page.locator("main a[href*='/travail/reprise-de-dossiers/']").first
    done.wait_for(timeout=60_000)
    go(page, done)
    checked(page)
    return re.findall(r"/travail/personnes/([0-9A-Z]{8})/", page.content())


@pytest.fixture
def codes(viewport):
    """Names of this visit alone: visits share one server."""
    return "Large" if viewport["width"] > 400 else "Petit"


def test_import_merge_and_request(visit, viewport, codes, tmp_path):
    one = visit(viewport=viewport)
    sign_in(one, MANAGER)
    first = ["Tamarisse", f"Yolande {codes}", 1951, "", "", "", "", f"yolande-{codes}@mail.example".lower(), "F", ""]
    second = ["Corbeille", f"Prosper {codes}", 1988, "", "", "", "", "", "M", "Vient le mardi"]
    kept, absorbed = brought_in(one, tmp_path, first, second)[:2]
    page = one.open(f"/travail/personnes/{kept}/droits/")
    checked(page)
    page.locator("#with").fill(absorbed)
    go(page, page.get_by_role("button", name="Comparer les deux dossiers"))
    checked(page)
    page.locator("[name=first_name][value=absorbed]").check()
    go(page, page.get_by_role("button", name="Réunir les deux dossiers"))
    checked(page)
    go(page, page.get_by_role("button", name="Défaire").or_(page.get_by_role("button", name="Annuler")).first)
    assert page.get_by_text(absorbed).count() == 1
    go(page, page.get_by_role("link", name="Noter une demande"))
    checked(page)
    page.locator("[name=kind][value=correction]").check(force=True)
    page.locator("[name=identity_checked]").fill("Connue de l’équipe")
    go(page, page.get_by_role("button", name="Noter la demande"))
    checked(page)
    page.locator("[name=state][value=accepted]").check(force=True)
    page.locator("main [name=words]").fill("C’est corrigé.")
    go(page, page.get_by_role("button", name="Donner cette réponse"))
    checked(page)
    assert page.get_by_text("C’est corrigé.").count() == 1
