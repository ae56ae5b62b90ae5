"""Campaigns as those who steer set them up."""

from datetime import date

import pytest

from pourtous.accounts.enums import Capability
from pourtous.passes.enums import CampaignState
from pourtous.passes.models import Campaign
from tests.accounts.factories import OrganisationFactory, someone
from tests.passes.factories import CampaignFactory, PublicFactory, handed, plan, world
from tests.territories.factories import CommuneFactory, ZoneFactory

pytestmark = pytest.mark.django_db
LIST = "/travail/pass/campagnes/"


@pytest.fixture
def steering(client):
    """Somebody who steers, signed in."""
    client.force_login(someone(Capability.STEERING))
    return client


def said(issuer, /, **changes):
    """What one types to prepare a campaign."""
    days = {
        f"{name}_{part}": value
        for name, day in (("starts_on", date(2026, 1, 1)), ("last_day", date(2026, 12, 31)))
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year))
    }
    return {
        "name": "Pass 2026",
        "year": "2026",
        "issuer": issuer.pk,
        "budget": "67 000",
        "face_value": "10,00",
        "passes_per_book": "10",
        "tranches": "4, 6",
        "passes_per_session": "1",
        "books_per_person": "1",
        "tolerance_days": "31",
        "life_days": "",
        "stub_days": "31",
        "reminder_days": "7, 21, 45",
        "dormant_days": "90",
        "notice_days": "30",
        "late_stubs_borne": "0",
        "undo_minutes": "15",
        "regime": "regie",
        "regime_reference": "2026-014",
        "help_phone": "04 65 71 00 00",
        **days,
        **changes,
    }


@pytest.mark.parametrize("capability", [Capability.PRESCRIBER, Capability.HOST, Capability.MEDIATION])
def test_only_those_who_steer_see_campaigns(client, capability):
    made = CampaignFactory()
    client.force_login(someone(capability))
    for address in (LIST, f"{LIST}nouvelle/", f"{LIST}{made.pk}/", f"{LIST}{made.pk}/financement/"):
        assert client.get(address).status_code == 404
    assert client.post(f"{LIST}{made.pk}/etat/", {"state": "closed"}).status_code == 404


def test_a_campaign_is_prepared_funded_and_opened(steering):
    issuer, state = OrganisationFactory(name="Département"), OrganisationFactory(name="État")
    assert "Aucune campagne" in steering.get(LIST).content.decode()
    steering.post(f"{LIST}nouvelle/", said(issuer))
    made = Campaign.objects.get()
    assert (made.budget, made.face_value, made.tranches) == (6_700_000, 1000, [4, 6])
    address = f"{LIST}{made.pk}/"
    assert "670" in steering.get(address).content.decode()
    steering.post(f"{address}publics/nouveau/", {"name": "Seniors", "least": "60", "most": ""})
    zone = ZoneFactory(name="Thau", communes=[CommuneFactory(population=1200)])
    day = {"opens_on_day": "1", "opens_on_month": "2", "opens_on_year": "2026"}
    steering.post(f"{address}territoires/nouveau/", {"zone": zone.pk, **day})
    parts = {"funder_1": state.pk, "rate_1": "65", "ceiling_1": "40 000", "funder_2": issuer.pk}
    first = {"starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2026"}
    steering.post(f"{address}financement/", {**first, **parts})
    steering.post(f"{address}etat/", {"state": "open"})
    made.refresh_from_db()
    assert made.state == CampaignState.OPEN
    page = " ".join(steering.get(address).content.decode().split())
    for words in ("60 ans", "Thau", "1 200", "65 %", "40 000,00"):
        assert words in page, words


def test_what_is_missing_is_said_and_the_campaign_stays_closed(steering):
    made = CampaignFactory(state=CampaignState.DRAFT)
    page = steering.post(f"{LIST}{made.pk}/etat/", {"state": "open"}, follow=True).content.decode()
    assert "qui paie" in page
    made.refresh_from_db()
    assert made.state == CampaignState.DRAFT


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"tranches": "4, 5"}, "tranches"),
        ({"tranches": "beaucoup"}, "tranches"),
        ({"face_value": "0,50"}, "face_value"),
        ({"budget": "50"}, "budget"),
        ({"last_day_year": "2025"}, "last_day"),
        ({"budget": "1e9"}, "budget"),
        ({"year": "20266"}, "year"),
        ({"issuer": "nobody"}, "issuer"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field(steering, changes, field):
    response = steering.post(f"{LIST}nouvelle/", said(OrganisationFactory(), **changes))
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not Campaign.objects.exists()


def test_what_is_printed_stays_once_the_campaign_has_opened(steering):
    made = CampaignFactory()
    response = steering.post(f"{LIST}{made.pk}/regles/", said(made.issuer, face_value="20"))
    assert "face_value" in response.context["form"].errors


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"rate_1": "65"}, "prend le reste"),
        ({"rate_1": "65", "amount_1": "3"}, "prend le reste"),
        ({"rate_1": "165"}, "100"),
        ({"quota_1": "50"}, "un public"),
    ],
)
def test_parts_that_are_no_plan_are_told(steering, parts, words):
    made = CampaignFactory()
    first = {"starts_on_day": "1", "starts_on_month": "1", "starts_on_year": "2026"}
    response = steering.post(f"{LIST}{made.pk}/financement/", {**first, "funder_1": OrganisationFactory().pk, **parts})
    assert response.status_code == 200
    assert words in response.content.decode()
    assert not made.plans.exists()


def test_a_public_whose_books_were_handed_over_stays(steering):
    made = world()
    given = handed(made)
    address = f"{LIST}{made.campaign.pk}/publics/{given.public.pk}/"
    assert steering.get(address).status_code == 200
    page = steering.post(f"{address}retirer/", follow=True).content.decode()
    assert "il reste" in page
    assert made.campaign.publics.count() == 1


def test_a_public_nobody_used_is_taken_out(steering):
    public = PublicFactory()
    steering.post(f"{LIST}{public.campaign.pk}/publics/{public.pk}/retirer/")
    assert not public.campaign.publics.exists()


def test_a_settled_campaign_has_no_pass_alive(steering):
    made = world()
    plan(CampaignFactory())
    Campaign.objects.filter(pk=made.campaign.pk).update(state=CampaignState.CLOSED)
    steering.post(f"{LIST}{made.campaign.pk}/etat/", {"state": "settled"})
    made.campaign.refresh_from_db()
    assert made.campaign.state == CampaignState.CLOSED
