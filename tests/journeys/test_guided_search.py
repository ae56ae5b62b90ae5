"""A person finds help near home: by keyboard alone, without JavaScript, on the narrowest screen."""

import re

import pytest

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go

NARROW = {"width": 320, "height": 640}


def tab_to(page, wanted, limit=60):
    """Press Tab until the element in focus is the one wanted; fails when it cannot be reached."""
    target = wanted.element_handle()
    for _ in range(limit):
        if page.evaluate("e => document.activeElement === e", target):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"not reached by keyboard: {wanted}")


def follow(page):
    """Press Enter on what is in focus and wait for the next page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_by_keyboard_without_script_at_320_pixels(visit):
    page = visit(viewport=NARROW, java_script_enabled=True).open("/")
    tab_to(page, page.get_by_role("link", name="Répondre aux trois questions"))
    follow(page)
    first = page.get_by_role("radio", name=re.compile("Faire une démarche"))
    tab_to(page, page.get_by_role("radio").first)
    page.keyboard.press("Space")
    assert first.is_checked()
    assert_no_sideways_scroll(page)
    tab_to(page, page.get_by_role("button", name="Continuer"))
    follow(page)
    tab_to(page, page.get_by_label("Commune, code postal ou adresse"))
    page.keyboard.type("frontinian")  # as people spell
    assert_no_sideways_scroll(page)
    follow(page)
    page.wait_for_load_state()
    assert "important" in page.url or "compte" in page.content()
    assert_no_sideways_scroll(page)
    tab_to(page, page.get_by_role("button", name=re.compile("Continuer|Voir les lieux")))
    follow(page)
    assert re.search(r"\d+ lieux? d’aide", page.locator("h1").inner_text())
    assert "Frontignan" in page.locator("h1").inner_text()
    assert_no_sideways_scroll(page)
    tab_to(page, page.locator("main h2 a, main h3 a").first)
    follow(page)
    assert "/lieux/" in page.url
    assert page.get_by_role("heading", name="Horaires").is_visible()
    assert_no_sideways_scroll(page)


def test_without_script(visit):
    page = visit(java_script_enabled=False).open("/")
    page.get_by_label("Votre commune ou votre code postal").fill("34110")
    go(page, page.get_by_role("button", name="Voir les lieux"))
    assert "Quelle est votre commune" in page.locator("h1").inner_text()  # a postcode is never a commune
    go(page, page.locator("main a[href*='commune=34108']"))
    assert re.search(r"\d+ lieux? d’aide", page.locator("h1").inner_text())
    go(page, page.get_by_role("link", name="Voir sur la carte"))
    assert page.locator("main h2 a, main h3 a").count() > 0


def test_a_wrong_postcode_is_told_beside_the_field_and_keeps_what_was_typed(visit, viewport):
    page = visit(viewport=viewport).open("/aide/ou/")
    field = page.get_by_label("Commune, code postal ou adresse")
    field.fill("3411")
    go(page, page.get_by_role("button", name="Continuer"))
    assert page.title().startswith("Erreur")
    assert field.input_value() == "3411"
    assert page.get_by_text("Un code postal a cinq chiffres").count() == 2
    assert page.evaluate("document.activeElement.closest('.alert, [class*=summary]') !== null")
    assert_accessible(page)


def test_the_address_of_a_search_holds_no_house_number_and_a_rounded_position(visit):
    page = visit().open("/aide/ou/?suite=1&ou=12+rue+des+Tamaris%2C+S%C3%A8te")
    page.wait_for_load_state()
    assert "12" not in re.sub(r"\d+\.\d+|3\d{4}", "", page.url.split("?", 1)[1])
    assert not re.search(r"\d\.\d{4,}", page.url)


def test_the_map_opens_on_demand_and_holds_what_the_list_holds(visit, viewport):
    page = visit(viewport=viewport).open("/aide/lieux/?commune=34108&carte=1")
    page.wait_for_selector(".leaflet-marker-icon")
    assert page.locator(".leaflet-marker-icon").count() == page.locator("main h2 a, main h3 a").count()
    assert_accessible(page)
