"""Every branch of every permission rule is taken, and each rule can say yes and no.

Each `permissions.py` is loaded afresh and its rules asked about a table of standings and objects, under branch
coverage: a line or a branch that no row of the table reaches fails. An attribute of an object that the table does not
know fails too: name it in `SETS` or `VALUES`.
"""

import importlib.util
import json
import random
import sys
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from coverage import Coverage

from pourtous.accounts.enums import Capability, Role
from pourtous.activities.enums import TagScope
from pourtous.kernel import permissions
from pourtous.kernel.permissions import Post, Standing

ROOT = Path(permissions.__file__).resolve().parents[1]
KERNEL = ROOT / "kernel" / "permissions.py"
FILES = sorted(set(ROOT.glob("*/permissions.py")) - {KERNEL})
USER, UNIT, BODY, STRANGER = (UUID(int=n) for n in range(1, 5))
IDS = (USER, UNIT, BODY, STRANGER, None)
SETS = {"following", "opened_by"}  # attributes that hold ids of units or users
VALUES = {"scope": [*TagScope.values, "other"]}  # attributes that hold one of a few words
OBJECTS = 80


class Thing:
    """An object as a rule sees it: each attribute has one value, drawn from what such attributes hold."""

    def __init__(self, seed):
        self._draw = random.Random(seed)  # noqa: S311 (drawn the same each time)

    def __getattr__(self, name):
        if name in VALUES:
            value = self._draw.choice(VALUES[name])
        elif name in SETS:
            value = frozenset(self._draw.sample(IDS, self._draw.randrange(4))) - {None}
        elif name in {"pk", "id"} or name.endswith("_id"):
            value = self._draw.choice(IDS)
        else:
            pytest.fail(f"a rule asks an object for {name!r}: say in SETS or VALUES what it may hold")
        setattr(self, name, value)
        return value


def standings():
    """Nobody, somebody without post, and somebody with each post one may hold, alone and beside a plain one."""
    yield Standing()
    yield Standing(USER)
    plain = Post(STRANGER, STRANGER, Role.MEMBER, frozenset())
    for role, capability, holds in product(Role.values, [None, *Capability.values], (False, True)):
        post = Post(UNIT, BODY, role, frozenset({capability} - {None}), holds_personal_data=holds)
        yield Standing(USER, (post,))
        yield Standing(USER, (plain, post))


def load(path):
    """The module of a file, executed again under another name; the one in use is left alone."""
    name = f"fresh_{path.parent.name}_permissions"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]
    return module


def left_out(path, act, tmp_path):
    """Lines and branches of a file that `act` does not go through."""
    measure = Coverage(branch=True, include=[str(path)], data_file=None, config_file=False)
    measure.clear_exclude()
    with measure.collect():
        act()
    measure.json_report(outfile=str(tmp_path / "coverage.json"))
    (found,) = json.loads((tmp_path / "coverage.json").read_text())["files"].values()
    assert found["summary"]["num_statements"] > 1
    return found["missing_lines"], found["missing_branches"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_every_branch_of_a_rule_is_taken_and_it_says_yes_and_no(path, monkeypatch, tmp_path):
    monkeypatch.setattr(permissions, "_declared", {})
    answers = {}

    def ask():
        load(path)
        for name, asked in permissions.declared().items():
            for standing in standings():
                for thing in (None, *map(Thing, range(OBJECTS))):
                    answers.setdefault(name, set()).add(asked.rule(standing, thing))

    assert left_out(path, ask, tmp_path) == ([], [])
    assert answers
    for name, given in answers.items():
        assert given == {True, False}, f"{name} always says {given}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parent.name)
def test_nobody_may_do_nothing_anywhere(path, monkeypatch):
    monkeypatch.setattr(permissions, "_declared", {})
    load(path)
    for name, asked in permissions.declared().items():
        assert not any(asked.rule(Standing(), thing) for thing in (None, *map(Thing, range(OBJECTS)))), name


def test_every_branch_of_the_gate_is_taken(tmp_path):
    def act():
        gate = load(KERNEL)
        post = gate.Post(UNIT, BODY, "manager", frozenset({"steering"}), holds_personal_data=True)
        somebody = gate.Standing(USER, (post, gate.Post(STRANGER, STRANGER, "member", frozenset())))
        assert somebody.is_signed_in
        assert somebody.has("steering", role="manager", personal=True)
        assert somebody.is_in(UNIT)
        assert somebody.is_of(BODY)
        assert not somebody.is_in(STRANGER, personal=True)
        assert not gate.Standing().is_in(None)
        assert not gate.Standing().is_of(None)
        acting = gate.permission("tests.act", "Act", lambda standing, thing: standing.is_in(thing))
        with pytest.raises(ValueError, match=r"tests\.act"):
            gate.permission("tests.act", "Act", acting.rule)
        assert list(gate.declared()) == ["tests.act"]
        assert not gate.can("anybody", acting, UNIT)
        gate.set_standing({"anybody": somebody}.get)
        assert gate.can("anybody", acting, UNIT)

    assert left_out(KERNEL, act, tmp_path) == ([], [])


def test_a_branch_nobody_takes_is_seen(tmp_path):
    rule = tmp_path / "permissions.py"
    rule.write_text("def may(standing):\n    if standing:\n        return True\n    return False\n")
    assert left_out(rule, lambda: load(rule).may("yes"), tmp_path) == ([4], [[2, 4]])
