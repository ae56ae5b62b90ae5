"""Taking and freeing time: the only writer of ticks."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.agenda.enums import ResourceKind
from pourtous.agenda.models import Appointment, Resource, Session, Tick
from pourtous.agenda.rules.occupied_time import LONGEST, span_of
from pourtous.agenda.rules.slots import Slot
from pourtous.kernel.errors import DomainError

_NO_REST = timedelta()


class SlotTaken(DomainError):  # noqa: N818 (the name others catch)
    """Somebody was faster. `others` are the next free slots, for a polite answer."""

    def __init__(self, message: str = "", *, others: Sequence[Slot] = ()) -> None:
        super().__init__(message or _("This time has just been taken. Choose another one."), field="starts_at")
        self.others = list(others)


def take(
    *,
    resources: Iterable[Resource],
    starts_at: datetime,
    ends_at: datetime,
    rest: timedelta = _NO_REST,
    appointment: Appointment | None = None,
    session: Session | None = None,
) -> None:
    """Take all of this time of all of these, or nothing. `rest` is kept after it, of mediators only.

    Inside the caller's transaction, in a savepoint. SlotTaken when one five minutes of one of them is taken.
    """
    if ends_at - starts_at > LONGEST:
        raise DomainError(_("This lasts more than a day."), field="ends_at")
    rows = [
        Tick(resource=resource, number=number, span=span, appointment=appointment, session=session)
        for resource, number, span in _ticks(resources, starts_at, ends_at, rest)
    ]
    try:
        with transaction.atomic():
            Tick.objects.bulk_create(rows)
    except IntegrityError as error:
        raise SlotTaken from error


def _ticks(
    resources: Iterable[Resource], starts_at: datetime, ends_at: datetime, rest: timedelta
) -> Iterator[tuple[Resource, int, int]]:
    """Resource, number and span, in one order for all writers: two that wait for each other would never end."""
    for resource in sorted({one.pk: one for one in resources}.values(), key=lambda one: one.pk):
        kept = rest if resource.kind == ResourceKind.MEDIATOR else _NO_REST
        first, last = span_of(starts_at, ends_at + kept)
        for number in range(first, last):
            yield resource, number, last - first if number == first else 0


def free(*, appointment: Appointment | None = None, session: Session | None = None) -> int:
    """Give back all that an appointment or a session had taken. Returns how many ticks."""
    if appointment is not None:
        return Tick.objects.filter(appointment=appointment).delete()[0]
    return Tick.objects.filter(session=session).delete()[0] if session is not None else 0
