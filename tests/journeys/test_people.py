"""A social worker between two people, on an office PC; a mediator on a phone; a manager who watches over files."""

import re
import time

import pytest

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go
from tests.journeys.test_professional_pages import sign_in

PRESCRIBER, MEDIATOR, HOST = "Rémi Fabre-Ney", "Inès Tourbe", "Sonia Gaillac"
MANAGER = "Odile Cazals"
A_MINUTE = 60


def check(page):
    assert page.locator("h1").count() == 1
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def register(page, **said):
    go(page, page.get_by_role("link", name="Inscrire une personne").first)
    for label, text in said.items():
        page.locator(f"[name={label}]").fill(text)
    go(page, page.get_by_role("button", name="Inscrire", exact=True))


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_social_worker_registers_a_person_within_a_minute(visit, viewport, scripts):
    one = visit(viewport=viewport, java_script_enabled=scripts)
    page = sign_in(one, PRESCRIBER)
    started = time.monotonic()
    name = f"Belloc-{'a' if scripts else 'b'}{viewport['width']}"
    year = {"360True": "1931", "360False": "1941", "1280True": "1951", "1280False": "1961"}[
        f"{viewport['width']}{scripts}"
    ]
    register(page, last_name=name, first_name="Karim", birth_year=year, commune="34200", phone="06 39 98 12 34")
    if page.get_by_role("button", name=re.compile("quelqu’un d’autre")).count():
        go(page, page.get_by_role("button", name=re.compile("quelqu’un d’autre")))
    assert time.monotonic() - started < A_MINUTE
    assert page.locator("h1").inner_text() == f"Karim {name}"
    assert "Sète" in page.locator("main").inner_text()
    assert name not in page.url
    if scripts:
        check(page)


def test_what_is_wrong_is_said_and_nothing_is_lost(visit, viewport):
    page = sign_in(visit(viewport=viewport), PRESCRIBER)
    register(page, first_name="Zoé", birth_year="196", phone="12")
    assert "Erreur" in page.title()
    assert page.locator("[name=phone]").input_value() == "12"
    check(page)


def test_the_life_of_a_file(visit, viewport):
    page = sign_in(visit(viewport=viewport), MEDIATOR)
    name = f"Garrigue{viewport['width']}"
    register(page, last_name=name, first_name="Rosa", birth_year="1949" if viewport["width"] == 360 else "1979")
    go(page, page.get_by_role("link", name="Vérifier", exact=True))
    check(page)
    page.locator("[value=no_device]").check()
    go(page, page.get_by_role("button", name="Enregistrer"))
    assert page.get_by_text("Valable").count() == 1
    go(page, page.get_by_role("link", name=re.compile("Écrire une note")))
    check(page)
    page.locator("[name=note]").fill("Sait ouvrir sa boîte mail.")
    go(page, page.get_by_role("button", name="Enregistrer"))
    check(page)
    go(page, page.get_by_role("link", name=re.compile("Confier")))
    check(page)
    page.go_back()
    go(page, page.get_by_role("button", name=re.compile("Terminer")))
    check(page)
    go(page, page.get_by_role("button", name=re.compile(f"Annuler Rosa {name}")))
    assert page.locator("h1").inner_text() == f"Rosa {name}"
    page.locator(".workbar__nav").get_by_text("Personnes").click()
    page.locator("[name=words]").fill(name.lower())
    go(page, page.get_by_role("button", name="Trouver"))
    assert page.get_by_role("link", name=re.compile(name)).count() == 1
    assert name.lower() not in page.url.lower()
    check(page)


def test_a_file_followed_elsewhere_opens_with_a_reason_and_its_manager_knows(visit, viewport):
    prescriber = visit(viewport=viewport)
    page = sign_in(prescriber, PRESCRIBER)
    name = f"Montagnac{viewport['width']}"
    register(page, last_name=name, first_name="Léa", birth_year="1966" if viewport["width"] == 360 else "1996")
    address = page.url
    code = address.rstrip("/").rsplit("/", 1)[1]
    mediator = visit(viewport=viewport)
    page = sign_in(mediator, MEDIATOR)
    assert mediator.context.request.get(address).status == 404
    page = mediator.open(f"/travail/personnes/ouvrir/?code={code}")
    check(page)
    page.locator("[name=reason]").fill("Elle est devant moi, son agence est fermée.")
    go(page, page.get_by_role("button", name="Ouvrir le dossier"))
    assert page.locator("h1").inner_text() == f"Léa {name}"
    check(page)
    manager = visit(viewport=viewport)
    page = sign_in(manager, MANAGER)
    assert page.get_by_text("Elle est devant moi, son agence est fermée.").count() >= 1
    check(page)
    page = manager.open(f"/travail/personnes/{code}/lectures/")
    assert page.get_by_text("Inès Tourbe").count() >= 1
    check(page)
    check(manager.open("/travail/personnes/lectures/"))


def test_the_notice_is_one_sheet(visit, viewport):
    one = visit(viewport=viewport)
    sign_in(one, PRESCRIBER)
    check(one.open("/travail/personnes/information/"))


def test_people_are_not_for_hosts(visit):
    one = visit()
    sign_in(one, HOST)
    for path in ("/travail/personnes/", "/travail/personnes/inscrire/", "/travail/personnes/ouvrir/"):
        assert one.context.request.get(one.address + path).status == 404, path
