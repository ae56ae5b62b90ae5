"""Agendas of the demonstration: open hours, absences, appointments of the last two months and the next three weeks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from pourtous.agenda.enums import AbsenceKind, AppointmentState, Booker, Mode, ResourceKind
from pourtous.agenda.models import Absence, Appointment, AppointmentKind, Availability, Resource
from pourtous.agenda.rules.holidays import is_public_holiday
from pourtous.demo.diary import Diary
from pourtous.demo.draw import Draw
from pourtous.demo.people import PRESCRIBER, PRESCRIBERS, Known
from pourtous.demo.scenario import fixed_code, fixed_id, read
from pourtous.demo.teams import Mediator, Team
from pourtous.kernel.clock import PARIS, paris
from pourtous.places.models import Place

PAST_DAYS, COMING_DAYS = 56, 21
FULL_DAY = "yanis.olle@cabanon.example"  # whose day is full today
VEHICLE_TEAM = "conseillers-vallees"
DESK = "karim.solal@departement.example"
_BOOKERS = (Booker.PUBLIC, Booker.PRESCRIBER, Booker.COLLEAGUE, Booker.DESK)
_ALL_MODES = (Mode.PLACE, Mode.HOME, Mode.PHONE)


@dataclass(frozen=True)
class Block:
    """A weekly opening of a mediator: weekdays (0 Monday), hours, how, and which of their two places."""

    weekdays: tuple[int, ...]
    starts: time
    ends: time
    mode: Mode
    place: int | None = None


BLOCKS = (
    Block((0, 1), time(9), time(12), Mode.PLACE, 0),
    Block((0, 1), time(13, 30), time(17, 30), Mode.PLACE, 0),
    Block((2, 3), time(9), time(12), Mode.PLACE, 1),
    Block((2,), time(13, 30), time(17, 30), Mode.PLACE, 1),
    Block((3,), time(13, 30), time(16, 30), Mode.HOME),
    Block((4,), time(9), time(12), Mode.PHONE),
)
PART_TIME_OFF = frozenset({2, 4})


def places_of(team: Team, mediator: Mediator) -> tuple[Place, Place]:
    """The two places where a mediator works."""
    return team.places[mediator.rank % len(team.places)], team.places[(mediator.rank + 1) % len(team.places)]


def kind_id(team: Team, key: str) -> UUID:
    """The key of a kind of appointment of a team."""
    return fixed_id("kind", f"{team.key}/{key}")


def room_id(team: Team) -> UUID:
    """The key of a host's room."""
    return fixed_id("resource", f"{team.key}/room")


def resources(teams: Iterable[Team]) -> Iterator[Model]:
    """Agendas of mediators who have none, rooms of hosts, a vehicle."""
    for team in teams:
        for one in (mediator for mediator in team.mediators if not mediator.had_agenda):
            yield Resource(
                id=one.resource_id, kind=ResourceKind.MEDIATOR, name=one.name, user_id=one.user_id, unit_id=team.unit_id
            )
        if team.is_host:
            name = f"Salle d’atelier, {team.places[0].name}"[:120]
            room = {"kind": ResourceKind.ROOM, "name": name, "place": team.places[0], "seats": 10}
            yield Resource(id=room_id(team), unit_id=team.unit_id, **room)
        if team.key == VEHICLE_TEAM:
            van = fixed_id("resource", "van")
            yield Resource(id=van, unit_id=team.unit_id, kind=ResourceKind.VEHICLE, name="Bus numérique", seats=6)


def open_hours(teams: Iterable[Team], today: date) -> Iterator[Model]:
    """Kinds of appointments and the weeks of mediators."""
    since = today - timedelta(days=today.weekday() + 7 * 60)
    for team in teams:
        if not team.follows:
            continue
        kinds = [_kind(team, row) for row in read("kinds")]
        yield from kinds
        for mediator in team.mediators:
            for number, block in enumerate(BLOCKS):
                yield from _availability(team, mediator, block, number, kinds, since)


def _kind(team: Team, row: dict[str, object]) -> AppointmentKind:
    values: dict[str, Any] = {name: value for name, value in row.items() if name != "key"}
    values |= {"modes": _ALL_MODES, "bookers": _BOOKERS}
    return AppointmentKind(id=kind_id(team, str(row["key"])), unit_id=team.unit_id, **values)


