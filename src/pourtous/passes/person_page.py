"""What this app says on the page of a person: books handed over, passes used."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.accounts.models import User
from pourtous.kernel import clock
from pourtous.kernel.clock import paris
from pourtous.kernel.permissions import can
from pourtous.passes.enums import RedemptionState
from pourtous.passes.models import HandOver, Redemption
from pourtous.passes.permissions import HAND_OVER
from pourtous.passes.queries.holders import uses_of
from pourtous.passes.queries.losses import books_of
from pourtous.people.actions import Action, action
from pourtous.people.models import Person
from pourtous.people.queries import own_unit_ids
from pourtous.people.timeline import Moment, source


@action(order=45)
def book_in_hand(person: Person, user: User) -> Action | None:
    """To the last book of the person: to book, to declare it lost, to replace it."""
    last = books_of(person, user, now=clock.now()).first()
    if last is None:
        return None
    page = "hand-over" if can(user, HAND_OVER, last.unit) else "hand-over-lost"
    return Action(_("Their book of passes"), reverse(page, args=(last.pk,)), "ticket")


@source
def books(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001 (the same for all sources)
    """Each book handed over and not taken back; by whom, for one's own units only."""
    mine = set(own_unit_ids(user))
    rows = HandOver.objects.filter(person=person, undone_at=None).select_related("book__campaign", "by")
    return [
        Moment(
            row.handed_on,
            _("Book of passes handed over: %(serial)s") % {"serial": row.book.serial},
            row.by.name if row.by and row.unit_id in mine else "",
            icon="document",
        )
        for row in rows
    ]


@source
def passes_used(person: Person, user: User, now: datetime) -> Iterable[Moment]:  # noqa: ARG001
    """One line a session that was paid with passes of the person's books."""
    held = HandOver.objects.filter(person=person, undone_at=None).values_list("book", flat=True)
    sessions: dict[object, list[Redemption]] = {}
    for row in uses_of(held).filter(state=RedemptionState.ACCEPTED):
        sessions.setdefault(row.session_id, []).append(row)
    return [_session(rows) for rows in sessions.values()]


def _session(rows: list[Redemption]) -> Moment:
    one, count = rows[0], len(rows)
    title = ngettext("%(count)s pass used: %(course)s", "%(count)s passes used: %(course)s", count)
    said = title % {"count": count, "course": one.session.course.title}
    return Moment(paris(one.at).date(), said, str(one.organisation))
