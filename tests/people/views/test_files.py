from datetime import timedelta

import pytest
from django.urls import reverse

from pourtous.kernel import clock
from pourtous.messaging.models import Message
from pourtous.people.models import Criterion, FileOpening, FileReading, FollowUp, Person, Relation
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UnitFactory
from tests.people.factories import CriterionFactory, FollowUpFactory

pytestmark = pytest.mark.django_db


def page(client, person):
    return client.get(reverse("person", args=[person.code]))


def date_of(name, day):
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def test_every_view_of_a_file_is_written(person, owner, opened):
    page(owner, person)
    page(opened, person)
    owner.get(reverse("person-edit", args=[person.code]))
    readings = list(FileReading.objects.order_by("at").values_list("user__email", "what", "opening__reason"))
    assert readings == [
        (owner.user.email, "people.file", None),
        (opened.user.email, "people.file", "Elle est devant moi."),
        (owner.user.email, "people.edit", None),
    ]


def test_who_read_is_shown_to_the_manager(person, owner, colleague, opened):
    page(owner, person)
    page(opened, person)
    text = colleague.get(reverse("person-readings", args=[person.code])).text
    assert owner.user.name in text
    assert "Elle est devant moi." in text


def test_the_note_is_for_its_own_unit(person, follow_up, owner):
    other = FollowUpFactory(person=person, unit__capabilities=["prescriber"], note="Secret de l’autre")
    text = page(owner, person).text
    assert "Reprendre la souris" in text
    assert "Secret de l’autre" not in text
    assert other.unit.name not in text


def test_other_units_are_named_only_if_the_person_agreed(person, owner):
    other = FollowUpFactory(person=person, unit__capabilities=["prescriber"], unit__name="Agence des Tilleuls")
    assert "Agence des Tilleuls" not in page(owner, person).text
    Person.objects.update(agrees_to_be_found=True)
    assert "Agence des Tilleuls" in page(owner, person).text
    FollowUp.objects.filter(pk=other.pk).update(ended_on=clock.today())
    assert "Agence des Tilleuls" not in page(owner, person).text


def test_a_code_badly_written_leads_to_the_file(person, owner):
    answer = owner.get(f"/travail/personnes/{person.code.lower()}/")
    assert answer.url == reverse("person", args=[person.code])


def test_the_file_costs_a_fixed_number_of_queries(person, owner, follow_up, django_assert_max_num_queries):
    CriterionFactory.create_batch(4, person=person, unit=follow_up.unit)
    for number in range(4):
        Relation.objects.create(person=person, kind="helper", name=f"Proche {number}")
    with django_assert_max_num_queries(32):
        page(owner, person)


def test_correcting(person, owner):
    url = reverse("person-edit", args=[person.code])
    form = owner.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    assert owner.post(url, data | {"first_name": "Odette", "phone": "06 39 98 00 77"}).status_code == 302
    person.refresh_from_db()
    assert (person.first_name, person.phone) == ("Odette", "+33639980077")
    answer = owner.post(url, data | {"reach": "email", "email": ""})
    assert answer.status_code == 422


def test_follow_for_one_more_reason_once(person, owner, follow_up):
    url = reverse("person-follow", args=[person.code])
    data = {"unit": str(follow_up.unit_id), "purpose": "device", "notice_kind": "oral"}
    data |= date_of("notice_on", clock.today())
    assert owner.post(url, data).status_code == 302
    assert owner.post(url, data).status_code == 422
    assert follow_up.person.follow_ups.count() == 2


def test_end_and_undo(person, owner, follow_up):
    answer = owner.post(reverse("follow-up-end", args=[person.code, follow_up.pk]))
    assert answer.url == reverse("people")
    assert page(owner, person).status_code == 404
    assert "Odile Ferrand" in owner.get(reverse("people")).text
    owner.post(reverse("follow-up-resume", args=[person.code, follow_up.pk]))
    assert page(owner, person).status_code == 200


def test_an_end_cannot_be_undone_the_day_after(person, owner, follow_up):
    FollowUp.objects.update(ended_on=clock.today() - timedelta(days=1))
    owner.post(reverse("follow-up-resume", args=[person.code, follow_up.pk]))
    assert page(owner, person).status_code == 404


def test_give_to_another_unit(person, owner, follow_up):
    receiver = MembershipFactory(unit__capabilities=["prescriber"], role="manager")
    url = reverse("follow-up-give", args=[person.code, follow_up.pk])
    data = {"unit": str(receiver.unit_id), "notice_kind": "oral"} | date_of("notice_on", clock.today())
    assert owner.post(url, data).url == reverse("people")
    assert page(owner, person).status_code == 404
    given = person.follow_ups.get(unit=receiver.unit)
    assert (given.purpose, given.note) == (follow_up.purpose, "")
    message = Message.objects.get()
    assert message.to == receiver.user.email
    assert "Ferrand" not in message.text + message.subject


def test_give_and_keep(person, owner, follow_up):
    unit = UnitFactory(capabilities=["mediation"])
    url = reverse("follow-up-give", args=[person.code, follow_up.pk])
    data = {"unit": str(unit.pk), "notice_kind": "oral", "keeps": "on"} | date_of("notice_on", clock.today())
    owner.post(url, data)
    assert page(owner, person).status_code == 200
    assert person.follow_ups.filter(unit=unit).exists()


