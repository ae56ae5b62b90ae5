from uuid import uuid4

import pytest

from pourtous.kernel import permissions
from pourtous.kernel.permissions import Permission, Post, Standing, can, permission

UNIT, OTHER, BODY = uuid4(), uuid4(), uuid4()
MANAGER = Standing(uuid4(), (Post(UNIT, BODY, "manager", frozenset({"steering"})),))


@pytest.fixture(autouse=True)
def _fresh(monkeypatch):
    monkeypatch.setattr(permissions, "_declared", {})


def test_a_standing_says_who_may_what():
    assert MANAGER.is_signed_in
    assert MANAGER.has("steering")
    assert MANAGER.has("steering", role="manager")
    assert not MANAGER.has("steering", role="member")
    assert not MANAGER.has("mediation")
    assert MANAGER.is_in(UNIT, role="manager")
    assert not MANAGER.is_in(UNIT, role="member")
    assert not MANAGER.is_in(OTHER)
    assert not MANAGER.is_in(None)


def test_a_standing_says_where_personal_data_may_be_seen():
    held = Post(OTHER, uuid4(), "member", frozenset({"mediation"}), holds_personal_data=True)
    both = Standing(uuid4(), (*MANAGER.posts, held))
    assert both.has("mediation", personal=True)
    assert not both.has("mediation", role="manager", personal=True)
    assert not both.has("steering", personal=True)
    assert both.is_in(OTHER, personal=True)
    assert not both.is_in(UNIT, personal=True)
    assert both.is_of(held.organisation_id, role="member", personal=True)
    assert both.is_of(BODY)
    assert not both.is_of(BODY, personal=True)
    assert not both.is_of(None)


def test_nobody_may_nothing():
    nobody = Standing()
    assert not nobody.is_signed_in
    assert not nobody.has("steering")
    assert not nobody.is_in(UNIT)


def test_a_name_is_declared_once():
    permission("tests.act", "Act", lambda standing, _object: True)
    with pytest.raises(ValueError, match=r"tests\.act"):
        permission("tests.act", "Act", lambda standing, _object: True)
    assert list(permissions.declared()) == ["tests.act"]


def test_the_gate_asks_the_rule_with_the_standing_and_the_object(monkeypatch):
    monkeypatch.setattr(permissions, "_standing_of", {"camille": MANAGER}.get)
    act = Permission("tests.act", "Act", lambda standing, subject: standing.is_in(subject))
    assert can("camille", act, UNIT)
    assert not can("camille", act, OTHER)
    assert not can("camille", act)
