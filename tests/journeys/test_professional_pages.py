"""Professional pages in each role that has them: accessible, no wider than the screen; a stranger finds nothing there."""

import re

import pytest

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go

TEAM, MANAGER, STRANGER = "Aline Vernet", "Inès Tourbe", "Farid Bennac"
TEAM_PAGES = (
    "/travail/",
    "/travail/moi/",
    "/travail/lieux/",
    "/travail/lieux/nouveau/",
    "/travail/signalements/",
    "/travail/imports/",
    "/travail/imports/nouveau/",
    "/travail/structures/",
    "/travail/structures/conventions/",
    "/travail/zones/",
    "/travail/zones/nouvelle/",
    "/travail/journal/",
    "/travail/messages/",
    "/travail/taches/",
)
MANAGER_PAGES = ("/travail/", "/travail/lieux/", "/travail/lieux/8Q9DX31R/", "/travail/equipe/")


def sign_in(one, name):
    """Enter the demonstration as this person."""
    page = one.open("/demo/entrer/")
    go(page, page.get_by_role("button", name=re.compile(name)))
    page.wait_for_url("**/travail/")
    return page


@pytest.mark.parametrize(("name", "paths"), [(TEAM, TEAM_PAGES), (MANAGER, MANAGER_PAGES)], ids=["team", "manager"])
def test_pages(visit, viewport, name, paths):
    one = visit(viewport=viewport)
    sign_in(one, name)
    for path in paths:
        page = one.open(path)
        assert path in page.url, "refused"
        assert page.locator("h1").count() == 1, path
        assert_no_sideways_scroll(page)
        assert_accessible(page)


def test_a_stranger_finds_nothing(visit):
    one = visit()
    sign_in(one, STRANGER)
    for path in ("/travail/imports/", "/travail/structures/", "/travail/lieux/8Q9DX31R/", "/travail/journal/"):
        assert one.context.request.get(one.address + path).status == 404, path


def test_a_manager_corrects_a_place_and_the_public_sees_it(visit):
    one = visit(viewport={"width": 1280, "height": 900})
    page = sign_in(one, MANAGER)
    page = one.open("/travail/lieux/8Q9DX31R/")
    page.locator("#what > summary").click()
    summary = page.locator("[name=summary]")
    summary.fill("Entrez, on vous montre tout.")
    go(page, page.get_by_role("button", name="Enregistrer").first)
    page.wait_for_load_state()
    assert_accessible(page)
    page = one.open("/lieux/8Q9DX31R/")
    assert page.get_by_text("Entrez, on vous montre tout.").count() == 1


def test_the_team_imports_a_file_and_its_places_are_found(visit, tmp_path):
    file = tmp_path / "lieux.csv"
    file.write_text(
        "id,pivot,nom,commune,code_postal,code_insee,adresse,date_maj,services\n"
        "un,,La Barque aux clics,Frontignan,34110,34108,3 quai des Rêves,2026-10-02,Aide aux démarches administratives\n"
        "deux,,,Sète,34200,34301,,2026-10-02,\n"
    )
    one = visit(viewport={"width": 1280, "height": 900})
    page = sign_in(one, TEAM)
    page = one.open("/travail/imports/nouveau/")
    page.locator("main [name=source]").fill("essai")
    page.set_input_files("main input[type=file]", str(file))
    go(page, page.locator("main form button"))
    page.locator("main a[href*='/travail/imports/']").first.wait_for(timeout=60_000)  # the job page follows the work
    go(page, page.locator("main a[href*='/travail/imports/']").first)
    assert_accessible(page)
    go(page, page.locator("main form[action*=importer] button"))
    page.locator("main a[href*='/travail/imports/']").first.wait_for(timeout=60_000)
    go(page, page.locator("main a[href*='/travail/imports/']").first)
    assert_accessible(page)
    page = one.open("/lieux/?q=barque+aux+clics")
    assert page.locator("main h2 a", has_text="La Barque aux clics").count() == 1


FORM = "/travail/lieux/8Q9DX31R/"


def test_the_form_of_a_place_by_keyboard_on_a_telephone(visit):
    one = visit(viewport={"width": 360, "height": 780})
    sign_in(one, MANAGER)
    page = one.open(FORM)
    part = page.locator("#contact > summary")
    part.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "phone"
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("abc")
    assert page.get_by_role("button", name="Enregistrer").is_visible()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.title().startswith("Erreur")
    assert page.locator("#contact").get_attribute("open") is not None, "a part with an error is open"
    assert page.locator("[name=phone]").input_value() == "abc"
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_each_part_of_the_form_open_is_accessible(visit, viewport):
    one = visit(viewport=viewport)
    sign_in(one, MANAGER)
    page = one.open(FORM)
    for part in page.locator(".fold > summary").all():
        part.click()
    assert_no_sideways_scroll(page)
    assert_accessible(page)


def test_the_public_page_follows_what_one_types_and_typing_outlives_the_page(visit):
    one = visit(viewport={"width": 1280, "height": 900})
    sign_in(one, MANAGER)
    page = one.open(FORM)
    refused = []
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    shown = page.locator("[data-preview]")
    shown.get_by_text("Horaires", exact=True).first.wait_for()
    page.locator("#what > summary").click()
    page.locator("[name=summary]").fill("Poussez la porte bleue.")
    shown.get_by_text("Poussez la porte bleue.").wait_for()
    page = one.open(FORM)
    assert page.locator("[name=summary]").input_value() == "Poussez la porte bleue."
    assert page.get_by_text("Ce que vous aviez écrit est revenu").is_visible()
    assert_accessible(page)
    assert refused == [], "a breach of the content policy"
    page = one.open("/lieux/8Q9DX31R/")
    assert page.get_by_text("Poussez la porte bleue.").count() == 0, "nothing is saved"


def test_the_form_works_without_scripts(visit):
    one = visit(java_script_enabled=False)
    sign_in(one, MANAGER)
    page = one.open(FORM)
    page.locator("#programme > summary").click()
    page.locator("[name=parent]").fill("Association inventée")
    go(page, page.get_by_role("button", name="Enregistrer").first)
    assert page.locator(".alert--ok").count() == 1
