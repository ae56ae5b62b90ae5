import pytest
from django.test import Client

from pourtous.accounts.enums import Capability
from tests.accounts.factories import MembershipFactory, someone
from tests.places.factories import PlaceFactory


@pytest.fixture
def place(db):
    """A place of a unit of mediators."""
    owner = MembershipFactory(unit__capabilities=[Capability.MEDIATION])
    return PlaceFactory(name="Le Cabanon", unit=owner.unit)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def owner(place):
    """Somebody of the unit that looks after the place."""
    return signed_in(place.unit.memberships.get().user)


@pytest.fixture
def stranger(db):
    """A colleague of another unit with the same capability."""
    return signed_in(someone(Capability.MEDIATION))


@pytest.fixture
def team(db):
    """Somebody of the steering team."""
    return signed_in(someone(Capability.STEERING))


@pytest.fixture
def donor(db):
    """Somebody who has nothing to do with places."""
    return signed_in(someone(Capability.DONOR))
