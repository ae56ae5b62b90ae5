from datetime import UTC, date, datetime, timedelta

import pytest

from pourtous.people.contacts import contact_of
from pourtous.people.enums import PersonState, Reach
from pourtous.people.models import FileOpening, FollowUp, Person, Relation
from pourtous.people.queries import followed, following_unit_ids, own_unit_ids, person_for
from pourtous.people.queries.files import ending_criteria
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UnitFactory, UserFactory
from tests.people.factories import CriterionFactory, FollowUpFactory, PersonFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def follow_up():
    return FollowUpFactory(unit__capabilities=["mediation"])


@pytest.fixture
def owner(follow_up):
    return MembershipFactory(unit=follow_up.unit).user


def test_a_unit_sees_those_it_follows_and_nobody_else(follow_up, owner):
    sibling = MembershipFactory(unit__organisation=follow_up.unit.organisation, unit__capabilities=["mediation"]).user
    stranger = MembershipFactory(unit__capabilities=["mediation"]).user
    assert list(followed(owner, on=TODAY)) == [follow_up.person]
    assert person_for(owner, follow_up.person.code, now=NOW) == follow_up.person
    for other in (sibling, stranger, UserFactory()):
        assert not followed(other, on=TODAY).exists()
        assert person_for(other, follow_up.person.code, now=NOW) is None
    assert person_for(owner, "rien", now=NOW) is None
    assert following_unit_ids(follow_up.person, on=TODAY) == {follow_up.unit_id}


def test_among_persons_named_only_those_followed_are_seen(follow_up, owner, django_assert_num_queries):
    other = FollowUpFactory(unit__capabilities=["mediation"]).person
    ended = FollowUpFactory(unit=follow_up.unit, ended_on=TODAY).person
    FollowUpFactory(unit=follow_up.unit)
    keys = [follow_up.person.pk, other.pk, ended.pk, None]
    with django_assert_num_queries(2):
        assert list(followed(owner, among=keys, on=TODAY)) == [follow_up.person]
    assert not followed(owner, among=[], on=TODAY).exists()


def test_an_ended_follow_up_closes_the_file_on_that_day(follow_up, owner):
    FollowUp.objects.update(ended_on=TODAY)
    assert not followed(owner, on=TODAY).exists()
    assert followed(owner, on=TODAY - timedelta(days=1)).exists()
    assert person_for(owner, follow_up.person.code, now=NOW) is None


def test_without_agreement_nothing_is_seen():
    unit = UnitFactory(organisation=OrganisationFactory(without_agreement=True), capabilities=["mediation"])
    follow_up = FollowUpFactory(unit=unit)
    user = MembershipFactory(unit=unit).user
    assert not followed(user, on=TODAY).exists()
    assert person_for(user, follow_up.person.code, now=NOW) is None


def test_a_reason_opens_a_file_until_its_time(follow_up):
    other = MembershipFactory(unit__capabilities=["prescriber"])
    FileOpening.objects.create(
        person=follow_up.person,
        user=other.user,
        unit=other.unit,
        reason="Elle est devant moi.",
        opened_at=NOW,
        until=NOW + timedelta(hours=8),
    )
    assert person_for(other.user, follow_up.person.code, now=NOW) == follow_up.person
    assert person_for(other.user, follow_up.person.code, now=NOW + timedelta(hours=8)) is None
    assert not followed(other.user, on=TODAY).exists()


def test_the_code_of_a_merged_file_leads_to_the_kept_one(follow_up, owner):
    absorbed = PersonFactory(state=PersonState.MERGED, merged_into=follow_up.person)
    assert person_for(owner, absorbed.code, now=NOW) == follow_up.person
    assert absorbed not in followed(owner, on=TODAY)


def test_an_anonymised_file_is_gone(follow_up, owner):
    Person.objects.update(
        state=PersonState.ANONYMISED, first_name="", last_name="", birth_year=None, phone="", search_text=""
    )
    assert person_for(owner, follow_up.person.code, now=NOW) is None


@pytest.mark.parametrize("words", ["ferr", "FERRAND odi", "Odîle", "06 39 98 77 66", "code"])
def test_search_by_parts_of_a_name_by_code_or_by_number(words):
    person = PersonFactory(first_name="Odile", last_name="Ferrand", phone="+33639987766")
    unit = FollowUpFactory(person=person, unit__capabilities=["mediation"]).unit
    FollowUpFactory(unit=unit, person=PersonFactory(first_name="Karim", last_name="Belloc", phone="+33639981111"))
    user = MembershipFactory(unit=unit).user
    asked = person.code.lower() if words == "code" else words
    assert list(followed(user, words=asked, on=TODAY)) == [person]
    assert followed(user, words="  ", on=TODAY).count() == 2
    assert not followed(user, words="%", on=TODAY).exists()


def test_how_to_reach_a_person():
    person = PersonFactory(
        first_name="Odile", last_name="Ferrand", phone="+33639987766", postal_address="3 rue des Salins\n34990 Rive"
    )
    contact = contact_of(person)
    assert (contact.first_name, contact.phone, contact.reach) == ("Odile", "+33639987766", Reach.SMS)
    assert contact.postal_lines == ("Odile Ferrand", "3 rue des Salins", "34990 Rive")


def test_who_stands_beside_is_written_to_in_place_of_a_person_without_number():
    person = PersonFactory(phone="")
    Relation.objects.create(person=person, kind="helper", name="Sa sœur", phone="+33639980001", may_be_contacted=False)
    assert contact_of(person).phone == ""
    Relation.objects.update(may_be_contacted=True)
    assert contact_of(person).phone == "+33639980001"
    Person.objects.update(phone="+33639980002")
    person.refresh_from_db()
    assert contact_of(person).phone == "+33639980002"


def test_an_organisation_passes_messages_on():
    manager = MembershipFactory(role="manager")
    person = PersonFactory(reach=Reach.ORGANISATION, reach_through=manager.unit)
    assert contact_of(person).through == (manager.user.email,)
    assert contact_of(person).reference == person.code


def test_criteria_that_end_soon_are_of_active_files_one_follows_and_not_renewed(
    follow_up, owner, django_assert_num_queries
):
    soon = {"valid_until": TODAY + timedelta(days=10), "checked_on": TODAY - timedelta(days=300)}
    ends = CriterionFactory(person=follow_up.person, kind="rsa", **soon)
    later = CriterionFactory(person=follow_up.person, kind="jobseeker", valid_until=TODAY + timedelta(days=300))
    merged = FollowUpFactory(unit=follow_up.unit).person
    Person.objects.filter(pk=merged.pk).update(state=PersonState.MERGED, merged_into=follow_up.person)
    renewed = FollowUpFactory(unit=follow_up.unit).person
    CriterionFactory(person=renewed, kind=later.kind, valid_until=TODAY + timedelta(days=300), checked_on=TODAY)
    for person, kind in ((merged, "rsa"), (renewed, later.kind), (FollowUpFactory().person, "rsa")):
        CriterionFactory(person=person, kind=kind, **soon)
    own_unit_ids(owner)
    with django_assert_num_queries(1):
        assert list(ending_criteria(owner, on=TODAY)) == [ends]
