"""The professional navigation shows each person what they may use, in order."""

import pytest
from django.test import RequestFactory

from pourtous.kernel.permissions import Permission
from pourtous.ui import navigation

NEVER = Permission("tests.never", "", lambda _standing, _subject: False)


@pytest.fixture(autouse=True)
def own_entries(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})


def links(path="/_ui/"):
    request = RequestFactory().get(path)
    request.user = None
    return navigation.links(request)


def test_order_permission_and_missing_addresses():
    navigation.entry("Second", "components-work", order=20)
    navigation.entry("First", "components", order=10)
    navigation.entry("Hidden", "components-sheet", NEVER)
    navigation.entry("Nowhere", "no-such-address")
    assert [link.label for link in links()] == ["First", "Second"]


def test_the_longest_beginning_is_the_current_one():
    navigation.entry("Pieces", "components")
    navigation.entry("Work", "components-work")
    assert [link.label for link in links("/_ui/travail/") if link.is_current] == ["Work"]
    assert not [link for link in links("/elsewhere/") if link.is_current]
