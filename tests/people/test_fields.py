from datetime import UTC, datetime

import pytest
from django import forms

from pourtous.people.fields import PersonField
from tests.accounts.factories import MembershipFactory, UserFactory
from tests.people.factories import FollowUpFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def unit():
    return FollowUpFactory(
        unit__capabilities=["mediation"], person__first_name="Odile", person__last_name="Ferrand"
    ).unit


@pytest.fixture
def user(unit):
    return MembershipFactory(unit=unit).user


def form(user, data=None, *, required=True, chosen=None):
    class Asked(forms.Form):
        person = PersonField(required=required)

    asked = Asked(data)
    asked.fields["person"].look_in(user, now=NOW, chosen=chosen)
    return asked


def test_one_answer_is_the_person(unit, user):
    asked = form(user, {"person_words": "ferr"})
    assert asked.is_valid()
    assert asked.cleaned_data["person"] == unit.follow_ups.get().person


def test_a_code_is_the_person(unit, user):
    person = unit.follow_ups.get().person
    asked = form(user, {"person": person.code, "person_words": "autre"})
    assert asked.is_valid()
    assert asked.cleaned_data["person"] == person


def test_several_answers_come_back_as_a_choice(unit, user):
    other = FollowUpFactory(unit=unit, person__first_name="Aline", person__last_name="Ferrand").person
    asked = form(user, {"person_words": "ferrand"})
    assert not asked.is_valid()
    assert other.code in str(asked["person"])
    assert 'type="radio"' in str(asked["person"])


@pytest.mark.parametrize("typed", [{}, {"person_words": "personne"}, {"person": "00000000"}, {"person": "é\0"}])
def test_nobody(typed, user):
    assert not form(user, typed).is_valid()


def test_a_stranger_gets_nobody(unit):
    person = unit.follow_ups.get().person
    for typed in ({"person": person.code}, {"person_words": "ferrand"}):
        asked = form(UserFactory(), typed)
        assert not asked.is_valid()
        assert "Odile" not in str(asked["person"])


def test_nothing_is_an_answer_when_it_may_be(user):
    asked = form(user, {}, required=False)
    assert asked.is_valid()
    assert asked.cleaned_data["person"] is None


def test_somebody_already_chosen_is_shown(unit, user):
    person = unit.follow_ups.get().person
    shown = str(form(user, chosen=person)["person"])
    assert "Odile Ferrand" in shown
    assert "checked" in shown
