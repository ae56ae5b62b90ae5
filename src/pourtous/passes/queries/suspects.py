"""What looks like fraud or error in a campaign, pattern by pattern, in a few queries each. Facts name nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from pourtous.kernel.clock import PARIS, paris
from pourtous.passes.enums import BankState, Pattern, RedemptionState, Refusal
from pourtous.passes.models import BankDetails, Book, Campaign, Claim, HandOver, Redemption, RefusedTry
from pourtous.passes.rules.patterns import SOON_DAYS


@dataclass(frozen=True)
class Suspect:
    """One thing found; `key` is the same each time it is found again."""

    pattern: Pattern
    key: str
    organisation_id: UUID | None
    facts: dict[str, Any]


def suspects(campaign: Campaign) -> Iterator[Suspect]:
    """All that is to be looked at."""
    yield from _own_prescriber(campaign)
    yield from _same_day(campaign)
    yield from _over_capacity(campaign)
    yield from _out_of_time(campaign)
    yield from _bank_change(campaign)


def _used(campaign: Campaign) -> QuerySet[Redemption]:
    return Redemption.objects.filter(campaign=campaign, state=RedemptionState.ACCEPTED).order_by()


def _own_prescriber(campaign: Campaign) -> Iterator[Suspect]:
    """Every pass of a book, taken by the organisation whose unit handed it over."""
    given = HandOver.objects.filter(book=OuterRef("book"), undone_at=None)
    own = _used(campaign).filter(Exists(given.filter(unit__organisation=OuterRef("organisation"))))
    whole = own.values("book", "organisation").annotate(n=Count("pk")).filter(n__gte=campaign.passes_per_book)
    books = Book.objects.in_bulk([row["book"] for row in whole])
    for row in whole:
        book = books[row["book"]]
        yield Suspect(Pattern.OWN_PRESCRIBER, str(book.pk), row["organisation"], {"book": book.serial})


def _same_day(campaign: Campaign) -> Iterator[Suspect]:
    """A whole book for sessions of one day."""
    day = TruncDate("session__starts_at", tzinfo=PARIS)
    rows = _used(campaign).annotate(day=day).values("book", "day").annotate(n=Count("pk"))
    whole = list(rows.filter(n__gte=campaign.passes_per_book))
    books = Book.objects.in_bulk([row["book"] for row in whole])
    for row in whole:
        book = books[row["book"]]
        facts = {"book": book.serial, "count": row["n"], "day": _written(row["day"])}
        yield Suspect(Pattern.SAME_DAY, f"{book.pk}:{row['day']}", None, facts)


def _over_capacity(campaign: Campaign) -> Iterator[Suspect]:
    """More people paid with passes for a session than its course has seats: those of a session grow with who walks in."""
    rows = _used(campaign).values("session", "organisation").annotate(n=Count("book", distinct=True))
    course = "session__course__"
    full = rows.filter(n__gt=F(f"{course}seats"), **{f"{course}seats__gt": 0})
    for row in full.annotate(seats=F(f"{course}seats"), title=F(f"{course}title"), at=F("session__starts_at")):
        facts = {
            "count": row["n"],
            "seats": row["seats"],
            "course": row["title"],
            "day": _written(paris(row["at"]).date()),
        }
        yield Suspect(Pattern.OVER_CAPACITY, str(row["session"]), row["organisation"], facts)


def _out_of_time(campaign: Campaign) -> Iterator[Suspect]:
    """Passes taken for a session before the day of hand-over, or shown while not handed over, lost or stolen."""
    given = HandOver.objects.filter(book=OuterRef("book"), undone_at=None)
    held = TruncDate("session__starts_at", tzinfo=PARIS)
    early = _used(campaign).annotate(day=held).filter(Exists(given.filter(handed_on__gt=OuterRef("day"))))
    for one in early.select_related("taken__book"):
        yield _shown_wrong(f"{one.pk}", one.taken.serial, paris(one.session.starts_at).date(), one.organisation_id)
    whys = (Refusal.NOT_HANDED, Refusal.BLOCKED)
    tries = RefusedTry.objects.filter(shown__book__campaign=campaign, why__in=whys).order_by("shown", "at")
    for tried in tries.select_related("shown__book", "unit"):
        if tried.shown is not None:
            key = f"{tried.shown_id}:{tried.why}"
            yield _shown_wrong(key, tried.shown.serial, paris(tried.at).date(), tried.unit.organisation_id)


def _shown_wrong(key: str, serial: str, day: date, organisation_id: UUID) -> Suspect:
    return Suspect(Pattern.OUT_OF_TIME, key, organisation_id, {"book": serial, "day": _written(day)})


def _bank_change(campaign: Campaign) -> Iterator[Suspect]:
    """Other bank details than those known before, given less than a month before a claim was drawn up."""
    claims = Claim.objects.filter(campaign=campaign)
    known = (BankState.ACCEPTED, BankState.REPLACED)
    before = BankDetails.objects.filter(
        organisation=OuterRef("organisation"), proposed_at__lt=OuterRef("proposed_at"), state__in=known
    )
    changed = BankDetails.objects.filter(Exists(before), organisation__in=claims.values("organisation"))
    for details in changed.exclude(state=BankState.REFUSED):
        soon = Q(drawn_up_at__gte=details.proposed_at, drawn_up_at__lt=details.proposed_at + timedelta(days=SOON_DAYS))
        first = claims.filter(soon, organisation=details.organisation_id).order_by("drawn_up_at").first()
        if first is not None:
            facts = {"day": _written(paris(details.proposed_at).date()), "claim": first.number}
            yield Suspect(Pattern.BANK_CHANGE, str(details.pk), details.organisation_id, facts)


def _written(day: date) -> str:
    return f"{day:%d/%m/%Y}"
