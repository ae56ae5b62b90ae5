"""When mediators can be met and when they are taken, as numbers: few queries, then integer arithmetic."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet

from pourtous.accounts.queries.agreements import covered
from pourtous.agenda.enums import Mode
from pourtous.agenda.models import Absence, AppointmentKind, Availability, Resource, Tick
from pourtous.agenda.rules.occupied_time import Span, moment_of, span_of
from pourtous.agenda.rules.patterns import Pattern
from pourtous.agenda.rules.slots import merged
from pourtous.kernel.geometry import Point
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place

LONGEST_SPAN = 288  # ticks: the longest booking with the longest rest
Busy = dict[UUID, list[Span]]


class Opening(NamedTuple):
    """A pattern of a mediator, for one kind of appointment."""

    kind_id: UUID
    resource_id: UUID
    room_id: UUID | None
    mode: str
    place_id: UUID | None
    point: Point | None  # of the place
    pattern: Pattern

    @property
    def bookable_ids(self) -> list[UUID]:
        """What must be free: the mediator, and the room when there is one."""
        return [self.resource_id, *([self.room_id] if self.room_id else [])]


_FIELDS = ("mode", "place_id", "place__latitude", "place__longitude", "weekdays", "starts", "ends", "first_on")
_MORE = ("until_on", "every_weeks", "skips_school_holidays")


def openings(
    kinds: Sequence[AppointmentKind],
    *,
    first: date,
    last: date,
    mode: str | None = None,
    place: Place | None = None,
    commune: str = "",
    mediators: Iterable[Resource] | None = None,
) -> list[Opening]:
    """The patterns of active mediators that hold between two days, for these kinds in the ways they allow.

    Only of units that may hold personal data, and at places open to the public. One query.
    """
    if not kinds:
        return []
    modes = {kind.pk: set(kind.modes) for kind in kinds}
    rows = _held(kinds, first, last)
    if mode is not None:
        rows = rows.filter(availability__mode=mode)
    if place is not None:
        rows = rows.filter(availability__place=place)
    if commune:
        rows = rows.filter(Q(availability__place__insee_code=commune) | Q(availability__place__commune=commune))
    if mediators is not None:
        rows = rows.filter(availability__resource__in=list(mediators))
    names = [f"availability__{name}" for name in ("resource_id", "room_id", *_FIELDS, *_MORE)]
    found = [_opening(row) for row in rows.values_list("appointmentkind_id", *names)]
    return [one for one in found if one.mode in modes[one.kind_id]]


def _held(kinds: Sequence[AppointmentKind], first: date, last: date) -> QuerySet[Availability.kinds.through]:  # type: ignore[name-defined]
    through = Availability.kinds.through
    return through.objects.filter(
        Q(availability__until_on=None) | Q(availability__until_on__gt=first),
        ~Q(availability__mode=Mode.PLACE) | Q(availability__place=None) | _OPEN_PLACE,
        covered(first, "availability__unit__organisation"),
        appointmentkind__in=[kind.pk for kind in kinds if kind.is_active],
        availability__first_on__lt=last,
        availability__resource__is_active=True,
        availability__resource__user__is_active=True,
        availability__unit__is_active=True,
        availability__unit__organisation__is_active=True,
    ).order_by()


_OPEN_PLACE = Q(availability__place__state=PlaceState.PUBLISHED)


def _opening(row: tuple[Any, ...]) -> Opening:
    kind_id, resource_id, room_id, mode, place_id, lat, lon, weekdays, starts, ends, first_on, *more = row
    until_on, every_weeks, skips = more
    point = Point(lat, lon) if lat is not None and lon is not None else None
    days = frozenset(int(day) for day in weekdays)
    return Opening(
        kind_id,
        resource_id,
        room_id,
        mode,
        place_id,
        point,
        Pattern(days, starts, ends, first_on, until_on, every_weeks, zone_of(skips=skips)),
    )


def zone_of(*, skips: bool) -> str:
    """Whose school holidays a pattern leaves out."""
    return str(settings.TERRITORY["school_zone"]) if skips else ""


def busy_spans(resource_ids: Iterable[UUID], window: Span) -> Busy:
    """When each is taken or absent, merged and in order, within these ticks. Two queries."""
    ids = set(resource_ids)
    spans: Busy = defaultdict(list)
    taken = Tick.objects.filter(resource__in=ids, span__gt=0, number__gt=window[0] - LONGEST_SPAN, number__lt=window[1])
    for resource_id, number, span in _as_stored(taken.order_by().values_list("resource_id", "number", "span"), ids):
        spans[resource_id].append((number, number + span))
    away = Absence.objects.filter(
        resource__in=ids, starts_at__lt=moment_of(window[1]), ends_at__gt=moment_of(window[0])
    )
    for resource_id, starts_at, ends_at in away.order_by().values_list("resource_id", "starts_at", "ends_at"):
        spans[resource_id].append(span_of(starts_at, ends_at))
    return {resource_id: merged(found) for resource_id, found in spans.items()}


def _as_stored(rows: QuerySet[Any, Any], ids: Iterable[UUID]) -> Iterator[tuple[UUID, int, int]]:
    """Rows whose first column is one of these ids, read as the database has them: making each id anew is half the time."""
    connection = connections[rows.db]
    key = Resource._meta.pk  # noqa: SLF001 (Django's documented way)
    known = {key.get_db_prep_value(one, connection): one for one in ids}
    try:
        sql, params = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        yield from ((known[stored], number, span) for stored, number, span in cursor.fetchall())


def busy_of(opening: Opening, busy: Busy) -> list[Span]:
    """When the mediator or the room of an opening is taken."""
    own = busy.get(opening.resource_id, [])
    room = busy.get(opening.room_id, []) if opening.room_id else []
    return merged([*own, *room]) if room else own
