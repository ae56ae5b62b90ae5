from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser

from pourtous.accounts.permissions import INVITE, MANAGE_ORGANISATIONS, MANAGE_PEOPLE
from pourtous.accounts.queries import standing_of
from pourtous.kernel import clock
from pourtous.kernel.permissions import can
from tests.accounts.factories import MembershipFactory, UnitFactory, UserFactory, someone

pytestmark = pytest.mark.django_db


def again(user):
    """The same user as the next request sees them."""
    return type(user).objects.get(pk=user.pk)


def test_nobody_stands_nowhere():
    assert not standing_of(AnonymousUser()).is_signed_in
    assert not standing_of(None).is_signed_in


def test_a_deactivated_user_stands_nowhere():
    user = someone("steering")
    user.is_active = False
    assert not can(user, MANAGE_ORGANISATIONS)


def test_both_posts_of_someone_in_two_organisations_count():
    post = MembershipFactory(role="manager")
    other = MembershipFactory(user=post.user, unit__capabilities=["steering"])
    standing = standing_of(post.user)
    assert {p.organisation_id for p in standing.posts} == {post.unit.organisation_id, other.unit.organisation_id}
    assert can(post.user, MANAGE_ORGANISATIONS)
    assert can(post.user, MANAGE_PEOPLE, post.unit)
    assert not can(post.user, MANAGE_PEOPLE, other.unit)


@pytest.mark.parametrize("closed", ["unit", "organisation"])
def test_posts_in_what_is_closed_do_not_count(closed):
    post = MembershipFactory(unit__capabilities=["steering"], role="manager")
    thing = post.unit if closed == "unit" else post.unit.organisation
    thing.is_active = False
    thing.save()
    assert not can(post.user, MANAGE_ORGANISATIONS)
    assert not can(post.user, MANAGE_PEOPLE, post.unit)


def test_a_role_taken_away_counts_from_the_next_request():
    user = someone("steering")
    assert can(user, MANAGE_ORGANISATIONS)
    user.memberships.all().delete()
    assert not can(again(user), MANAGE_ORGANISATIONS)


def test_where_a_user_stands_is_read_once(django_assert_num_queries):
    user = someone("steering")
    with django_assert_num_queries(1):
        assert can(user, MANAGE_ORGANISATIONS)
        assert not can(user, MANAGE_PEOPLE)


def test_managers_manage_their_own_unit_only():
    post = MembershipFactory(role="manager")
    colleague = MembershipFactory(unit=post.unit).user
    neighbour = UnitFactory(organisation=post.unit.organisation)
    assert can(post.user, MANAGE_PEOPLE)
    assert can(post.user, MANAGE_PEOPLE, post.unit)
    assert not can(post.user, MANAGE_PEOPLE, neighbour)
    assert not can(colleague, MANAGE_PEOPLE)
    assert not can(colleague, MANAGE_PEOPLE, post.unit)


def test_managers_and_the_steering_team_invite():
    post = MembershipFactory(role="manager")
    stranger = UserFactory()
    team = someone("steering")
    assert can(post.user, INVITE, post.unit)
    assert can(team, INVITE, post.unit)
    assert not can(stranger, INVITE, post.unit)
    assert not can(stranger, INVITE)


def test_only_the_steering_team_manages_organisations():
    assert can(someone("steering"), MANAGE_ORGANISATIONS)
    assert not can(someone("mediation", role="manager"), MANAGE_ORGANISATIONS)


def test_nobody_is_in_no_unit():
    user = someone("mediation")
    assert not standing_of(user).is_in(None)
    assert not standing_of(user).is_in(uuid4())


def test_a_post_holds_personal_data_while_its_organisation_has_its_agreement():
    post = MembershipFactory(unit__capabilities=["mediation"])
    bare = MembershipFactory(unit__capabilities=["mediation"], unit__organisation__without_agreement=True)
    assert standing_of(post.user).has("mediation", personal=True)
    assert standing_of(post.user).is_in(post.unit_id, personal=True)
    assert standing_of(bare.user).has("mediation")
    assert not standing_of(bare.user).has("mediation", personal=True)
    post.unit.organisation.agreements.update(ends_on=clock.today())
    assert not standing_of(again(post.user)).has("mediation", personal=True)


def test_the_agreement_of_one_organisation_opens_nothing_for_another():
    post = MembershipFactory(unit__capabilities=["mediation"], unit__organisation__without_agreement=True)
    MembershipFactory(user=post.user, unit__capabilities=["prescriber"])
    standing = standing_of(post.user)
    assert standing.has("prescriber", personal=True)
    assert not standing.has("mediation", personal=True)
    assert not standing.is_in(post.unit_id, personal=True)
