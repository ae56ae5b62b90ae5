"""After a file has gone, nothing of the person is left anywhere, but where a column is declared as kept."""

from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db import models

from pourtous.kernel.fields import TermListField
from pourtous.kernel.privacy import Erasure
from pourtous.people.enums import PersonState
from pourtous.people.holdings import holdings
from pourtous.people.models import Person
from pourtous.people.operations.erasure import anonymise
from tests.people.factories import (
    CriterionFactory,
    FileOpeningFactory,
    FileReadingFactory,
    FollowUpFactory,
    MandateFactory,
    PersonFactory,
    RelationFactory,
    RightsRequestFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CANARY = "Zibeline"


def marked():
    """A person whose name stands in every text that can hold one."""
    person = PersonFactory(
        first_name=CANARY,
        last_name=CANARY,
        email="zibeline@mail.example",
        postal_address=f"chez {CANARY}",
        search_text="zibeline",
        name_hash="zibeline",
        phone_hash="zibeline",
    )
    FollowUpFactory(person=person, note=f"{CANARY} vient le mardi")
    CriterionFactory(person=person)
    RelationFactory(person=person, name=f"Fille de {CANARY}", email="fille-zibeline@mail.example")
    MandateFactory(person=person, helper_name=CANARY, procedures=(f"Carte de {CANARY}",))
    FileReadingFactory(person=person)
    FileOpeningFactory(person=person, reason=f"{CANARY} me l’a demandé")
    RightsRequestFactory(person=person, words=f"Je suis {CANARY}", answer=f"Bonjour {CANARY}")
    return person


def places_of(word):
    """Where a word stands: "people.Person.first_name", in all text columns of all tables of all apps."""
    kinds = (models.CharField, models.TextField, models.JSONField, TermListField)
    return sorted(
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, kinds)
        and any(word.lower() in str(value).lower() for value in model._base_manager.values_list(field.name, flat=True))
    )


def declared_kept():
    return {
        f"{model._meta.label}.{name}"
        for model in apps.get_models()
        for name, personal in getattr(getattr(model, "privacy", None), "personal", {}).items()
        if personal.erasure == Erasure.KEPT
    }


def test_no_word_of_the_person_is_left_but_where_it_is_declared():
    person = marked()
    assert len(places_of(CANARY)) > 12
    anonymise(person=person, reason="erasure", actor=None, now=NOW)
    left = places_of(CANARY)
    assert set(left) <= declared_kept()
    assert left == ["people.RightsRequest.answer", "people.RightsRequest.words"]


def test_the_emptied_row_keeps_its_id_and_its_code():
    person = marked()
    anonymise(person=person, reason="erasure", actor=None, now=NOW)
    kept = Person.objects.get(pk=person.pk)
    assert (kept.state, kept.code, kept.anonymised_at) == (PersonState.ANONYMISED, person.code, NOW)
    assert not kept.criteria.exists()
    assert not kept.readings.exists()
    assert [one.ended_on for one in kept.follow_ups.all()] == [NOW.date()]


def test_every_holding_answers_for_a_person_of_whom_nothing_is_held():
    person = PersonFactory()
    for named in holdings():
        assert named.name == "people.file" or not list(named.holding.records(person)), named.name
        assert named.title
    anonymise(person=person, reason="erasure", actor=None, now=NOW)


def test_others_are_left_alone():
    other = FollowUpFactory(note="Vient le mardi").person
    anonymise(person=marked(), reason="erasure", actor=None, now=NOW)
    other.refresh_from_db()
    assert other.state == PersonState.ACTIVE
    assert other.follow_ups.get().note == "Vient le mardi"
