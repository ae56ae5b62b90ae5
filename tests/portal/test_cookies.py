"""Reading the public site leaves nothing in the browser."""

import pytest
from django.test import Client

PAGES = (
    "/",
    "/aide/besoin/",
    "/aide/ou/",
    "/aide/lieux/?partout=oui",
    "/lieux/?q=a",
    "/pass-numerique/",
    "/contact/",
    "/vos-donnees/",
    "/api/",
    "/donnees/",
    "/absent/",
)


@pytest.mark.django_db
@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_sets_no_cookie(client, page):
    assert not client.get(page).cookies


@pytest.mark.django_db
def test_the_language_is_changed_without_token_and_leads_back():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/langue/", {"language": "en", "next": "/contact/"})
    assert (answer.status_code, answer.url) == (302, "/contact/")
    assert set(answer.cookies) == {"django_language"}
    assert 'lang="en"' in strict.get("/contact/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "\0", "x" * 9000]
)
@pytest.mark.parametrize("language", ["en", "\0", "../..", ""])
def test_changing_the_language_leads_nowhere_else(client, target, language):
    answer = client.post("/langue/", {"language": language, "next": target})
    assert answer.status_code == 302
    assert answer.url.startswith("/")
    assert not answer.url.startswith(("//", "/\\"))
