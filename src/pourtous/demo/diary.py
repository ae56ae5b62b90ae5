"""What is taken, kept in memory while the agenda of the demonstration is made: the same ticks as in the database."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from pourtous.agenda.models import Appointment, Session, Tick
from pourtous.agenda.rules.occupied_time import span_of

_NO_REST = timedelta()


class Diary:
    """Ticks of all resources."""

    def __init__(self) -> None:
        self._taken: set[tuple[UUID, int]] = set()
        self.ticks: list[Tick] = []

    def is_free(self, resources: Iterable[UUID], starts_at: datetime, ends_at: datetime) -> bool:
        """Whether all of these are free all this time."""
        numbers = range(*span_of(starts_at, ends_at))
        return not any((resource, number) in self._taken for resource in resources for number in numbers)

    def block(self, resource: UUID, starts_at: datetime, ends_at: datetime) -> None:
        """Somebody is away: nothing is put there."""
        self._taken |= {(resource, number) for number in range(*span_of(starts_at, ends_at))}

    def take(
        self,
        *,
        mediators: Sequence[UUID],
        room: UUID | None,
        starts_at: datetime,
        ends_at: datetime,
        rest: timedelta = _NO_REST,
        appointment: Appointment | None = None,
        session: Session | None = None,
    ) -> None:
        """Take this time; mediators keep their rest."""
        wanted = [(one, ends_at + rest) for one in mediators] + ([(room, ends_at)] if room else [])
        for resource, end in wanted:
            first, last = span_of(starts_at, end)
            for number in range(first, last):
                self._taken.add((resource, number))
                span = last - first if number == first else 0
                row = Tick(resource_id=resource, number=number, span=span, appointment=appointment, session=session)
                self.ticks.append(row)
