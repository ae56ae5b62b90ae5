from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from pourtous.accounts.models import Organisation, User
from pourtous.audit.models import AppendOnlyError, Event
from pourtous.audit.operations import forget_actor, purge, record
from pourtous.audit.queries import history

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return User.objects.create_user("camille@example.example", "Camille Essai")


@pytest.fixture
def organisation():
    return Organisation.objects.create(name="Structure inventée", kind="association")


def test_an_act_says_who_did_what_to_what_and_when(user, organisation):
    record(actor=user, verb="accounts.edit", subject=organisation, now=NOW, details={"columns": ["name"]})
    event = history(organisation).get()
    assert (event.actor, event.actor_label, event.verb, event.at) == (user, "Camille Essai", "accounts.edit", NOW)
    assert event.subject_label == "Structure inventée"
    assert event.details == {"columns": ["name"]}


def test_the_public_has_no_name(organisation):
    event = record(actor=None, verb="places.report", subject=organisation, now=NOW)
    assert (event.actor, event.actor_label) == (None, "")


def test_the_journal_of_one_thing_is_not_that_of_another(user, organisation):
    record(actor=user, verb="accounts.edit", subject=user, now=NOW)
    assert not history(organisation).exists()


def test_rows_are_neither_changed_nor_deleted(user, organisation):
    event = record(actor=user, verb="accounts.edit", subject=organisation, now=NOW)
    event.verb = "accounts.view"
    for forbidden in (
        event.save,
        event.delete,
        Event.objects.all().delete,
        lambda: Event.objects.update(verb="x"),
        lambda: Event.objects.bulk_update([event], ["verb"]),
    ):
        with pytest.raises(AppendOnlyError):
            forbidden()
    assert Event.objects.get().verb == "accounts.edit"


def test_deleting_a_user_keeps_the_acts(user, organisation):
    record(actor=user, verb="accounts.edit", subject=organisation, now=NOW)
    user.delete()
    assert Event.objects.get().actor is None


def test_forgetting_an_actor_empties_the_name(user, organisation):
    record(actor=user, verb="accounts.edit", subject=organisation, now=NOW)
    record(actor=None, verb="accounts.rename_user", subject=user, now=NOW)
    assert forget_actor(user_id=user.pk) == 2
    assert set(Event.objects.values_list("actor_label", flat=True)) == {""}
    assert set(Event.objects.values_list("actor_id", "subject_label")) == {(user.pk, str(organisation)), (None, "")}


def test_a_name_in_the_journal_is_emptied_but_never_replaced(user):
    record(actor=None, verb="accounts.rename_user", subject=user, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Event.unguarded().update(subject_label="Somebody else")


def test_acts_older_than_three_years_go(user, organisation):
    record(actor=user, verb="old", subject=organisation, now=NOW - timedelta(days=3 * 365 + 1))
    record(actor=user, verb="young", subject=organisation, now=NOW - timedelta(days=3 * 365 - 1))
    assert purge(now=NOW) == 1
    assert Event.objects.get().verb == "young"
