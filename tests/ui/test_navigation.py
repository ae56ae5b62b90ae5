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


def test_what_stands_above_others_is_current_alone_and_some_pages_begin_otherwise():
    navigation.entry("Home", "components")
    navigation.entry("Work", "components-work", also=("/elsewhere/",))
    assert [link.label for link in links("/_ui/") if link.is_current] == ["Home"]
    assert not [link for link in links("/_ui/else/") if link.is_current]
    assert [link.label for link in links("/elsewhere/1/") if link.is_current] == ["Work"]


def test_as_many_words_stand_in_the_bar_as_fit_and_the_menu_names_the_one_we_are_in():
    request = RequestFactory().get("/_ui/feuille/")
    request.user = None
    for order, name in enumerate(("components-work", "components-question", "components-sheet")):
        navigation.entry("x" * (navigation.IN_THE_BAR // 2 - 2) if order else "Sheet", name, order=order)
    menu = navigation.menu(request)
    assert [len(link.label) for link in menu.first] == [5, navigation.IN_THE_BAR // 2 - 2]
    assert [link.is_current for link in menu.more] == [True]
    assert menu.here == menu.more[0].label
