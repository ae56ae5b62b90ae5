"""Keys for programs: made and revoked by the host's manager, shown once."""

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Role
from pourtous.passes.models import ApiToken
from pourtous.passes.queries.tokens import token_of
from tests.accounts.factories import PASSWORD, MembershipFactory, UnitFactory, someone

pytestmark = pytest.mark.django_db
PAGE = "/travail/pass/encaisser/cles/"


@pytest.fixture
def unit():
    return UnitFactory(capabilities=("host",))


@pytest.fixture
def manager(client, unit):
    """The host's manager, who has just confirmed who they are."""
    client.force_login(MembershipFactory(unit=unit, role=Role.MANAGER).user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_a_key_is_shown_once_and_works_until_it_is_revoked(manager, unit):
    page = manager.post(PAGE, {"unit": unit.pk, "name": "Caisse"})
    secret = page.context["secret"]
    assert secret in page.content.decode()
    assert token_of(secret).unit == unit
    assert secret not in manager.get(PAGE).content.decode()
    one = ApiToken.objects.get()
    assert secret not in one.digest
    address = reverse("counter-key-revoke", args=(one.pk,))
    assert manager.get(address).status_code == 405
    manager.post(address)
    assert token_of(secret) is None
    assert manager.post(address, follow=True).status_code == 200


def test_without_a_recent_confirmation_nothing_is_made(client, unit):
    client.force_login(MembershipFactory(unit=unit, role=Role.MANAGER).user)
    answer = client.post(PAGE, {"unit": unit.pk, "name": "Caisse"})
    assert answer.status_code == 302
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("name", ["", " ", "A" * 81, "A\0"])
def test_a_name_is_asked(manager, unit, name):
    page = manager.post(PAGE, {"unit": unit.pk, "name": name})
    assert page.context["form"].errors["name"]


def test_of_another_team_nothing_is_made_nor_revoked(client, manager, unit):
    page = manager.post(PAGE, {"unit": UnitFactory(capabilities=("host",)).pk, "name": "Caisse"})
    assert page.context["form"].errors["unit"]
    manager.post(PAGE, {"unit": unit.pk, "name": "Caisse"})
    address = reverse("counter-key-revoke", args=(ApiToken.objects.get().pk,))
    for user in (MembershipFactory(unit=unit).user, someone("host", role=Role.MANAGER), someone("steering")):
        client.force_login(user)
        assert client.post(address).status_code == 404
    assert ApiToken.objects.get().revoked_at is None
