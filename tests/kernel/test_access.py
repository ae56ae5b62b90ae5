from types import SimpleNamespace

import pytest
from django.http import Http404, HttpResponse

from pourtous.kernel import access, permissions
from pourtous.kernel.permissions import Permission, Standing

ACT = Permission("tests.act", "Act", lambda standing, subject: standing.is_signed_in and subject != "theirs")
NEVER = Permission("tests.never", "Never", lambda standing, _subject: False)


@pytest.fixture
def request_of(rf, monkeypatch):
    monkeypatch.setattr(
        permissions, "_standing_of", lambda user: Standing("id") if user.is_authenticated else Standing()
    )

    def make(*, signed_in):
        request = rf.get("/travail/?page=2")
        request.user = SimpleNamespace(is_authenticated=signed_in)
        return request

    return make


def view(request):
    return HttpResponse("seen")


def test_public_is_for_everybody(request_of):
    assert access.public(view)(request_of(signed_in=False)).content == b"seen"
    assert access.access_of(access.public(view), None) == "public"


@pytest.mark.parametrize("guard", [access.signed_in, access.requires(ACT)])
def test_who_is_not_signed_in_is_asked_to_and_comes_back(request_of, guard):
    answer = guard(view)(request_of(signed_in=False))
    assert answer.status_code == 302
    assert "next=/travail/%3Fpage%3D2" in answer["Location"]
    assert guard(view)(request_of(signed_in=True)).content == b"seen"


def test_what_one_may_not_do_is_not_there(request_of):
    with pytest.raises(Http404):
        access.requires(NEVER)(view)(request_of(signed_in=True))


def test_what_belongs_to_others_is_not_there(request_of):
    access.authorise(request_of(signed_in=True), ACT, "ours")
    with pytest.raises(Http404):
        access.authorise(request_of(signed_in=True), ACT, "theirs")


def test_views_of_libraries_are_declared_by_name(monkeypatch):
    monkeypatch.setattr(access, "_declared", {})
    access.declare_access({"library-page": access.SIGNED_IN})

    def theirs(request):
        return HttpResponse()

    assert access.access_of(theirs, "library-page") == access.SIGNED_IN
    assert access.access_of(theirs, "other") is None
    assert access.declared_access() == {"library-page": access.SIGNED_IN}


def test_a_view_of_a_class_says_it_on_the_class():
    holder = SimpleNamespace(view_class=SimpleNamespace(access="public"))
    assert access.access_of(holder, None) == "public"