def _weekdays(mediator: Mediator, block: Block) -> tuple[int, ...]:
    return tuple(day for day in block.weekdays if mediator.share == 1 or day not in PART_TIME_OFF)


def _availability(
    team: Team, mediator: Mediator, block: Block, number: int, kinds: list[AppointmentKind], since: date
) -> Iterator[Model]:
    weekdays = _weekdays(mediator, block)
    if not weekdays:
        return
    days: Any = tuple(map(str, weekdays))
    row = Availability(
        id=fixed_id("availability", f"{mediator.email}/{number}"),
        resource_id=mediator.resource_id,
        unit_id=team.unit_id,
        mode=block.mode,
        place=None if block.place is None else places_of(team, mediator)[block.place],
        weekdays=days,
        starts=block.starts,
        ends=block.ends,
        first_on=since,
    )
    yield row
    through = Availability.kinds.through
    yield from (through(availability=row, appointmentkind=kind) for kind in kinds)


def absences(teams: Iterable[Team], diary: Diary, today: date) -> Iterator[Absence]:
    """A week of leave for some, a day of training for others."""
    draw = Draw("absences")
    monday = today - timedelta(days=today.weekday())
    for team in teams:
        for one in team.mediators:
            leave, training = one.rank % 6 == 1, one.rank % 5 == 0
            if not (leave or training) or one.email == FULL_DAY:
                continue
            first = monday + timedelta(days=7 * draw.randint(1, 2) + (0 if leave else 3))
            starts, ends = at(first, time()), at(first + timedelta(days=7 if leave else 1), time())
            diary.block(one.resource_id, starts, ends)
            yield Absence(
                id=fixed_id("absence", one.email),
                resource_id=one.resource_id,
                kind=AbsenceKind.LEAVE if leave else AbsenceKind.TRAINING,
                starts_at=starts,
                ends_at=ends,
            )


def at(day: date, hour: time) -> datetime:
    """A moment on the clock of Paris."""
    return datetime.combine(day, hour, PARIS)


@dataclass
class Booking:
    """An appointment to make, with who comes if they have a file."""

    appointment: Appointment
    known: Known | None


