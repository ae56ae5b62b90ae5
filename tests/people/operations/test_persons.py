from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import HomeKind, PersonState, Reach
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations import contacted, register
from pourtous.people.operations.persons import update_person
from tests.accounts.factories import OrganisationFactory, UnitFactory, UserFactory
from tests.people.factories import PersonFactory
from tests.territories.factories import CommuneFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def unit():
    return UnitFactory(capabilities=["prescriber"])


def registered(unit, **said):
    asked = {"purpose": "mediation", "notice_kind": "oral", "notice_on": TODAY, "actor": None, "now": NOW}
    return register(**({"unit": unit} | asked | said))


def test_a_name_is_enough(unit):
    actor = UserFactory()
    person = registered(unit, last_name="Ferrand", actor=actor)
    assert Person.objects.get() == person
    follow_up = FollowUp.objects.get()
    assert (follow_up.unit, follow_up.started_by, follow_up.started_on) == (unit, actor, TODAY)
    assert person.last_contact_on == TODAY
    event = Event.objects.get()
    assert event.verb == "people.register"
    assert "Ferrand" not in str(vars(event))


def test_facts_are_put_in_shape(unit):
    commune = CommuneFactory()
    person = registered(
        unit,
        first_name="  Zoé ",
        last_name="Dupré",
        birth_year=1961,
        phone="06 39 98 12 34",
        email=" zoe@courrier.example ",
        commune=commune,
        home_kind=HomeKind.DOMICILIATION,
        reach=Reach.EMAIL,
    )
    person.refresh_from_db()
    assert (person.first_name, person.phone, person.email) == ("Zoé", "+33639981234", "zoe@courrier.example")
    assert person.search_text == "dupre zoe"
    assert len(person.name_hash) == len(person.phone_hash) == 64
    assert person.commune == commune


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "last_name"),
        ({"last_name": "\u200b "}, "last_name"),
        ({"last_name": "A" * 81}, "last_name"),
        ({"last_name": "A", "birth_year": 1850}, "birth_year"),
        ({"last_name": "A", "birth_year": 2027}, "birth_year"),
        ({"last_name": "A", "birth_year": 2012}, "birth_year"),
        ({"last_name": "A", "birth_year": 2011}, "is_fifteen"),
        ({"last_name": "A", "phone": "12"}, "phone"),
        ({"last_name": "A", "email": "zoe@"}, "email"),
        ({"last_name": "A", "postal_address": "x" * 301}, "postal_address"),
        ({"last_name": "A", "reach": "pigeon"}, "reach"),
        ({"last_name": "A", "reach": "email"}, "email"),
        ({"last_name": "A", "reach": "letter"}, "postal_address"),
        ({"last_name": "A", "reach": "call"}, "phone"),
        ({"last_name": "A", "reach": "organisation"}, "reach_through"),
        ({"last_name": "A", "purpose": "curiosity"}, "purpose"),
        ({"last_name": "A", "notice_kind": "none"}, "notice_kind"),
        ({"last_name": "A", "notice_on": date(2026, 11, 24)}, "notice_on"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(unit, said, field):
    with pytest.raises(DomainError) as refused:
        registered(unit, **said)
    assert refused.value.field == field
    assert not Person.objects.exists()


def test_who_says_they_are_fifteen_is_believed(unit):
    assert registered(unit, last_name="A", birth_year=2011, is_fifteen=True).birth_year == 2011


def test_a_landline_is_called(unit):
    assert registered(unit, last_name="A", phone="04 65 71 20 10").reach == Reach.CALL


def test_no_home_means_no_commune(unit):
    assert registered(unit, last_name="A", commune=CommuneFactory(), home_kind=HomeKind.NONE).commune is None


def test_an_organisation_without_agreement_registers_nobody():
    unit = UnitFactory(organisation=OrganisationFactory(without_agreement=True), capabilities=["prescriber"])
    with pytest.raises(DomainError):
        registered(unit, last_name="Ferrand")


def test_a_double_click_registers_once(unit):
    identity = uuid4()
    first = registered(unit, last_name="Ferrand", identity=identity)
    assert registered(unit, last_name="Ferrand", identity=identity) == first
    assert FollowUp.objects.count() == 1


def test_the_id_of_somebody_else_gives_nothing(unit):
    with pytest.raises(DomainError):
        registered(unit, last_name="Ferrand", identity=PersonFactory().pk)


def test_correcting_keeps_what_changed_and_no_value(unit):
    person = PersonFactory(first_name="Odile", birth_year=1956)
    changed = update_person(person=person, actor=UserFactory(), now=NOW, first_name="Odette", phone="")
    person.refresh_from_db()
    assert changed == ["first_name", "phone"]
    assert (person.first_name, person.search_text, person.phone_hash) == ("Odette", "ferrand odette", "")
    event = Event.objects.get(verb="people.update")
    assert event.details == {"columns": ["first_name", "phone"]}
    assert update_person(person=person, actor=UserFactory(), now=NOW, first_name="Odette") == []


def test_a_file_that_is_gone_cannot_be_corrected():
    person = PersonFactory(first_name="Odile")
    Person.objects.filter(pk=person.pk).update(state=PersonState.MERGED, merged_into=PersonFactory())
    with pytest.raises(DomainError):
        update_person(person=person, actor=UserFactory(), now=NOW, first_name="Odette")


def test_a_contact_only_moves_forward():
    person = PersonFactory(last_contact_on=date(2026, 11, 2), notified_on=date(2026, 11, 3))
    contacted(person=person, on=date(2026, 10, 1))
    person.refresh_from_db()
    assert (person.last_contact_on, person.notified_on) == (date(2026, 11, 2), date(2026, 11, 3))
    contacted(person=person, on=TODAY)
    person.refresh_from_db()
    assert (person.last_contact_on, person.notified_on) == (TODAY, None)
