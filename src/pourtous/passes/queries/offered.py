"""What anybody may know of the passes that are handed out now, and whether somebody is concerned. Nothing is kept."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from pourtous.passes.enums import CampaignState, PriceState, QualificationState
from pourtous.passes.models import Campaign, CampaignTerritory, CoursePrice
from pourtous.people.enums import CriterionKind
from pourtous.people.rules.audiences import Audience, Facts
from pourtous.people.rules.validity import CriterionState
from pourtous.territories.models import Commune


class Concern(StrEnum):
    """Whether a campaign is for somebody, from their own answers: a prescriber decides."""

    YES = "yes"
    MAYBE = "maybe"  # their birthday of this year decides
    LATER = "later"  # their territory opens later
    ELSEWHERE = "elsewhere"  # they live outside all territories
    NO = "no"


@dataclass(frozen=True)
class Answered:
    """The answer; for `LATER`, the day from which books are handed over where they live."""

    concern: Concern
    opens_on: date | None = None


@dataclass(frozen=True)
class Offered:
    """A campaign in the public's words: whom it serves, where one lives to have a book, from when elsewhere."""

    campaign: Campaign
    publics: list[str]
    here: list[str]
    later: list[CampaignTerritory]


def handed_out(on: date) -> list[Campaign]:
    """Campaigns whose books are handed over on this day."""
    rows = Campaign.objects.filter(state=CampaignState.OPEN, starts_on__lte=on, last_day__gte=on)
    return list(rows.prefetch_related("publics").order_by("-year", "name", "pk"))


def paid_courses(on: date) -> frozenset[UUID]:
    """Courses that take the passes in people's hands: their host is qualified on this day, their price accepted."""
    qualified = Q(qualification__state=QualificationState.QUALIFIED, qualification__valid_from__lte=on)
    still = Q(qualification__valid_until=None) | Q(qualification__valid_until__gt=on)
    running = Q(qualification__campaign__state__in=(CampaignState.OPEN, CampaignState.CLOSED))
    rows = CoursePrice.objects.filter(qualified & still & running, state=PriceState.ACCEPTED)
    return frozenset(rows.values_list("course", flat=True))


def offered(campaign: Campaign, on: date) -> Offered:
    """What the public page says of it."""
    rows = _territories(campaign, on)
    return Offered(
        campaign,
        publics=[public.audience.explain() for public in campaign.publics.all()],
        here=[str(one.zone) for one in rows if one.opens_on <= on],
        later=[one for one in rows if one.opens_on > on],
    )


def _territories(campaign: Campaign, on: date) -> list[CampaignTerritory]:
    """Those that are open or open later."""
    return list(campaign.territories.filter(Q(ends_on=None) | Q(ends_on__gt=on)).select_related("zone"))


def criteria_asked(campaigns: Sequence[Campaign]) -> list[CriterionKind]:
    """The criteria any of these campaigns looks at, in the order of the list."""
    audiences = _audiences(campaigns)
    wanted = {kind for one in audiences for kind in one.any_criteria | one.all_criteria}
    return [kind for kind in CriterionKind if kind in wanted]


def asks_age(campaigns: Sequence[Campaign]) -> bool:
    """Whether any of them looks at the age."""
    return any(one.ages or one.any_ages for one in _audiences(campaigns))


def _audiences(campaigns: Sequence[Campaign]) -> list[Audience]:
    return [public.audience for campaign in campaigns for public in campaign.publics.all()]


def concerns(
    campaigns: Sequence[Campaign], *, commune: Commune, criteria: Collection[str], birth_year: int | None, on: date
) -> Answered:
    """The best answer of these campaigns to what somebody says of themselves; what they did not say is not so."""
    valid, withdrawn = CriterionState.VALID, CriterionState.WITHDRAWN
    states = {kind: valid if kind in criteria else withdrawn for kind in CriterionKind.values}
    facts = Facts(on=on, criteria=states, birth_year=birth_year, commune=commune.code)
    answers = [_concerns(campaign, commune, facts) for campaign in campaigns]
    order = list(Concern)
    return min(answers, key=lambda one: order.index(one.concern), default=Answered(Concern.NO))


def _concerns(campaign: Campaign, commune: Commune, facts: Facts) -> Answered:
    fits = {public.audience.judge(facts).fits for public in campaign.publics.all()}
    if fits <= {False}:
        return Answered(Concern.NO)
    concern = Concern.YES if True in fits else Concern.MAYBE
    rows = _territories(campaign, facts.on)
    if not rows:
        return Answered(Concern.ELSEWHERE if campaign.territories.exists() else concern)
    days = [one.opens_on for one in rows if one.zone.communes.filter(pk=commune.pk).exists()]
    if not days:
        return Answered(Concern.ELSEWHERE)
    return Answered(concern) if min(days) <= facts.on else Answered(Concern.LATER, min(days))
