from datetime import UTC, datetime

import pytest
from django.test import Client

from pourtous.accounts.enums import Capability
from pourtous.kernel import clock
from tests.accounts.factories import MembershipFactory, someone
from tests.agenda.factories import AppointmentKindFactory, AvailabilityFactory, ResourceFactory
from tests.places.factories import PlaceFactory

NOW = datetime(2026, 11, 24, 8, 20, tzinfo=UTC)  # a Tuesday, 9:20 in Paris


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def post(db):
    """A manager of a unit of mediation."""
    return MembershipFactory(unit__capabilities=[Capability.MEDIATION], role="manager")


@pytest.fixture
def agenda(post):
    return ResourceFactory(user=post.user, unit=post.unit, name=post.user.name)


@pytest.fixture
def place(post):
    return PlaceFactory(name="Le Cabanon", unit=post.unit)


@pytest.fixture
def kind(post):
    return AppointmentKindFactory(unit=post.unit)


@pytest.fixture
def hours(agenda, kind, place):
    return AvailabilityFactory(resource=agenda, kinds=[kind], place=place)


@pytest.fixture
def owner(post):
    return signed_in(post.user)


@pytest.fixture
def colleague_post(post):
    return MembershipFactory(unit=post.unit)


@pytest.fixture
def colleague(colleague_post):
    """Of the same unit, not its manager."""
    return signed_in(colleague_post.user)


@pytest.fixture
def stranger(db):
    """A mediator of another organisation."""
    return signed_in(someone(Capability.MEDIATION, role="manager"))


@pytest.fixture
def prescriber(post):
    """Of the same organisation, in a unit that has no agenda."""
    unit = MembershipFactory(unit__organisation=post.unit.organisation, unit__capabilities=[Capability.PRESCRIBER])
    return signed_in(unit.user)
