from uuid import uuid4

import pytest
from django.urls import reverse

from pourtous.audit.models import Event
from pourtous.kernel import clock
from pourtous.messaging.models import Message
from pourtous.people.enums import Reach
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations import register
from tests.accounts.factories import MembershipFactory, UnitFactory
from tests.people.factories import FollowUpFactory
from tests.territories.factories import CommuneFactory, FormerCommuneFactory

pytestmark = pytest.mark.django_db
NEW = "person-new"


def said(**more):
    today = clock.today()
    base = {
        "home_kind": "residence",
        "reach": "sms",
        "language": "fr",
        "gender": "non_communique",
        "status": "non_communique",
        "purpose": "training",
        "notice_kind": "oral",
        "notice_on_day": today.day,
        "notice_on_month": today.month,
        "notice_on_year": today.year,
        "identity": str(uuid4()),
    }
    return base | more


def test_a_name_is_enough(stranger):
    answer = stranger.post(reverse(NEW), said(first_name="Zoé"))
    person = Person.objects.get()
    assert answer.url == reverse("person", args=[person.code])
    follow_up = FollowUp.objects.get()
    assert (person.first_name, follow_up.notice_kind, follow_up.started_by) == ("Zoé", "oral", stranger.user)


def test_nothing_is_lost_when_something_is_wrong(stranger):
    answer = stranger.post(reverse(NEW), said(birth_year="196", phone="12"))
    assert answer.status_code == 422
    assert 'value="12"' in answer.text
    assert "Erreur" in answer.text
    assert not Person.objects.exists()


def test_a_double_click_registers_once(stranger):
    data = said(last_name="Dupré", anyway="1")
    first, second = stranger.post(reverse(NEW), data), stranger.post(reverse(NEW), data)
    assert first.url == second.url
    assert Person.objects.count() == 1


@pytest.mark.parametrize("typed", ["Valbrune", "valbrune", "VALBRUNE (34990)", "34990", "34901", "34801", "Vieuxbourg"])
def test_a_commune_by_name_postcode_or_code_of_any_year(typed, stranger):
    commune = CommuneFactory(code="34901", name="Valbrune", postcodes=("34990",))
    FormerCommuneFactory(code="34801", name="Vieuxbourg", successor=commune)
    stranger.post(reverse(NEW), said(last_name="Dupré", commune=typed))
    assert Person.objects.get().commune == commune


def test_a_postcode_of_several_communes_asks_which(stranger):
    CommuneFactory(code="34901", name="Valbrune", postcodes=("34990",))
    CommuneFactory(code="34902", name="Roquevive", postcodes=("34990",))
    answer = stranger.post(reverse(NEW), said(last_name="Dupré", commune="34990"))
    assert answer.status_code == 422
    assert "Valbrune" in answer.text
    assert "Roquevive" in answer.text


def test_an_unknown_commune_is_said(stranger):
    assert stranger.post(reverse(NEW), said(last_name="Dupré", commune="Atlantide")).status_code == 422


def test_under_fifteen_is_told_what_to_do_instead(stranger):
    answer = stranger.post(reverse(NEW), said(last_name="Dupré", birth_year=clock.today().year - 14))
    assert "activité anonyme" in answer.text
    assert not Person.objects.exists()


def test_the_year_of_fifteen_is_asked(stranger):
    data = said(last_name="Dupré", birth_year=clock.today().year - 15, representative_later="on")
    answer = stranger.post(reverse(NEW), data)
    assert 'name="is_fifteen"' in answer.text
    assert stranger.post(reverse(NEW), data | {"is_fifteen": "on"}).status_code == 302


def test_a_minor_has_somebody_who_represents_them(stranger):
    data = said(last_name="Dupré", birth_year=clock.today().year - 16)
    answer = stranger.post(reverse(NEW), data)
    assert 'name="representative_name"' in answer.text
    stranger.post(reverse(NEW), data | {"representative_name": "Rose Dupré", "representative_phone": "0639980001"})
    relation = Person.objects.get().relations.get()
    assert (relation.name, relation.phone, relation.kind) == ("Rose Dupré", "+33639980001", "parent")


def test_a_minor_whose_parent_is_not_known_is_registered_and_it_shows(stranger):
    data = said(last_name="Dupré", birth_year=clock.today().year - 16, representative_later="on")
    page = stranger.post(reverse(NEW), data, follow=True)
    assert "moins de 18 ans" in page.text


