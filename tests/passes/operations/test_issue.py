import dataclasses
from datetime import UTC, datetime

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import CampaignState
from pourtous.passes.models import Book
from pourtous.passes.operations.campaigns import CampaignFacts, save_campaign
from pourtous.passes.operations.issue import make_batch
from tests.accounts.factories import UserFactory
from tests.passes.factories import CampaignFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def make(campaign, books):
    return make_batch(campaign=campaign, books=books, actor=UserFactory(), now=NOW)


def test_campaigns_of_one_year_never_give_the_same_serial():
    first, second, other = CampaignFactory(), CampaignFactory(), CampaignFactory(year=2027)
    made = [make(first, 2), make(second, 3), make(first, 1), make(other, 1)]
    assert [(one.first, one.last) for one in made] == [(1, 2), (3, 5), (6, 6), (1, 1)]
    serials = [one.serial for one in Book.objects.all()]
    assert len(set(serials)) == len(serials) == 7
    assert "27-000001" in serials


def facts_of(campaign, **changed):
    return CampaignFacts(
        **{field.name: getattr(campaign, field.name) for field in dataclasses.fields(CampaignFacts)} | changed
    )


def test_the_year_of_a_draft_is_fixed_by_its_first_books():
    campaign = CampaignFactory(state=CampaignState.DRAFT)
    save_campaign(campaign=campaign, facts=facts_of(campaign, year=2027), actor=UserFactory(), now=NOW)
    campaign.refresh_from_db()
    make(campaign, 1)
    with pytest.raises(DomainError) as refused:
        save_campaign(campaign=campaign, facts=facts_of(campaign, year=2028), actor=UserFactory(), now=NOW)
    assert refused.value.field == "year"
