"""Passes past their last day: what would expire, what has, and what each funder gets back of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from pourtous.passes.enums import Account, CampaignState, PassState, PostingKind
from pourtous.passes.models import Balance, Campaign, Pass, Posting
from pourtous.passes.rules.codes import serial


@dataclass(frozen=True)
class Late:
    """Passes of one last day."""

    last_day: date
    books: int
    passes: int
    cents: int


@dataclass(frozen=True)
class Gone:
    """One pass that is out of date."""

    serial: str
    last_day: date
    cents: int


def campaigns() -> QuerySet[Campaign]:
    """Those whose passes may expire, the latest first."""
    return Campaign.objects.exclude(state=CampaignState.DRAFT).order_by("-year", "name", "pk")


def late(campaign: Campaign, today: date) -> list[Late]:
    """What would expire if it were run on this day: handed over, not used, past its last day."""
    return _by_day(_handed(campaign).filter(book__valid_until__lt=today))


def coming(campaign: Campaign, today: date, until: date) -> list[Late]:
    """What is past its last day between two days, if nobody uses it."""
    return _by_day(_handed(campaign).filter(book__valid_until__gte=today, book__valid_until__lt=until))


def _handed(campaign: Campaign) -> QuerySet[Pass]:
    return Pass.objects.filter(book__campaign=campaign, state=PassState.HANDED)


def _by_day(passes: QuerySet[Pass]) -> list[Late]:
    rows = passes.order_by().values("book__valid_until")
    rows = rows.annotate(books=Count("book", distinct=True), n=Count("pk"), cents=Sum("value"))
    ordered = rows.order_by("book__valid_until")
    return [
        Late(row["book__valid_until"], row["books"], row["n"], row["cents"])
        for row in ordered
        if row["book__valid_until"]
    ]


def runs(campaign: Campaign) -> QuerySet[Posting]:
    """When passes were let expire, the last first."""
    found = Posting.objects.filter(campaign=campaign, kind=PostingKind.EXPIRE)
    return found.select_related("by").order_by("-at", "-pk")


def credit(campaign: Campaign) -> list[tuple[str, int]]:
    """Cents that each funder no longer owes, since passes expired."""
    rows = Balance.objects.filter(plan__campaign=campaign, account=Account.EXPIRED).order_by()
    sums = rows.values("funding__funder__name").annotate(cents=Sum("cents")).order_by("funding__funder__name")
    return [(row["funding__funder__name"], row["cents"]) for row in sums]


def expired(campaign: Campaign) -> Iterator[Gone]:
    """Every pass out of date, by serial."""
    rows = Pass.objects.filter(book__campaign=campaign, state=PassState.EXPIRED).select_related("book")
    for one in rows.order_by("book__number", "position").iterator(chunk_size=2000):
        number = serial(campaign.year, one.book.number, one.position)
        yield Gone(number, one.book.valid_until or campaign.life.latest, one.value)


def counted(campaign: Campaign) -> tuple[int, int]:
    """Passes out of date, and their cents."""
    rows = Pass.objects.filter(book__campaign=campaign, state=PassState.EXPIRED)
    found = rows.aggregate(n=Count("pk"), cents=Sum("value"))
    return found["n"], found["cents"] or 0