def test_the_notice_by_text_message_needs_a_mobile_and_leaves(stranger):
    url = reverse(NEW)
    assert stranger.post(url, said(last_name="Dupré", notice_kind="sms")).status_code == 422
    landline = said(last_name="Dupré", notice_kind="sms", phone="04 65 71 20 10")
    assert stranger.post(url, landline).status_code == 422
    assert stranger.post(url, said(last_name="Dupré", notice_kind="sms", phone="06 39 98 12 34")).status_code == 302
    message = Message.objects.get(channel="sms")
    assert message.to == "+33639981234"
    assert "Dupré" not in message.text


def test_through_an_organisation(stranger):
    unit = UnitFactory()
    stranger.post(reverse(NEW), said(last_name="Dupré", reach="organisation", reach_through=str(unit.pk)))
    person = Person.objects.get()
    assert (person.reach, person.reach_through) == (Reach.ORGANISATION, unit)


def test_one_cannot_register_for_the_unit_of_others(stranger, follow_up):
    MembershipFactory(user=stranger.user, unit__capabilities=["prescriber"])
    answer = stranger.post(reverse(NEW), said(last_name="Dupré", unit=str(follow_up.unit_id)))
    assert answer.status_code == 422


def test_nul_bytes_are_refused(stranger):
    assert stranger.post(reverse(NEW), said(last_name="Dup\0ré")).status_code in {400, 422}
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "typed", [{"first_name": "Odile", "last_name": "Ferrand"}, {"first_name": "Ferran", "last_name": "Odile"}]
)
def test_who_looks_like_somebody_of_one_s_own_is_shown_first(typed, owner, person):
    answer = owner.post(reverse(NEW), said(**typed))
    assert answer.status_code == 200
    assert reverse("person", args=[person.code]) in answer.text
    assert Person.objects.count() == 1
    assert owner.post(reverse(NEW), said(**typed, anyway="1")).status_code == 302
    assert Person.objects.count() == 2


def elsewhere(**said_of):
    unit = UnitFactory(capabilities=["prescriber"], name="Agence des Tilleuls")
    today = clock.today()
    return register(
        unit=unit,
        purpose="support",
        notice_kind="oral",
        notice_on=today,
        actor=None,
        now=clock.now(),
        first_name="Odile",
        last_name="Garrigue",
        birth_year=1956,
        phone="06 39 98 55 44",
        **said_of,
    )


@pytest.mark.parametrize("typed", [{"birth_year": "1956"}, {"first_name": "Autre", "phone": "0639985544"}])
def test_somebody_followed_elsewhere_who_agreed_is_told_by_their_unit_alone(typed, stranger):
    person = elsewhere(agrees_to_be_found=True)
    answer = stranger.post(reverse(NEW), said(**({"first_name": "Odile", "last_name": "Garrigue"} | typed)))
    assert "Agence des Tilleuls" in answer.text
    assert person.code not in answer.text
    assert "06 39 98 55 44" not in answer.text.replace('value="06 39 98 55 44"', "")
    assert Event.objects.filter(verb="people.found_elsewhere", subject_id=str(person.pk)).count() == 1


def test_somebody_followed_elsewhere_who_did_not_agree_stays_unknown(stranger):
    elsewhere(agrees_to_be_found=False)
    answer = stranger.post(
        reverse(NEW), said(first_name="Odile", last_name="Garrigue", birth_year="1956", phone="0639985544")
    )
    assert answer.status_code == 302
    assert not Event.objects.filter(verb="people.found_elsewhere").exists()


def test_near_names_of_strangers_are_never_shown(stranger):
    elsewhere(agrees_to_be_found=True)
    answer = stranger.post(reverse(NEW), said(first_name="Odyle", last_name="Garrigue", birth_year="1956"))
    assert answer.status_code == 302


def test_the_form_costs_the_same_however_many_are_followed(stranger, django_assert_max_num_queries):
    unit = stranger.user.memberships.get().unit
    FollowUpFactory.create_batch(5, unit=unit)
    with django_assert_max_num_queries(40):
        stranger.post(reverse(NEW), said(first_name="Zoé", last_name="Sansœur"))
