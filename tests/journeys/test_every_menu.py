"""Each role opens every page of its menu, and what those of the agenda lead to: accessible, no wider than a telephone."""

import pytest

from tests.journeys.checks import assert_accessible, assert_no_sideways_scroll
from tests.journeys.test_professional_pages import sign_in

MORE = {
    "Yanis Ollé": (
        "/travail/agenda/semaine/",
        "/travail/agenda/equipe/",
        "/travail/agenda/liste/",
        "/travail/agenda/horaires/",
        "/travail/agenda/horaires/nouveaux/",
        "/travail/agenda/absences/nouvelle/",
        "/travail/agenda/rendez-vous/nouveau/",
        "/travail/savoir-faire/questions/",
    ),
    "Rémi Fabre-Ney": ("/travail/rendez-vous/", "/travail/rendez-vous/prendre/"),
    "Karim Solal": ("/travail/accueil-telephonique/rappels/", "/travail/courrier/"),
}


@pytest.mark.parametrize("name", MORE)
def test_pages_of_the_menu_and_of_the_agenda(visit, name):
    one = visit()
    page = sign_in(one, name)
    menu = page.locator(".workbar__nav a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert menu
    for path in dict.fromkeys([*menu, *MORE[name]]):
        page = one.open(path)
        assert path in page.url, "refused"
        assert page.locator("h1").count() == 1, path
        assert_no_sideways_scroll(page)
        assert_accessible(page)
