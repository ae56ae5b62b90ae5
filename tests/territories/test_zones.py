"""Zones: what they are made of, and their pages for the steering team, its colleague and a stranger."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from pourtous.accounts.enums import Capability, Role
from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.territories import operations, queries
from pourtous.territories.models import Zone
from pourtous.territories.operations import ZoneFacts
from tests.accounts.factories import someone
from tests.territories.factories import CommuneFactory, EpciFactory, FormerCommuneFactory, ZoneFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
START = date(2026, 7, 1)


@pytest.fixture
def communes():
    epci = EpciFactory(code="299900001", name="CC des Deux Étangs")
    pins = CommuneFactory(code="34901", name="Roquevive-les-Pins", epci=epci, population=1_000)
    felin = CommuneFactory(code="34902", name="Saint-Félin", epci=epci, population=200)
    alone = CommuneFactory(code="34903", name="Mas-Perdu", postcodes=("34995",), population=30)
    FormerCommuneFactory(code="34801", name="Vieuxbourg", successor=alone)
    return pins, felin, alone


@pytest.fixture
def steering():
    return someone(Capability.STEERING, role=Role.MANAGER)


def make(**facts):
    facts = {"name": "Piémont inventé", "valid_from": START, **facts}
    return operations.create_zone(facts=ZoneFacts(**facts), actor=None, now=NOW)


def codes(zone):
    return sorted(zone.communes.values_list("code", flat=True))


def test_a_zone_from_codes_groups_and_a_pasted_list(communes):
    assert codes(make(codes=("34901",))) == ["34901"]
    assert codes(make(name="B", epci=("299900001",))) == ["34901", "34902"]
    assert codes(make(name="C", pasted="34901 Roquevive\nst felin\n34801")) == ["34901", "34902", "34903"]
    assert codes(make(name="D", pasted="vieuxbourg", epci=("299900001",))) == ["34901", "34902", "34903"]
    assert Event.objects.filter(verb="territories.create_zone").count() == 4


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"pasted": "34901\n34000\nNulle-Part"}, "34000, Nulle-Part"),
        ({"codes": ("34901", "99999")}, "99999"),
        ({"pasted": "34995"}, "34995"),
        ({"pasted": "Jumelle"}, "Jumelle"),
        ({"pasted": ""}, ""),
        ({"pasted": "34901", "name": " "}, ""),
        ({"pasted": "34901", "valid_until": START}, ""),
        ({"pasted": "\n".join(f"inconnue {n}" for n in range(50))}, "(+42)"),
    ],
)
def test_what_is_not_understood_is_told_and_nothing_is_written(communes, facts, told):
    CommuneFactory(code="34911", name="Jumelle")  # codes given: those by number may fall on 34995
    CommuneFactory(code="34912", name="Jumelle")
    with pytest.raises(DomainError) as refusal:
        make(**facts)
    assert told in str(refusal.value)
    assert not Zone.objects.exists()
    assert not Event.objects.exists()


def test_a_present_name_hides_a_former_one(communes):
    FormerCommuneFactory(name="Saint-Félin", successor=communes[0])
    assert [one.code for one in queries.read_list("Saint-Félin").communes] == ["34902"]


def test_the_same_name_and_day_twice_is_refused(communes):
    make(pasted="34901")
    with pytest.raises(DomainError):
        make(pasted="34902")
    assert codes(make(pasted="34902", valid_from=date(2027, 1, 1))) == ["34902"]


def test_editing_says_everything_anew(communes):
    zone = make(pasted="34901 34902", note="d’après le plan")
    facts = ZoneFacts(name="Autre nom", valid_from=START, pasted="34903", is_confirmed=True)
    operations.edit_zone(zone, facts=facts, actor=None, now=NOW)
    zone.refresh_from_db()
    assert (zone.name, zone.note, zone.is_confirmed, codes(zone)) == ("Autre nom", "", True, ["34903"])


def test_closing(communes):
    zone = make(pasted="34901")
    with pytest.raises(DomainError):
        operations.close_zone(zone, until=START, actor=None, now=NOW)
    operations.close_zone(zone, until=date(2026, 12, 31), actor=None, now=NOW)
    zone.refresh_from_db()
    assert zone.valid_until == date(2026, 12, 31)


# Pages.

PAGES = ("zones", "zone-create", "zone", "zone-edit", "zone-close")


def address(name, zone):
    return reverse(name, args=[zone.id] if name in {"zone", "zone-edit", "zone-close"} else [])


def posted(**values):
    answers = {
        "name": "Piémont inventé",
        "note": "",
        "valid_from_day": "1",
        "valid_from_month": "7",
        "valid_from_year": "2026",
        "pasted": "34901",
    }
    return {**answers, **values}


@pytest.mark.parametrize("name", PAGES)
def test_steering_sees_the_page_others_do_not(client, communes, steering, name):
    zone = ZoneFactory(communes=communes)
    client.force_login(steering)
    assert client.get(address(name, zone)).status_code == (405 if name == "zone-close" else 200)
    client.force_login(someone(Capability.STEERING))
    assert client.get(address(name, zone)).status_code == (405 if name == "zone-close" else 200)
    for stranger in (someone(Capability.MEDIATION, role=Role.MANAGER), someone(Capability.PRESCRIBER)):
        client.force_login(stranger)
        assert client.get(address(name, zone)).status_code == 404
        assert client.post(address(name, zone), posted()).status_code == 404
    client.logout()
    assert client.get(address(name, zone)).status_code == 302


def test_a_zone_is_made_shown_changed_and_closed(client, communes, steering):
    client.force_login(steering)
    made = client.post(reverse("zone-create"), posted(pasted="34901", epci=["299900001"]), follow=True)
    page = made.content.decode()
    assert "Saint-Félin" in page
    assert "1200" in page.replace("\u202f", "").replace("\xa0", "").replace(" ", "")
    zone = Zone.objects.get()
    form = client.get(address("zone-edit", zone)).content.decode()
    assert "34901 Roquevive-les-Pins\n34902 Saint-Félin" in form
    client.post(address("zone-edit", zone), posted(pasted="34903", is_confirmed="on"))
    assert codes(zone) == ["34903"]
    close = {"until_day": "1", "until_month": "1", "until_year": "2027"}
    client.post(address("zone-close", zone), close)
    zone.refresh_from_db()
    assert zone.valid_until == date(2027, 1, 1)
    client.post(address("zone-edit", zone), posted())
    zone.refresh_from_db()
    assert zone.valid_until == date(2027, 1, 1)
    assert "Piémont inventé" in client.get(reverse("zones")).content.decode()
    assert Event.objects.filter(actor=steering).count() == 4


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"name": "x" * 5000},
        {"name": "\u202e"},
        {"pasted": ""},
        {"pasted": "Nulle-Part"},
        {"pasted": "x" * 50_000},
        {"pasted": "<script>alert(1)</script>"},
        {"epci": ["none"]},
        {"valid_from_day": "31", "valid_from_month": "2"},
        {"valid_from_year": "99999"},
        {"valid_from_day": "🚲"},
    ],
)
def test_a_wrong_answer_comes_back_with_a_sentence_and_what_was_typed(client, communes, steering, bad):
    client.force_login(steering)
    page = client.post(reverse("zone-create"), posted(note="à garder", **bad))
    content = page.content.decode()
    assert page.status_code == 200
    assert "à garder" in content
    assert "field__error" in content
    assert "<script>alert" not in content
    assert not Zone.objects.exists()


def test_a_wrong_closing_day_comes_back(client, communes, steering):
    zone = ZoneFactory(communes=communes)
    client.force_login(steering)
    page = client.post(address("zone-close", zone), {"until_day": "1", "until_month": "1", "until_year": "2020"})
    assert page.status_code == 200
    assert "field__error" in page.content.decode()


def test_the_list_takes_as_many_queries_for_one_zone_as_for_ten(
    client, communes, steering, django_assert_max_num_queries
):
    client.force_login(steering)
    ZoneFactory.create_batch(10, communes=communes)
    client.get(reverse("zones"))
    with django_assert_max_num_queries(12):
        client.get(reverse("zones"))


def test_the_list_is_sorted_as_asked_and_an_odd_sort_is_by_name(client, communes, steering):
    client.force_login(steering)
    small, large = ZoneFactory(name="Zone A", communes=communes[:1]), ZoneFactory(name="Zone B", communes=communes)
    for sort, expected in (
        ("communes", [small, large]),
        ("-communes", [large, small]),
        ("-name", [large, small]),
        ("\0; drop", [small, large]),
        ("", [small, large]),
    ):
        page = client.get(reverse("zones"), {"sort": sort}) if "\0" not in sort else None
        if page is not None:
            assert [zone for zone, _is_open in page.context["rows"]] == expected, sort


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_goes_out_as_a_file_in_the_order_shown(client, communes, steering, kind):
    client.force_login(steering)
    ZoneFactory(name="=Zone A", communes=communes[:1])
    ZoneFactory(name="Zone B", communes=communes)
    answer = client.get(reverse("zones"), {"sort": "-communes", "format": kind})
    assert f".{kind}" in answer["Content-Disposition"]
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        assert len(lines) == 3
        assert lines[1].startswith("Zone B")
        assert "\n=" not in answer.content.decode("utf-8-sig"), "a formula for a spreadsheet"
    else:
        assert answer.content[:2] == b"PK"