def test_a_unit_without_agreement_cannot_be_given_anybody(person, owner, follow_up):
    unit = UnitFactory(organisation=OrganisationFactory(without_agreement=True), capabilities=["mediation"])
    url = reverse("follow-up-give", args=[person.code, follow_up.pk])
    data = {"unit": str(unit.pk), "notice_kind": "oral"} | date_of("notice_on", clock.today())
    assert owner.post(url, data).status_code == 422


def test_notes(person, owner, follow_up):
    url = reverse("follow-up-note", args=[person.code, follow_up.pk])
    owner.post(url, {"note": "Sait envoyer un message."})
    follow_up.refresh_from_db()
    assert follow_up.note == "Sait envoyer un message."
    assert owner.post(url, {"note": "x" * 501}).status_code == 422


def test_check_renew_withdraw_and_undo(person, owner, follow_up):
    url = reverse("person-criteria", args=[person.code])
    data = {"unit": str(follow_up.unit_id), "kinds": ["rsa", "no_device"]} | date_of("checked_on", clock.today())
    assert owner.post(url, data).status_code == 302
    rsa = Criterion.objects.get(kind="rsa")
    assert (rsa.checked_by, rsa.unit) == (owner.user, follow_up.unit)
    assert 80 < (rsa.valid_until - clock.today()).days < 95
    change = reverse("person-criterion", args=[person.code, rsa.pk])
    owner.post(change)
    rsa.refresh_from_db()
    assert rsa.withdrawn_on == clock.today()
    owner.post(change, {"restore": "1"})
    rsa.refresh_from_db()
    assert rsa.withdrawn_on is None


def test_an_expired_criterion_is_told(person, owner):
    CriterionFactory(person=person, kind="rsa", valid_until=clock.today())
    text = page(owner, person).text
    assert "À vérifier de nouveau" in text
    assert "Vérifier de nouveau" in text


@pytest.mark.parametrize(
    "wrong",
    [{"kinds": []}, {"kinds": ["cancer"]}, {"valid_until_day": 1, "valid_until_month": 1, "valid_until_year": 2020}],
)
def test_what_cannot_be_checked(wrong, person, owner, follow_up):
    data = {"unit": str(follow_up.unit_id), "kinds": ["rsa"]} | date_of("checked_on", clock.today()) | wrong
    assert owner.post(reverse("person-criteria", args=[person.code]), data).status_code == 422
    assert not Criterion.objects.exists()


def test_who_stands_beside(person, owner):
    url = reverse("person-relation", args=[person.code])
    assert owner.post(url, {"kind": "helper", "name": "Sa sœur", "phone": "0639980001"}).status_code == 302
    assert owner.post(url, {"kind": "helper", "name": "Lui", "may_be_contacted": "on"}).status_code == 422
    assert owner.post(url, {"kind": "helper", "name": "Lui", "phone": "1"}).status_code == 422
    relation = Relation.objects.get()
    owner.post(reverse("relation-remove", args=[person.code, relation.pk]))
    assert not Relation.objects.exists()


def test_opening_with_a_reason(person, follow_up, stranger, colleague):
    url = reverse("person-open")
    unit = stranger.user.memberships.get().unit
    data = {"code": person.code, "unit": str(unit.pk)}
    assert stranger.post(url, data | {"reason": "voir"}).status_code == 422
    assert not FileOpening.objects.exists()
    answer = stranger.post(url, data | {"reason": "Elle est devant moi, son agence est fermée."})
    assert answer.url == reverse("person", args=[person.code])
    assert page(stranger, person).status_code == 200
    message = Message.objects.get()
    assert message.to == colleague.user.email
    assert "Ferrand" not in message.text + message.subject
    assert person.code in message.text
    home = colleague.get("/travail/").text
    assert "Elle est devant moi" in home
    assert "Ferrand" not in home
    colleague.post(reverse("opening-seen", args=[FileOpening.objects.get().pk]))
    assert "Elle est devant moi" not in colleague.get("/travail/").text


def test_a_code_of_nobody_says_so_after_the_reason_only(stranger):
    url = reverse("person-open")
    unit = stranger.user.memberships.get().unit
    data = {"code": "00000000", "unit": str(unit.pk), "reason": "Elle est devant moi."}
    assert "Aucun dossier" in stranger.post(url, data).text
    assert stranger.post(url, data | {"code": "ZZZ"}).status_code == 422


def test_opening_a_file_one_follows_needs_no_reason(person, owner, follow_up):
    data = {"code": person.code, "unit": str(follow_up.unit_id), "reason": "Elle est devant moi."}
    assert owner.post(reverse("person-open"), data).status_code == 302
    assert not FileOpening.objects.exists()


def test_who_checked_elsewhere_is_told_only_if_the_person_agreed(person, owner):
    by = MembershipFactory(unit__capabilities=["prescriber"], unit__name="Agence des Tilleuls")
    CriterionFactory(person=person, kind="rsa", unit=by.unit, checked_by=by.user)
    text = page(owner, person).text
    assert "Touche le RSA" in text
    assert "Agence des Tilleuls" not in text
    assert by.user.name not in text
    Person.objects.update(agrees_to_be_found=True)
    assert "Agence des Tilleuls" in page(owner, person).text
