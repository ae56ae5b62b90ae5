"""Claims of the month that is over: drawn up by themselves on the first day of the next one. Again: nothing."""

from datetime import date, datetime, timedelta
from typing import Any

from pourtous.kernel.clock import paris
from pourtous.passes.enums import CampaignState
from pourtous.passes.models import Campaign, Claim, ClaimRun
from pourtous.passes.operations.claims import draw_up

_RUNS = (CampaignState.OPEN, CampaignState.CLOSED)


def month_over(day: date) -> date:
    """First day of the month before this day's."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def draw_up_month(*, now: datetime) -> list[Claim]:
    """Draw up what is owed of the month before, for each running campaign that has not had it yet.

    Called each day: a machine that was off on the first day of the month does it on the second.
    """
    month = month_over(paris(now).date())
    running = Campaign.objects.filter(state__in=_RUNS, starts_on__lt=month + timedelta(days=31))
    had = ClaimRun.objects.filter(month=month).values("campaign")
    made: list[Claim] = []
    for campaign in running.exclude(pk__in=had).order_by("created_at", "pk"):
        made += draw_up(campaign=campaign, month=month, actor=None, now=now)
    return made


def draw_up_again(*, campaign: Campaign, actor: Any, now: datetime) -> list[Claim]:
    """The same for one campaign, asked for by somebody: what came late, or what the paymaster rejected."""
    return draw_up(campaign=campaign, month=month_over(paris(now).date()), actor=actor, now=now)