class Bookings:
    """Makes appointments where mediators are open and free."""

    def __init__(self, known: Iterable[Known], diary: Diary, now: datetime) -> None:
        self._draw = Draw("appointments")
        self._diary, self._now, self._today = diary, now, paris(now).date()
        self._needs = [str(row["need"]) for row in read("needs")]
        self._first_names = [name for row in read("first-names") for name in row["names"]]
        self._kinds = {str(row["key"]): row for row in read("kinds")}
        self._of: dict[str, list[Known]] = {}
        for one in known:
            self._of.setdefault(one.mediator.email, []).append(one)

    def make(self, teams: Iterable[Team]) -> list[Booking]:
        """All appointments, by mediator and day; those of today's full day last."""
        found = []
        days = [self._today + timedelta(days=offset) for offset in range(-PAST_DAYS, COMING_DAYS)]
        for team in teams:
            for mediator in team.mediators if team.follows else ():
                for day in days:
                    if mediator.email == FULL_DAY and day == self._today:
                        found += [self._put(team, mediator, day, *row) for row in _FULL]
                    elif not is_public_holiday(day):
                        found += self._on(team, mediator, day)
        return found

    def _on(self, team: Team, mediator: Mediator, day: date) -> Iterator[Booking]:
        busy = _how_full((day - self._today).days)
        for block in BLOCKS:
            if day.weekday() not in _weekdays(mediator, block):
                continue
            hour = block.starts
            while _plus(hour, 60) <= block.ends:
                key = self._draw.weighed({"procedure": 50, "first": 20, "learn": 30})
                if self._draw.chance(busy) and self._is_free(mediator, day, hour):
                    yield self._put(team, mediator, day, hour, block.mode, key, block.place)
                hour = _plus(hour, 60)

    def _is_free(self, mediator: Mediator, day: date, hour: time) -> bool:
        start = at(day, hour)
        return self._diary.is_free([mediator.resource_id], start, start + timedelta(minutes=60))

    def _put(
        self, team: Team, mediator: Mediator, day: date, hour: time, mode: Mode, key: str, place: int | None
    ) -> Booking:
        identity = f"{mediator.email}/{(day - self._today).days}/{hour}"
        kind, starts_at = self._kinds[key], at(day, hour)
        known = self._somebody(mediator, day)
        booked_at = starts_at - timedelta(days=self._draw.randint(1, 12), hours=2)
        row = Appointment(
            id=fixed_id("appointment", identity),
            code=fixed_code("appointment", identity),
            kind_id=kind_id(team, key),
            unit_id=team.unit_id,
            mediator_id=mediator.resource_id,
            mode=mode,
            place=None if place is None else places_of(team, mediator)[place],
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=kind["minutes"]),
            rest_minutes=kind["rest_minutes"],
            state=self._state(day),
            need=self._draw.choice(self._needs),
            home_address="3 impasse des Arbousiers, Village-Inventé" if mode == Mode.HOME else "",
            booked_at=min(booked_at, self._now - timedelta(hours=1)),
        )
        self._who(row, known)
        self._through(row, mediator, known)
        ended = row.ends_at + timedelta(hours=1) if row.state in _SETTLED else starts_at - timedelta(hours=20)
        row.state_changed_at = row.booked_at if row.state == AppointmentState.BOOKED else max(row.booked_at, ended)
        if row.state not in _FREED:
            self._diary.take(
                mediators=[mediator.resource_id],
                room=None,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                rest=timedelta(minutes=row.rest_minutes),
                appointment=row,
            )
        if known and row.state == AppointmentState.HONOURED:
            known.met(day)
        return Booking(row, known)

    def _somebody(self, mediator: Mediator, day: date) -> Known | None:
        coming = day >= self._today
        fitting = [one for one in self._of[mediator.email] if one.is_met_on(self._today if coming else day)]
        return self._draw.choice(fitting) if fitting and self._draw.chance(0.75) else None

    def _who(self, row: Appointment, known: Known | None) -> None:
        if known is not None:
            row.person, row.language = known.person, known.person.language
            row.first_name, row.phone = known.person.first_name, known.person.phone
            row.email = known.person.email
        else:
            row.first_name = self._draw.choice(self._first_names)
            row.phone = f"+3363998{self._draw.randrange(2000, 9000):04}"

    def _through(self, row: Appointment, mediator: Mediator, known: Known | None) -> None:
        row.booked_through = self._draw.weighed(
            {Booker.PUBLIC: 40, Booker.COLLEAGUE: 35, Booker.PRESCRIBER: 15, Booker.DESK: 10}
        )
        if row.booked_through == Booker.PRESCRIBER and not (known and known.is_prescribed):
            row.booked_through = Booker.DESK  # prescribers book for people they follow
        if row.booked_through == Booker.PRESCRIBER:
            row.prescriber_unit_id = fixed_id("unit", PRESCRIBER)
            row.booked_by_id = fixed_id("user", self._draw.choice(PRESCRIBERS))
        elif row.booked_through == Booker.COLLEAGUE:
            row.booked_by_id = mediator.user_id
        elif row.booked_through == Booker.DESK:
            row.booked_by_id = fixed_id("user", DESK)

    def _state(self, day: date) -> AppointmentState:
        if day < self._today:
            return self._draw.weighed(_ENDS)
        if self._draw.chance(0.05):
            return AppointmentState.CANCELLED_BY_PERSON
        return AppointmentState.BOOKED


_ENDS = {
    AppointmentState.HONOURED: 80,
    AppointmentState.MISSED: 10,
    AppointmentState.CANCELLED_BY_PERSON: 7,
    AppointmentState.CANCELLED_BY_US: 2,
    AppointmentState.BOOKED: 1,  # nobody has said yet what became of it
}
_SETTLED = frozenset({AppointmentState.HONOURED, AppointmentState.MISSED})
_FREED = frozenset({AppointmentState.CANCELLED_BY_PERSON, AppointmentState.CANCELLED_BY_US})
_FULL: tuple[tuple[time, Mode, str, int | None], ...] = (
    (time(9), Mode.PLACE, "first", 0),
    (time(9, 45), Mode.PLACE, "procedure", 0),
    (time(11), Mode.PHONE, "procedure", None),
    (time(16, 30), Mode.PLACE, "learn", 0),
    (time(17, 45), Mode.PHONE, "first", None),
)
FULL_DAY_WORKSHOP = time(13, 30)


def _how_full(days: int) -> float:
    """Share of hours that are booked: most for the days to come."""
    if days < 0:
        return 0.07
    return (0.34, 0.2, 0.1)[min(days // 7, 2)]


def _plus(hour: time, minutes: int) -> time:
    total = hour.hour * 60 + hour.minute + minutes
    return time(total // 60, total % 60)
