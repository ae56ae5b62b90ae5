"""Every public page, at phone and desktop width: accessible, no wider than the screen, nothing from elsewhere."""

import pytest

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll, go

PAGES = (
    "/",
    "/aide/besoin/",
    "/aide/ou/",
    "/aide/important/",
    "/aide/criteres/",
    "/aide/lieux/?commune=34108",
    "/aide/lieux/?commune=34108&ouvert=1",
    "/aide/lieux/imprimer/?commune=34108",
    "/lieux/",
    "/lieux/?q=cabanon",
    "/lieux/?q=rien+de+tel+ici",
    "/ordinateur/",
    "/se-former/",
    "/pass-numerique/",
    "/pass-numerique/pour-moi/",
    "/pass-numerique/mon-chequier/",
    "/internet-a-la-maison/",
    "/donner/",
    "/contact/",
    "/accessibilite/",
    "/mentions-legales/",
    "/vos-donnees/",
    "/plan-du-site/",
    "/donnees/",
    "/api/",
    "/_ui/",
    "/_ui/chiffres/",
    "/cette-page-n-existe-pas/",
    "/compte/connexion/",
    "/demo/entrer/",
)


@pytest.mark.parametrize("path", PAGES)
def test_page(visit, viewport, path):
    page = visit(viewport=viewport).open(path)
    assert page.locator("h1").count() == 1
    assert_no_sideways_scroll(page)
    assert_accessible(page)


@pytest.mark.parametrize("path", ["/", "/aide/besoin/", "/aide/lieux/?commune=34108"])
def test_page_in_dark_and_with_forced_colours(visit, path):
    for options in ({"color_scheme": "dark"}, {"forced_colors": "active"}):
        page = visit(**options).open(path)
        assert_accessible(page)


@pytest.mark.parametrize("path", ["/", "/aide/besoin/", "/aide/lieux/?commune=34108"])
def test_page_with_text_twice_as_large(visit, path):
    page = visit(viewport={"width": 1280, "height": 900}).open(path)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert_no_sideways_scroll(page)


def test_a_place_its_sheet_and_its_form(visit, viewport):
    page = visit(viewport=viewport).open("/lieux/?q=cabanon")
    go(page, page.locator("main h2 a, main h3 a").first)
    assert_accessible(page)
    go(page, page.get_by_role("link", name="Imprimer"))
    assert_accessible(page)
    page.go_back()
    go(page, page.get_by_role("link", name="Quelque chose ne va pas ici"))
    assert_accessible(page)
    go(page, page.locator("main form button").last)
    assert page.title().startswith("Erreur")
    assert_accessible(page)
