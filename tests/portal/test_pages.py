"""Each public page answers, says its title, and has one main heading."""

import re

import pytest
from django.urls import reverse

from tests.places.factories import PlaceFactory

pytestmark = pytest.mark.django_db
FIXED = (
    "home",
    "need",
    "where",
    "wishes",
    "filters",
    "places",
    "computer",
    "training",
    "passes",
    "my-book",
    "connection",
    "donation",
    "contact",
    "accessibility",
    "legal",
    "privacy",
    "sitemap-page",
)


@pytest.mark.parametrize("name", FIXED)
def test_page_answers_with_one_heading(client, name):
    answer = client.get(reverse(name))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall("<h1", html)) == 1
    assert re.search(r"<title>\s*\S", html)
    assert '<html lang="fr"' in html


def test_the_home_page_is_complete_in_english(client):
    html = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "Find help near me" in html
    assert "Trouver" not in html


def test_an_unknown_address_gives_a_page_that_helps(client):
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert reverse("places") in answer.content.decode()


def test_the_sitemap_names_pages_and_places(client):
    place = PlaceFactory()
    xml = client.get("/sitemap.xml").content.decode()
    assert f"/lieux/{place.code}/" in xml
    assert "/contact/" in xml


def test_robots_are_told_where_the_sitemap_is(client):
    assert "Sitemap: " in client.get("/robots.txt").content.decode()
