"""What is refused gets words, and what a professional saw stays in no cache."""

import pytest
from django.test import RequestFactory

from pourtous.ui.middleware import RefuseTooBig
from tests.accounts.factories import someone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/travail/moi/sessions/", "/travail/lieux/ABCDEF/etat/"])
def test_the_address_of_a_button_opened_as_a_page(client, address):
    client.force_login(someone("steering", role="manager"))
    answer = client.get(address)
    assert answer.status_code == 405
    assert "<h1" in answer.content.decode()
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "address", ["/travail/", "/travail/moi/", "/travail/structures/", "/compte/second-facteur/activer/", "/contact/"]
)
def test_no_cache_keeps_what_somebody_signed_in_saw(client, address):
    client.force_login(someone("steering", role="manager"))
    assert "no-store" in client.get(address).headers["Cache-Control"]


def test_public_pages_may_be_kept(client):
    assert "no-store" not in client.get("/contact/").headers.get("Cache-Control", "")


@pytest.mark.parametrize("length", ["13000000", "9" * 30, "-1", "abc", "²"])
def test_what_is_too_big_is_refused_before_it_is_read(length):
    def read(_request):
        pytest.fail("it was read")

    request = RequestFactory().post("/contact/", {"a": "b"})
    request.META["CONTENT_LENGTH"] = length
    answer = RefuseTooBig(read)(request)
    assert answer.status_code == 413
    assert "trop gros" in answer.content.decode()


def test_what_is_not_too_big_passes(client):
    assert client.post("/contact/", {"a": "b" * 1_000_000}).status_code < 413
