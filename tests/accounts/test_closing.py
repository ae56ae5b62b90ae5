"""Accounts nobody uses are told so, then closed; the last manager of the team that steers stays."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from pourtous.accounts.enums import Role
from pourtous.accounts.models import Membership, User
from pourtous.accounts.operations import closing
from pourtous.audit.models import Event
from pourtous.audit.operations import record
from pourtous.messaging.models import Message
from tests.accounts.factories import UserFactory, someone

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
UNUSED = NOW - timedelta(days=701)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MESSAGING = {"email": "file", "folder": tmp_path, "smtp_url": ""}


def used(user, at):
    User.objects.filter(pk=user.pk).update(last_login=at)
    user.refresh_from_db()
    return user


def test_the_owner_is_told_once_then_the_account_closes():
    user = used(someone("mediation", name="Rose Essai", email="rose@structure.example"), UNUSED)
    record(actor=user, verb="accounts.rename_user", subject=user, now=NOW)
    EmailAddress.objects.create(user=user, email=user.email)
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key="k", user_agent="x")
    assert closing.close_unused(now=NOW) == 0
    assert closing.warn_unused(now=NOW) == 1
    assert closing.warn_unused(now=NOW + timedelta(days=1)) == 0
    message = Message.objects.get()
    assert message.to == "rose@structure.example"
    assert "23 décembre 2026" in message.text

    later = NOW + timedelta(days=30)
    assert closing.close_unused(now=later - timedelta(seconds=1)) == 0
    assert closing.close_unused(now=later, dry_run=True) == 1
    assert closing.close_unused(now=later) == 1
    user.refresh_from_db()
    assert (user.is_active, user.name, user.last_login, str(user)) == (False, "", None, "Compte fermé")
    assert user.email == f"{user.pk}@compte.invalid"
    assert not user.has_usable_password()
    for table in (Membership, Authenticator, EmailAddress, UserSession):
        assert not table.objects.filter(user=user).exists()
    acts = Event.objects.filter(verb="accounts.rename_user")
    assert acts.values_list("actor_id", "actor_label", "subject_id", "subject_label").get() == (
        user.pk,
        "",
        str(user.pk),
        "",
    )
    assert closing.close_unused(now=later) == 0


def test_who_signs_in_again_keeps_the_account_and_is_told_anew_much_later():
    user = used(someone("mediation"), UNUSED)
    closing.warn_unused(now=NOW)
    used(user, NOW + timedelta(days=5))
    assert closing.close_unused(now=NOW + timedelta(days=60)) == 0
    assert closing.warn_unused(now=NOW + timedelta(days=60)) == 0
    assert closing.warn_unused(now=NOW + timedelta(days=5 + 700)) == 1
    assert closing.close_unused(now=NOW + timedelta(days=5 + 730)) == 1


def test_two_years_count_even_when_the_warning_came_early_or_late():
    early, late = used(someone("mediation"), UNUSED), used(someone("mediation"), NOW - timedelta(days=900))
    closing.warn_unused(now=NOW)
    used_for = closing.KEPT_FOR - timedelta(days=701)
    assert closing.close_unused(now=NOW + used_for) == 0  # thirty days of notice, whatever the age
    assert closing.close_unused(now=NOW + timedelta(days=30)) == 2
    assert {early.pk, late.pk} == set(User.objects.exclude(erased_at=None).values_list("pk", flat=True))


def test_an_account_nobody_ever_opened_counts_from_its_creation():
    with time_machine.travel(UNUSED, tick=False):
        UserFactory()
    UserFactory()
    assert closing.warn_unused(now=NOW) == 1
    assert closing.close_unused(now=NOW + timedelta(days=30)) == 1


def test_an_account_that_was_barred_closes_without_warning():
    used(UserFactory(is_active=False), NOW - timedelta(days=731))
    assert closing.warn_unused(now=NOW) == 0
    assert closing.close_unused(now=NOW) == 1


def test_the_last_manager_who_steers_stays():
    older = used(someone("steering", role=Role.MANAGER), UNUSED - timedelta(days=10))
    newer = used(someone("steering", role=Role.MANAGER), UNUSED)
    closing.warn_unused(now=NOW)
    later = NOW + timedelta(days=90)
    assert closing.close_unused(now=later, dry_run=True) == 1
    assert closing.close_unused(now=later) == 1
    assert set(User.objects.filter(is_active=True)) == {newer}
    used(someone("steering", role=Role.MANAGER), later)
    assert closing.close_unused(now=later) == 1
    assert older.pk != newer.pk


def test_a_closed_account_opens_nothing(client):
    user = someone("steering", role=Role.MANAGER)
    client.force_login(user)
    assert client.get("/travail/").status_code == 200
    used(user, NOW - timedelta(days=800))
    used(someone("steering", role=Role.MANAGER), NOW)
    closing.warn_unused(now=NOW)
    closing.close_unused(now=NOW + timedelta(days=31))
    assert client.get("/travail/").status_code == 302
