"""Pages of organisations: for the steering team only."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from pourtous.accounts.models import Organisation, Unit
from pourtous.messaging.models import Message
from tests.accounts.factories import MembershipFactory, OrganisationFactory, UnitFactory, UserFactory, someone

pytestmark = pytest.mark.django_db
LIST = "/travail/structures/"
GOOD = {"name": "CCAS de Mèze", "kind": "ccas", "siret": "", "data_role": "none"}


@pytest.fixture
def team(client):
    user = someone("steering", role="manager")
    client.force_login(user)
    return user


@pytest.fixture
def unit():
    return UnitFactory(name="Accueil", organisation__name="CCAS de Mèze", capabilities=["prescriber"])


def addresses(unit):
    organisation = unit.organisation_id
    return [
        LIST,
        reverse("organisation-new"),
        reverse("organisation", args=[organisation]),
        reverse("organisation-edit", args=[organisation]),
        reverse("unit-new", args=[organisation]),
        reverse("unit-edit", args=[unit.pk]),
        reverse("unit-people", args=[unit.pk]),
    ]


def test_the_team_sees_every_page(client, team, unit):
    for where in addresses(unit):
        assert client.get(where).status_code == 200, where


@pytest.mark.parametrize("role", ["manager", "member"])
def test_others_find_nothing_there(client, unit, role):
    client.force_login(someone("mediation", role=role))
    for where in addresses(unit):
        assert client.get(where).status_code == 404, where
        assert client.post(where, GOOD).status_code == 404, where
    for name, one in (("organisation-state", unit.organisation_id), ("unit-state", unit.pk)):
        assert client.post(reverse(name, args=[one]), {"open": "0"}).status_code == 404
    unit.refresh_from_db()
    assert unit.is_active


def test_a_stranger_is_sent_to_sign_in(client, unit):
    client.force_login(UserFactory())
    assert client.get(LIST).status_code == 404
    client.logout()
    assert client.get(LIST).url.startswith("/compte/connexion/")


def test_what_does_not_exist_answers_as_what_is_not_ours(client, team):
    nobody = "00000000-0000-7000-8000-000000000000"
    for name in ("organisation", "organisation-edit", "unit-edit", "unit-people"):
        assert client.get(reverse(name, args=[nobody])).status_code == 404


class TestList:
    def test_search_in_names_of_organisations_and_units(self, client, team, unit):
        OrganisationFactory(name="Autre")
        for words in ("mèze", "ACCUEIL", "mèze accueil"):
            found = client.get(LIST, {"q": words}).context["page"].object_list
            assert [one.name for one in found] == ["CCAS de Mèze"], words
        assert not client.get(LIST, {"q": "introuvable"}).context["page"].object_list

    def test_sorted_both_ways(self, client, team, unit):
        MembershipFactory.create_batch(2, unit=unit)
        for sort, first in (("-people", True), ("people", False)):
            rows = list(client.get(LIST, {"sort": sort}).context["page"].object_list)
            assert (rows[0].name == "CCAS de Mèze") is first

    def test_a_person_in_two_units_counts_once(self, client, team, unit):
        post = MembershipFactory(unit=unit)
        MembershipFactory(user=post.user, unit=UnitFactory(organisation=unit.organisation))
        one = client.get(LIST, {"q": "Mèze"}).context["page"].object_list[0]
        assert (one.unit_count, one.people_count) == (2, 1)

    def test_closed_ones_are_apart(self, client, team, unit):
        Organisation.objects.filter(pk=unit.organisation_id).update(is_active=False)
        assert not client.get(LIST, {"q": "Mèze"}).context["page"].object_list
        assert client.get(LIST, {"q": "Mèze", "state": "closed"}).context["page"].object_list

    def test_queries_do_not_grow(self, client, team, django_assert_num_queries):
        client.get(LIST)
        UnitFactory.create_batch(3)
        with django_assert_num_queries(6):
            client.get(LIST)
        UnitFactory.create_batch(20)
        with django_assert_num_queries(6):
            client.get(LIST)

    @pytest.mark.parametrize(
        "query",
        ["q=%27%22%3B--", "sort=password", "page=99999999", "page=x", "format=exe", "state=x", "q=" + "x" * 5000],
    )
    def test_odd_addresses_are_answered(self, client, team, query):
        assert client.get(f"{LIST}?{query}").status_code == 200

    def test_a_nul_byte_is_refused(self, client, team):
        assert client.get(f"{LIST}?q=%00").status_code == 400

    def test_files_hold_what_is_shown(self, client, team, unit):
        Organisation.objects.filter(pk=unit.organisation_id).update(name="=CCAS de Mèze")
        OrganisationFactory(name="Autre")
        text = client.get(LIST, {"q": "mèze", "format": "csv"}).content.decode("utf-8-sig")
        assert len(text.splitlines()) == 2
        assert "'=CCAS de Mèze" in text
        book = CalamineWorkbook.from_filelike(io.BytesIO(client.get(LIST, {"q": "mèze", "format": "xlsx"}).content))
        rows = book.get_sheet_by_index(0).to_python()
        assert [row[0] for row in rows[1:]] == ["=CCAS de Mèze"]


class TestWriting:
    def test_an_organisation_then_its_unit_then_its_manager(self, client, team):
        where = client.post(reverse("organisation-new"), GOOD).url
        made = Organisation.objects.get(name="CCAS de Mèze")
        assert where == reverse("organisation", args=[made.pk])
        asked = {"name": "Accueil", "siret": "", "capabilities": ["prescriber", "host"]}
        where = client.post(reverse("unit-new", args=[made.pk]), asked).url
        unit = Unit.objects.get(name="Accueil")
        assert where == reverse("unit-people", args=[unit.pk])
        assert client.post(where, {"email": "chef@ccas.example", "role": "manager"}).status_code == 302
        assert Message.objects.filter(to="chef@ccas.example").exists()

    def test_its_role_is_recorded(self, client, team, unit):
        asked = {**GOOD, "data_role": "joint"}
        assert client.post(reverse("organisation-edit", args=[unit.organisation_id]), asked).status_code == 302
        unit.organisation.refresh_from_db()
        assert unit.organisation.data_role == "joint"

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "\0"},
            {"name": "x" * 300},
            {"kind": "x"},
            {"siret": "0" * 14},
            {"siret": "12"},
            {"data_role": "x"},
        ],
    )
    def test_bad_input_gets_a_sentence_and_writes_nothing(self, client, team, wrong):
        before = Organisation.objects.count()
        answer = client.post(reverse("organisation-new"), {**GOOD, **wrong})
        assert answer.status_code == 200
        assert answer.context["form"].errors
        assert Organisation.objects.count() == before

    def test_a_name_taken_in_the_organisation(self, client, team, unit):
        answer = client.post(reverse("unit-new", args=[unit.organisation_id]), {"name": "Accueil"})
        assert answer.context["form"].errors["name"]

    def test_a_unit_is_changed_and_closed(self, client, team, unit):
        client.post(reverse("unit-edit", args=[unit.pk]), {"name": "Antenne", "capabilities": ["mediation"]})
        client.post(reverse("unit-state", args=[unit.pk]), {"open": "0"})
        unit.refresh_from_db()
        assert (unit.name, unit.capabilities, unit.is_active) == ("Antenne", ("mediation",), False)
        client.post(reverse("unit-state", args=[unit.pk]), {"open": "1"})
        unit.refresh_from_db()
        assert unit.is_active

    def test_one_does_not_close_the_door_behind_oneself(self, client, team):
        own = team.memberships.get().unit
        answer = client.post(reverse("organisation-state", args=[own.organisation_id]), {"open": "0"}, follow=True)
        assert "piloter" in answer.content.decode()
        assert client.get(LIST).status_code == 200

    def test_closing_takes_rights_away_at_once(self, client, team):
        post = MembershipFactory(role="manager")
        other = type(client)()
        other.force_login(post.user)
        assert other.get(reverse("unit-people", args=[post.unit_id])).status_code == 200
        client.post(reverse("organisation-state", args=[post.unit.organisation_id]), {"open": "0"})
        assert other.get(reverse("unit-people", args=[post.unit_id])).status_code == 404

    def test_reading_changes_nothing(self, client, team, unit):
        assert client.get(reverse("unit-state", args=[unit.pk])).status_code == 405
        assert client.get(reverse("organisation-state", args=[unit.organisation_id])).status_code == 405
