from datetime import timedelta

import pytest
from django.test import Client

from pourtous.accounts.enums import Capability
from pourtous.kernel import clock
from pourtous.people.models import FileOpening
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UnitFactory, someone
from tests.people.factories import CriterionFactory, FollowUpFactory, PersonFactory


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.user = user
    return client


@pytest.fixture
def follow_up(db):
    """A person whom a unit of mediators follows."""
    unit = UnitFactory(capabilities=[Capability.MEDIATION], name="Les Écluses")
    return FollowUpFactory(
        person__first_name="Odile", person__last_name="Ferrand", unit=unit, note="Reprendre la souris"
    )


@pytest.fixture
def person(follow_up):
    return follow_up.person


@pytest.fixture
def owner(follow_up):
    """Somebody of the unit that follows."""
    return signed_in(MembershipFactory(unit=follow_up.unit).user)


@pytest.fixture
def colleague(follow_up):
    """The manager of the unit that follows."""
    return signed_in(MembershipFactory(unit=follow_up.unit, role="manager").user)


@pytest.fixture
def sibling(follow_up):
    """The manager of another unit of the same organisation."""
    unit = UnitFactory(organisation=follow_up.unit.organisation, capabilities=[Capability.MEDIATION])
    return signed_in(MembershipFactory(unit=unit, role="manager").user)


@pytest.fixture
def stranger(db):
    """The manager of a unit that prescribes, in another organisation."""
    return signed_in(someone(Capability.PRESCRIBER, role="manager"))


@pytest.fixture
def uncovered(db):
    """Somebody whose organisation has no agreement, though its unit follows somebody."""
    unit = UnitFactory(organisation=OrganisationFactory(without_agreement=True), capabilities=[Capability.MEDIATION])
    FollowUpFactory(unit=unit)
    return signed_in(MembershipFactory(unit=unit, role="manager").user)


@pytest.fixture
def donor(db):
    """Somebody who has nothing to do with people."""
    return signed_in(someone(Capability.DONOR))


@pytest.fixture
def opened(person):
    """Somebody who opened the file with a reason, for today."""
    post = MembershipFactory(unit__capabilities=[Capability.PRESCRIBER])
    now = clock.now()
    FileOpening.objects.create(
        person=person,
        user=post.user,
        unit=post.unit,
        reason="Elle est devant moi.",
        opened_at=now,
        until=now + timedelta(hours=8),
    )
    return signed_in(post.user)


@pytest.fixture
def criterion(follow_up):
    return CriterionFactory(person=follow_up.person, unit=follow_up.unit)


@pytest.fixture
def other_person(db):
    return PersonFactory(first_name="Karim", last_name="Belloc")


@pytest.fixture
def others(sibling, stranger, uncovered, donor):
    """All those whom the person’s file is not for."""
    return (sibling, stranger, uncovered, donor)
