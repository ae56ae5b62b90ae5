"""The page of components and the sample pages."""

import pytest

PAGES = ["/_ui/", "/_ui/chiffres/", "/_ui/question/", "/_ui/question/?need=", "/_ui/travail/", "/_ui/feuille/"]


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_each_page_renders_in_the_demonstration(client, page):
    assert client.get(page).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_each_page_is_absent_elsewhere(client, settings, page):
    settings.DEMO = False
    assert client.get(page).status_code == 404


@pytest.mark.django_db
def test_a_page_with_an_error_says_so_in_its_title(client):
    assert "<title>Erreur\u00a0: " in client.get("/_ui/question/?need=").content.decode()
