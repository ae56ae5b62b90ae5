"""Campaigns as the team reads them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from pourtous.passes.enums import Account, PassState
from pourtous.passes.models import Balance, Campaign, FundingPlan, Pass
from pourtous.passes.rules.simulation import Simulation, simulate
from pourtous.territories.models import Commune


@dataclass(frozen=True)
class Money:
    """What stands in one account, with each funder's part. Cents."""

    account: Account
    cents: int
    parts: tuple[tuple[str, int], ...]


def plan_in_force(campaign: Campaign, day: date) -> FundingPlan | None:
    """The plan of a day; before the campaign, that of its first day."""
    wanted = max(day, campaign.starts_on)
    return campaign.plans.filter(starts_on__lte=wanted).order_by("-starts_on").first()


def simulation(campaign: Campaign, plan: FundingPlan | None) -> Simulation:
    """What the campaign may come to."""
    lines = [funding.line for funding in plan.fundings.all()] if plan else []
    return simulate(
        budget=campaign.budget,
        face_value=campaign.face_value,
        passes_per_book=campaign.passes_per_book,
        books_per_person=campaign.books_per_person,
        lines=lines,
    )


def passes_by_state(campaign: Campaign) -> list[tuple[PassState, int, int]]:
    """Each state with how many passes and how many cents."""
    rows = (
        Pass.objects.filter(book__campaign=campaign).order_by().values("state").annotate(n=Count("pk"), c=Sum("value"))
    )
    found = {row["state"]: (row["n"], row["c"]) for row in rows}
    return [(state, *found.get(state, (0, 0))) for state in PassState]


def money(campaign: Campaign) -> list[Money]:
    """Each account but the fund, all plans together."""
    rows = Balance.objects.filter(plan__campaign=campaign).exclude(account=Account.FUND).order_by()
    sums = rows.values("account", "funding__funder__name").annotate(cents=Sum("cents"))
    parts: dict[str, list[tuple[str, int]]] = {}
    for row in sums.order_by("funding__funder__name"):
        parts.setdefault(row["account"], []).append((row["funding__funder__name"], row["cents"]))
    accounts = [account for account in Account if account != Account.FUND]
    return [
        Money(account, sum(cents for _name, cents in parts.get(account, [])), tuple(parts.get(account, [])))
        for account in accounts
    ]


def people_living_in(campaign: Campaign) -> int:
    """Inhabitants of the communes of its territories, each counted once; 0 when it has none."""
    codes = campaign.territories.values("zone__communes")
    found = Commune.objects.filter(pk__in=codes)
    return int(found.aggregate(people=Sum("population"))["people"] or 0)
