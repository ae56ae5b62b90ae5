"""The register of stock: where each book is, by ranges of numbers; who holds how many, worth how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability
from pourtous.accounts.models import Unit
from pourtous.accounts.queries import standing_of
from pourtous.kernel.clock import PARIS
from pourtous.kernel.permissions import can
from pourtous.passes.enums import BookState, CampaignState, PassState, SlipState
from pourtous.passes.models import Batch, Book, Campaign, HandOver, Movement, Pass, StockTaking
from pourtous.passes.permissions import MANAGE
from pourtous.passes.rules.codes import read_serial, serial

HELD = (BookState.IN_SAFE, BookState.ENTRUSTED)
_HOLDING = (Capability.STEERING, Capability.PRESCRIBER)


@dataclass(frozen=True)
class Range:
    """Books that follow one another, in one state, with one holder."""

    campaign: Campaign
    first: int
    last: int
    state: BookState
    holder: Unit | None

    @property
    def size(self) -> int:
        """How many books."""
        return self.last - self.first + 1

    @property
    def value(self) -> int:
        """Cents of face value."""
        return self.size * self.campaign.book_value

    @property
    def written(self) -> str:
        """Serial numbers, from the first to the last."""
        return span(self.campaign, self.first, self.last)


@dataclass(frozen=True)
class Holder:
    """What a unit answers for."""

    unit: Unit
    books: int
    value: int  # cents


def span(campaign: Campaign, first: int, last: int) -> str:
    """As in "26-000001 – 26-000050"."""
    ends = [serial(campaign.year, number) for number in (first, last)]
    return ends[0] if first == last else " – ".join(ends)


def own_units(user: Any) -> QuerySet[Unit]:
    """Units for which one gives, receives and counts books."""
    posts = standing_of(user).held()
    ids = {post.unit_id for post in posts if any(one in post.capabilities for one in _HOLDING)}
    return Unit.objects.filter(pk__in=ids).select_related("organisation").order_by("organisation__name", "name")


def holds(user: Any, unit_id: UUID | None) -> bool:
    """Whether this is one of one's own units."""
    return unit_id is not None and own_units(user).filter(pk=unit_id).exists()


def holding_units(*, steering: bool | None = None) -> QuerySet[Unit]:
    """Units that may hold books: of prescribers, of those who steer (`steering` True), or both (None)."""
    wanted = {
        None: [*_HOLDING],
        True: [Capability.STEERING],
        False: [Capability.PRESCRIBER],
    }[steering]
    ids = [
        one.pk
        for one in Unit.objects.filter(is_active=True, organisation__is_active=True)
        if any(term in one.capabilities for term in wanted)
    ]
    return Unit.objects.filter(pk__in=ids).select_related("organisation").order_by("organisation__name", "name")


def campaigns() -> QuerySet[Campaign]:
    """Those that may have books, the latest first."""
    return Campaign.objects.exclude(state=CampaignState.DRAFT).select_related("issuer")


def register(campaign: Campaign, *, seen_by: Any) -> list[Range]:
    """Every book of the campaign that this person may see, by ranges: all for those who steer, else their units'."""
    books = Book.objects.filter(campaign=campaign).exclude(state=BookState.CANCELLED)
    if not can(seen_by, MANAGE):
        books = books.filter(holder__in=own_units(seen_by))
    rows = books.order_by("number").values_list("number", "state", "holder")
    return _ranges(campaign, list(rows))


def _ranges(campaign: Campaign, rows: list[tuple[int, str, UUID | None]]) -> list[Range]:
    units = Unit.objects.select_related("organisation").in_bulk({holder for _n, _s, holder in rows if holder})
    found = []
    numbered = enumerate(rows)
    for (_gap, state, holder), group in groupby(numbered, key=lambda one: (one[1][0] - one[0], *one[1][1:])):
        numbers = [row[0] for _place, row in group]
        unit = units.get(holder) if holder else None
        found.append(Range(campaign, numbers[0], numbers[-1], BookState(state), unit))
    return found


def holders(ranges: Iterable[Range]) -> list[Holder]:
    """Who holds how many books not handed over, worth how much; the most first."""
    counted: dict[Unit, int] = {}
    for one in ranges:
        if one.holder is not None and one.state in HELD:
            counted[one.holder] = counted.get(one.holder, 0) + one.size
            value = one.campaign.book_value
    return [Holder(unit, books, books * value) for unit, books in sorted(counted.items(), key=lambda one: -one[1])]


