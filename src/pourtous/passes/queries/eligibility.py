"""Whether a person may be handed a book, and why: what a prescriber reads before handing it over."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from pourtous.passes.enums import CampaignState
from pourtous.passes.models import Campaign, CampaignPublic, CampaignTerritory, HandOver
from pourtous.people.models import Person
from pourtous.people.queries.files import audience_facts
from pourtous.people.rules.audiences import Reason, Verdict


@dataclass(frozen=True)
class Eligibility:
    """`fits`: yes, no, or None when something is to be confirmed; `public` is the first that fits."""

    fits: bool | None
    public: CampaignPublic | None
    reasons: tuple[Reason, ...]
    books: int  # already handed to this person in the campaign
    ordinal: int  # of the next one: free when `books` was counted, so that two at once never pass the cap


def eligibility(campaign: Campaign, person: Person, *, on: date, age: int | None = None) -> Eligibility:
    """Judge a person on a day. `age`: what the prescriber asked for, in the boundary year."""
    taken = ordinals_of(campaign, person)
    handed, following = len(taken), free_ordinal(taken)
    around = (_campaign_reason(campaign, on), _territory_reason(campaign, person, on), _cap_reason(campaign, handed))
    against = tuple(reason for reason in around if reason is not None and reason.fits is False)
    if against:
        return Eligibility(fits=False, public=None, reasons=against, books=handed, ordinal=following)
    public, verdict = _judge_publics(campaign, person, on, age)
    doubts = tuple(reason for reason in around if reason is not None and reason.fits is None)
    fits = verdict.fits if not doubts or verdict.fits is False else None
    return Eligibility(fits=fits, public=public, reasons=(*doubts, *verdict.reasons), books=handed, ordinal=following)


def ordinals_of(campaign: Campaign, person: Person) -> frozenset[int]:
    """The numbers of the books the person was handed: as many as there are, replaced ones not counted twice."""
    counted = HandOver.objects.filter(campaign=campaign, person=person, undone_at=None, replaces=None)
    return frozenset(counted.values_list("ordinal", flat=True))


def free_ordinal(taken: frozenset[int]) -> int:
    """The least number from 1 that no book has: a hand-over undone leaves a gap, which the next one fills."""
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def open_territories(campaign: Campaign, day: date) -> list[CampaignTerritory]:
    """Where books are handed over on a day."""
    still = Q(ends_on=None) | Q(ends_on__gt=day)
    return list(campaign.territories.filter(still, opens_on__lte=day).select_related("zone"))


def _judge_publics(
    campaign: Campaign, person: Person, on: date, age: int | None
) -> tuple[CampaignPublic | None, Verdict]:
    """The first public that fits; else the reasons of the one nearest to fitting, else of all."""
    facts = audience_facts(person, on=on, age=age)
    judged = [(public, public.audience.judge(facts)) for public in campaign.publics.all()]
    for answer in (True, None):
        for public, verdict in judged:
            if verdict.fits is answer:
                return (public if answer else None), verdict
    return None, Verdict(fits=False, reasons=tuple(reason for _public, one in judged for reason in one.reasons))


def _campaign_reason(campaign: Campaign, on: date) -> Reason | None:
    if campaign.state != CampaignState.OPEN:
        return Reason(fits=False, text=_("Books of this campaign are not handed out"))
    if not campaign.starts_on <= on <= campaign.last_day:
        return Reason(fits=False, text=_("Books of this campaign are not handed out on this day"))
    return None


def _territory_reason(campaign: Campaign, person: Person, on: date) -> Reason | None:
    """By commune of residence or domiciliation. No territory at all: everywhere."""
    if not campaign.territories.exists():
        return None
    if person.commune_id is None:
        return Reason(fits=None, text=_("Commune: not known"))
    territories = open_territories(campaign, on)
    if any(one.zone.communes.filter(pk=person.commune_id).exists() for one in territories):
        return None
    names = ", ".join(one.zone.name for one in territories)
    if not names:
        return Reason(fits=False, text=_("No territory is open on this day"))
    return Reason(fits=False, text=_("The person lives outside the open territories: %(zones)s") % {"zones": names})


def _cap_reason(campaign: Campaign, handed: int) -> Reason | None:
    if handed < campaign.books_per_person:
        return None
    return Reason(
        fits=False, text=_("The person already has the books of this campaign: %(count)s") % {"count": handed}
    )
