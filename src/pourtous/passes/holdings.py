"""What this app holds about a person: the books they were handed, and where their passes were used."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.passes.models import HandOver, Redemption
from pourtous.passes.queries.eligibility import free_ordinal, ordinals_of
from pourtous.passes.queries.holders import uses_of
from pourtous.people.holdings import Fact, Holding, Record, holding
from pourtous.people.models import Person
from pourtous.ui.format import date_in_full, euros


@holding("passes.books", gettext_lazy("Pass numérique"), order=60)
class Books(Holding):
    """Books move with their person, each under a number of its own: a person may have more than the cap by a merge."""

    def records(self, person: Person) -> Iterable[Record]:
        """Each book, oldest first, followed by the passes of it that were used."""
        rows = HandOver.objects.filter(person=person).select_related("book__campaign", "public", "unit", "commune")
        for row in rows.order_by("handed_on", "id"):
            yield _book(row)
            if row.undone_at is None:
                yield from (_use(used) for used in uses_of([row.book_id]).order_by("at", "id"))

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """All of them; those that count against the cap are numbered after those the kept file has."""
        rows = HandOver.objects.filter(person=absorbed)
        keys = [str(key) for key in rows.order_by("handed_on", "pk").values_list("pk", flat=True)]
        _give(rows, kept)
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Those that moved and are still there."""
        _give(HandOver.objects.filter(pk__in=keys, person=kept), absorbed)

    def anonymise(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 (the same for all)
        """Who had the book and where they lived go; book, passes and money stay as they are."""
        HandOver.objects.filter(person=person).update(person=None, commune=None)


def _give(rows: QuerySet[HandOver], person: Person) -> None:
    for row in rows.select_related("campaign").order_by("handed_on", "pk"):
        counts = row.undone_at is None and row.replaces_id is None
        ordinal = free_ordinal(ordinals_of(row.campaign, person)) if counts else row.ordinal
        HandOver.objects.filter(pk=row.pk).update(person=person, ordinal=ordinal)


def _book(row: HandOver) -> Record:
    facts: tuple[Fact, ...] = (
        (_("Campaign"), row.book.campaign.name),
        (_("Handed over on"), date_in_full(row.handed_on)),
        (_("Handed over by"), str(row.unit)),
        (_("How"), str(row.get_channel_display())),
        (_("Public"), str(row.public or "")),
        (_("Commune"), str(row.commune or "")),
        (_("First session"), str(row.get_unbooked_display()) if row.unbooked else ""),
        (_("Valid until"), date_in_full(row.book.valid_until) if row.book.valid_until and not row.undone_at else ""),
        (_("Reminders sent"), str(row.reminders or "")),
        (_("Told that unused passes will be cancelled"), date_in_full(row.warned_on) if row.warned_on else ""),
        (_("Hand-over undone on"), date_in_full(row.undone_at) if row.undone_at else ""),
    )
    title = _("Book of passes %(serial)s") % {"serial": row.book.serial}
    return Record(title, tuple((label, said) for label, said in facts if said))


def _use(row: Redemption) -> Record:
    facts: tuple[Fact, ...] = (
        (_("Course"), row.session.course.title),
        (_("Session"), date_in_full(row.session.starts_at)),
        (_("Where"), str(row.organisation)),
        (_("Value"), euros(row.value, short=True)),
        (_("Undone on"), date_in_full(row.undone_at) if row.undone_at else ""),
    )
    title = _("Pass %(serial)s, %(day)s") % {"serial": row.taken.serial, "day": date_in_full(row.at)}
    return Record(title, tuple((label, said) for label, said in facts if said))
