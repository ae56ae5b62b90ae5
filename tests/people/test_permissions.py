from dataclasses import replace
from uuid import uuid4

import pytest

from pourtous.kernel.permissions import Post, Standing
from pourtous.people.permissions import MANAGE_RIGHTS, REGISTER, SEE, SUPERVISE
from pourtous.people.rules.sight import Sight


class Unit:
    def __init__(self, post):
        self.pk = post.unit_id


def post(*capabilities, role="member", covered=True):
    return Post(uuid4(), uuid4(), role, frozenset(capabilities), holds_personal_data=covered)


def standing(*posts):
    return Standing(uuid4(), posts)


def test_only_units_that_prescribe_or_help_register():
    for capability in ("prescriber", "mediation"):
        mine = post(capability)
        assert REGISTER.rule(standing(mine), None)
        assert REGISTER.rule(standing(mine), Unit(mine))
        assert not REGISTER.rule(standing(mine), Unit(post(capability)))
    for capability in ("host", "donor", "refurbisher", "steering", "place_manager"):
        assert not REGISTER.rule(standing(post(capability)), None)


@pytest.mark.parametrize("asked", [REGISTER, SEE, SUPERVISE, MANAGE_RIGHTS])
def test_nobody_without_agreement_and_nobody_signed_out(asked):
    bare = post("prescriber", "mediation", "steering", role="manager", covered=False)
    sight = Sight(uuid4(), frozenset({bare.unit_id}))
    for who in (standing(bare), Standing()):
        assert not asked.rule(who, None)
        if asked in {SEE, MANAGE_RIGHTS}:
            assert not asked.rule(who, sight)


def test_a_file_is_seen_by_the_unit_that_follows():
    mine = post("prescriber")
    sibling = replace(mine, unit_id=uuid4())  # another unit of the same organisation
    assert SEE.rule(standing(mine), Sight(uuid4(), frozenset({mine.unit_id})))
    assert not SEE.rule(standing(sibling), Sight(uuid4(), frozenset({mine.unit_id})))
    assert not SEE.rule(standing(post("steering", role="manager")), Sight(uuid4(), frozenset({mine.unit_id})))


def test_a_file_is_seen_by_who_gave_a_reason_while_they_hold_a_post():
    me = standing(post("mediation"))
    sight = Sight(uuid4(), frozenset(), frozenset({me.user_id}))
    assert SEE.rule(me, sight)
    assert not SEE.rule(standing(post("mediation")), sight)
    assert not SEE.rule(Standing(me.user_id, ()), sight)
    assert not SEE.rule(Standing(), Sight(uuid4(), frozenset(), frozenset()))


def test_rights_are_for_the_team_and_for_managers_of_units_that_follow():
    manager, member = post("mediation", role="manager"), post("mediation")
    sight = Sight(uuid4(), frozenset({manager.unit_id, member.unit_id}))
    assert MANAGE_RIGHTS.rule(standing(post("steering")), sight)
    assert MANAGE_RIGHTS.rule(standing(manager), sight)
    assert MANAGE_RIGHTS.rule(standing(manager), None)
    assert not MANAGE_RIGHTS.rule(standing(member), sight)
    assert not MANAGE_RIGHTS.rule(standing(member), None)
    assert not MANAGE_RIGHTS.rule(standing(post("mediation", role="manager")), sight)


def test_managers_watch_their_own_units():
    manager = post("prescriber", role="manager")
    assert SUPERVISE.rule(standing(manager), None)
    assert SUPERVISE.rule(standing(manager), Unit(manager))
    assert not SUPERVISE.rule(standing(manager), Unit(post("prescriber")))
    assert not SUPERVISE.rule(standing(post("prescriber")), None)