def by_state(ranges: Iterable[Range]) -> list[tuple[BookState, int, int]]:
    """Books and cents in each state, in the order of a book's life."""
    counted: dict[BookState, list[Range]] = {}
    for one in ranges:
        counted.setdefault(one.state, []).append(one)
    return [
        (state, sum(one.size for one in counted[state]), sum(one.value for one in counted[state]))
        for state in BookState
        if state in counted
    ]


def slips(campaign: Campaign, *, seen_by: Any) -> QuerySet[Movement]:
    """Slips this person may see, the last first."""
    found = Movement.objects.filter(campaign=campaign).select_related(
        "from_unit__organisation", "to_unit__organisation", "given_by", "taken_by", "campaign"
    )
    if can(seen_by, MANAGE):
        return found
    own = own_units(seen_by)
    return found.filter(Q(from_unit__in=own) | Q(to_unit__in=own))


def waiting(user: Any) -> QuerySet[Movement]:
    """Slips that wait for this person's units to receive the books."""
    found = Movement.objects.filter(state=SlipState.WAITING, to_unit__in=own_units(user))
    return found.select_related("campaign", "from_unit__organisation", "to_unit__organisation", "given_by")


def batches(campaign: Campaign) -> QuerySet[Batch]:
    """All batches of a campaign, with books and cents of face value."""
    found = Batch.objects.filter(campaign=campaign).select_related("campaign", "made_by", "document", "file")
    return found.annotate(size=Count("books", distinct=True), value=Sum("books__passes__value"))


def countings(campaign: Campaign, *, seen_by: Any) -> QuerySet[StockTaking]:
    """Stock-takings this person may see, the last first."""
    found = StockTaking.objects.filter(campaign=campaign).select_related("unit__organisation", "counted_by", "campaign")
    return found if can(seen_by, MANAGE) else found.filter(unit__in=own_units(seen_by))


def book_of_serial(text: str) -> Book | None:
    """The book with this serial (its own, or that of one of its passes)."""
    read = read_serial(text)
    if read is None:
        return None
    books = Book.objects.select_related("campaign", "holder__organisation", "batch")
    return books.filter(year=read[0], number=read[1]).first()


def may_see(user: Any, book: Book) -> bool:
    """Those who steer, those who hold it, those who handed it over."""
    if can(user, MANAGE):
        return True
    own = own_units(user)
    return holds(user, book.holder_id) or HandOver.objects.filter(book=book, unit__in=own).exists()


@dataclass(frozen=True)
class Happened:
    """One line of a book's history: never a person's name."""

    on: Any  # date or moment
    what: str
    who: str


def history(book: Book) -> list[Happened]:
    """What happened to a book, oldest first: made, slips, hand-overs by a unit."""
    batch = book.batch
    found = [Happened(batch.made_at, str(batch.get_origin_display()), "")]
    about = Movement.objects.filter(campaign=book.campaign, first__lte=book.number, last__gte=book.number)
    for one in about.exclude(state=SlipState.REFUSED).select_related("from_unit", "to_unit"):
        ends = " → ".join(str(unit) for unit in (one.from_unit, one.to_unit) if unit)
        waits = f" ({one.get_state_display()})" if one.state == SlipState.WAITING else ""
        found.append(Happened(one.taken_at or one.given_at, f"{one.get_kind_display()}{waits}", ends))
    given = list(HandOver.objects.filter(book=book).select_related("unit"))
    found += [Happened(one.recorded_at, str(BookState.HANDED.label), one.unit.name) for one in given]
    found += [
        Happened(_noon(one.released_on), _("Unused passes cancelled after notice"), "")
        for one in given
        if one.released_on
    ]
    return sorted(found, key=lambda one: one.on)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=PARIS)


def passes_left(book: Book) -> list[tuple[PassState, int]]:
    """How many passes of a book are in each state."""
    rows = Pass.objects.filter(book=book).values_list("state").annotate(n=Count("pk")).order_by("state")
    counted = dict(rows)
    return [(state, counted[state]) for state in PassState if state in counted]
