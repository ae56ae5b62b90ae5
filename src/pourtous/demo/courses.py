"""Courses of the demonstration: 52 over nine themes and three levels, past and coming sessions, who registered and came."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Model

from pourtous.activities.enums import Topic
from pourtous.agenda.enums import (
    SEATED,
    Booker,
    CourseState,
    Format,
    RegistrationState,
    Reluctance,
    SessionState,
    Theme,
)
from pourtous.agenda.models import Course, CourseRun, OutreachCount, Registration, Session
from pourtous.agenda.rules.contacts import contact_key
from pourtous.agenda.rules.holidays import is_public_holiday
from pourtous.demo.activities import Held
from pourtous.demo.agenda import FULL_DAY, FULL_DAY_WORKSHOP, at, room_id
from pourtous.demo.diary import Diary
from pourtous.demo.draw import Draw
from pourtous.demo.people import PRESCRIBER, PRESCRIBERS, Known
from pourtous.demo.scenario import fixed_code, fixed_id, read
from pourtous.demo.teams import Mediator, Team
from pourtous.kernel.clock import paris
from pourtous.territories.models import Commune

TOPICS: dict[Theme, tuple[Topic, ...]] = {
    Theme.COMPUTER: (Topic.EQUIPMENT,),
    Theme.PHONE: (Topic.EQUIPMENT, Topic.NETWORKS),
    Theme.INTERNET: (Topic.WEB,),
    Theme.MESSAGES: (Topic.EMAIL,),
    Theme.DOCUMENTS: (Topic.OFFICE, Topic.CONTENT),
    Theme.SAFETY: (Topic.SAFETY,),
    Theme.RIGHTS: (Topic.PROCEDURES,),
    Theme.WORK: (Topic.WORK,),
    Theme.HEALTH_SCHOOL: (Topic.HEALTH, Topic.SCHOOL),
}
_MET = {
    Reluctance.NONE: 9,
    Reluctance.NOT_FOR_ME: 11,
    Reluctance.AFRAID: 8,
    Reluctance.TOO_LATE: 6,
    Reluctance.NO_TIME: 5,
    Reluctance.HAS_HELPER: 4,
    Reluctance.NO_MONEY: 3,
    Reluctance.NO_TRUST: 2,
}
_CAME = {RegistrationState.ATTENDED: 80, RegistrationState.ABSENT: 12, RegistrationState.EXCUSED: 8}
_MORNING, _AFTERNOON = time(9, 30), time(14)
_SATURDAY = 5
_TRIES = 25  # days looked at for a free one
_LATE = 2  # days after which an activity of a session is recorded
_TODAY_SINCE = -14  # the course of today's full day began two weeks ago
_PAST = -60
_SENT = 2  # one in two people of the open territories may be sent to a host that follows nobody


@dataclass
class _Who:
    """Somebody who registers: a known person, or a first name and a number."""

    key: str
    known: Known | None
    first_name: str = ""
    phone: str = ""


@dataclass
class Programme:
    """All rows of courses, and the sessions that took place."""

    rows: list[Model] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)


class Planner:
    """Plans the sessions of courses in what is free, then who comes."""

    def __init__(self, teams: Iterable[Team], known: Iterable[Known], diary: Diary, now: datetime) -> None:
        self._teams = {team.key: team for team in teams}
        self._draw = Draw("courses")
        self._diary, self._now, self._today = diary, now, paris(now).date()
        self._of: dict[str, list[Known]] = {}
        everybody = list(known)
        for one in everybody:
            self._of.setdefault(one.team.key, []).append(one)
        opened = set(Commune.objects.filter(zones__isnull=False).values_list("pk", flat=True))
        self._sent = [one for one in everybody[::_SENT] if one.person.commune_id in opened]
        for one in self._sent:
            one.is_prescribed = True
        self._first_names = [name for row in read("first-names") for name in row["names"]]
        self._events: list[Session] = []
        self.made = Programme()

    def make(self) -> Programme:
        """All of it: events of going to people first, since some who try once were met there."""
        rows = list(enumerate(read("courses")))
        for number, row in sorted(rows, key=lambda one: one[1].get("format") != Format.OUTREACH):
            course = _course(row, self._teams[row["unit"]], number, self._now)
            self.made.rows.append(course)
            if row.get("format") == Format.OUTREACH:
                self._event(course, row)
            elif row["state"] == CourseState.PUBLISHED:
                self._runs(course, self._teams[row["unit"]], number)
        return self.made

    def _runs(self, course: Course, team: Team, number: int) -> None:
        if number == 0:
            self._run(course, team, number, _TODAY_SINCE, "now")
        elif course.format == Format.TRY_ONCE:
            for nth, offset in enumerate((-9, 3, 10)):
                self._run(course, team, number, offset + number % 3, f"try/{nth}")
        else:
            self._run(course, team, number, 2 + number * 3 % 18, "coming")
            if number % 2:
                self._run(course, team, number, _PAST + number % 12, "past")

    def _run(self, course: Course, team: Team, number: int, offset: int, key: str) -> None:
        run = CourseRun(
            id=fixed_id("run", f"{number}/{key}"),
            course=course,
            created_by_id=team.mediators[0].user_id if team.mediators else None,
            created_at=self._now - timedelta(days=75),
        )
        self.made.rows.append(run)
        wanted = self._draw.randint(2, course.seats - 1) if number % 4 else course.seats + 2
        who = self._attendees(team, wanted, self._today + timedelta(days=min(offset, 0)), f"{number}/{key}")
        for nth in range(course.session_count):
            session = self._session(run, team, number, nth, self._today + timedelta(days=offset + 7 * nth))
            self._registrations(session, team, who, number)

    def _session(self, run: CourseRun, team: Team, number: int, nth: int, day: date) -> Session:
        course = run.course
        hour = _MORNING if number % 2 else _AFTERNOON
        lead = team.mediators[number % len(team.mediators)] if team.mediators else None
        room: UUID | None = room_id(team) if number % 3 != 1 else None
        if number == 0:
            hour = FULL_DAY_WORKSHOP
            lead = next(one for one in team.mediators if one.email == FULL_DAY)
        else:
            day = self._free_day(day, hour, course.minutes, [one for one in (lead and lead.resource_id, room) if one])
        starts_at = at(day, hour)
        ends_at = starts_at + timedelta(minutes=course.minutes)
        identity = f"{run.pk}/{nth}"
        session = Session(
            id=fixed_id("session", identity),
            code=fixed_code("session", identity),
            course=course,
            run=run,
            unit_id=team.unit_id,
            number=nth + 1,
            starts_at=starts_at,
            ends_at=ends_at,
            place=team.places[0 if room else -1],
            commune_id=team.places[0 if room else -1].insee_code,
            room_id=room,
            seats=course.seats,
            state=SessionState.HELD if day < self._today else SessionState.PLANNED,
        )
        self._write(session, [lead] if lead else [], room)
        return session

    def _free_day(self, day: date, hour: time, minutes: int, resources: Sequence[UUID]) -> date:
        """This day or the first after it that is worked and free; never across today."""
        for shift in range(_TRIES):
            found = day + timedelta(days=shift)
            start = at(found, hour)
            is_worked = found.weekday() < _SATURDAY and not is_public_holiday(found) and found != self._today
            if is_worked and self._diary.is_free(resources, start, start + timedelta(minutes=minutes)):
                return found
        msg = "no free day for a session of the demonstration"
        raise RuntimeError(msg)

    def _write(self, session: Session, leads: Sequence[Mediator], room: UUID | None) -> None:
        self.made.rows.append(session)
        through = Session.mediators.through
        self.made.rows += [through(session=session, resource_id=one.resource_id) for one in leads]
        self._diary.take(
            mediators=[one.resource_id for one in leads],
            room=room,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            session=session,
        )

    def _attendees(self, team: Team, count: int, day: date, key: str) -> list[_Who]:
        near = self._of.get(team.key, []) if team.mediators else self._sent
        fitting = [one for one in near if one.is_met_on(day)]
        known = self._draw.some(fitting, round(count * 0.6)) if team.follows or not team.mediators else []
        others = [
            _Who(
                f"{key}/{nth}",
                None,
                self._draw.choice(self._first_names),
                f"+3363998{self._draw.randrange(2000, 9000):04}",
            )
            for nth in range(count - len(known))
        ]
        return [*(_Who(f"{key}/{one.person.pk}", one) for one in known), *others]

    def _registrations(self, session: Session, team: Team, who: list[_Who], number: int) -> None:
        is_past = session.state == SessionState.HELD
        came: list[_Who] = []
        for rank, one in enumerate(who, start=1):
            is_seated = rank <= session.seats
            state = RegistrationState.REGISTERED if is_seated else RegistrationState.WAITING
            if is_past and is_seated:
                state = self._draw.weighed(_CAME)
            if state == RegistrationState.ATTENDED:
                came.append(one)
            self.made.rows.append(self._registration(session, one, rank, state))
        session.queue = len(who)
        session.registered = min(len(who), session.seats)
        if is_past:
            self._hold(session, team, came, number)

    def _registration(self, session: Session, who: _Who, rank: int, state: RegistrationState) -> Registration:
        identity = f"{session.pk}/{who.key}"
        created = min(session.starts_at - timedelta(days=9), self._now - timedelta(days=2)) + timedelta(minutes=rank)
        through = self._draw.weighed({Booker.PUBLIC: 45, Booker.COLLEAGUE: 32, Booker.PRESCRIBER: 18, Booker.DESK: 5})
        is_sent = who.known is not None and who.known.team.unit_id != session.unit_id
        if is_sent or (through == Booker.PRESCRIBER and not (who.known and who.known.is_prescribed)):
            through = Booker.PRESCRIBER if is_sent else Booker.DESK
        is_seated = state in SEATED and state != RegistrationState.REGISTERED
        row = Registration(
            id=fixed_id("registration", identity),
            code=fixed_code("registration", identity),
            session=session,
            person=who.known.person if who.known else None,
            first_name=who.first_name,
            phone=who.phone,
            contact_key=contact_key(who.phone, "", who.first_name),
            language=who.known.person.language if who.known else "fr",
            rank=rank,
            together=fixed_id("together", f"{session.run_id}/{who.key}"),
            state=state,
            through=through,
            created_at=created,
            state_changed_at=session.ends_at if is_seated else created,
        )
        if through == Booker.PRESCRIBER:
            row.prescriber_unit_id = fixed_id("unit", PRESCRIBER)
            row.by_id = fixed_id("user", PRESCRIBERS[rank % 2])
        if session.course.format == Format.TRY_ONCE and who.known is None and rank % 2 and self._events:
            row.came_from = self._events[rank // 2 % len(self._events)]
        return row

    def _hold(self, session: Session, team: Team, came: list[_Who], number: int) -> None:
        day = paris(session.starts_at).date()
        for one in came:
            if one.known:
                one.known.met(day)
        if not team.mediators or day > self._today - timedelta(days=_LATE):
            return
        lead = team.mediators[number % len(team.mediators)]
        if number == 0:
            lead = next(one for one in team.mediators if one.email == FULL_DAY)
        persons = [one.known.person for one in came if one.known]
        without = len(came) - len(persons)
        if came:
            course = session.course
            self.made.held.append(
                Held(session, team, lead, persons, without, course.level, TOPICS[Theme(course.theme)])
            )

    def _event(self, course: Course, row: dict[str, Any]) -> None:
        """Going to people: nobody registers, contacts are counted by what they say."""
        team = self._teams[row["unit"]]
        lead = team.mediators[0]
        day = self._today + timedelta(days=row["days"])
        run = CourseRun(id=fixed_id("run", row["title"]), course=course, created_at=self._now - timedelta(days=40))
        starts_at = at(day, time(9))
        session = Session(
            id=fixed_id("session", row["title"]),
            code=fixed_code("session", row["title"]),
            course=course,
            run=run,
            unit_id=team.unit_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=course.minutes),
            where=row["where"],
            commune_id=row["commune"],
            seats=0,
            state=SessionState.HELD if day < self._today else SessionState.PLANNED,
        )
        self.made.rows.append(run)
        self._write(session, [lead], None)
        if session.state == SessionState.HELD:
            self._events.append(session)
            self.made.rows += [
                OutreachCount(
                    id=fixed_id("outreach", f"{row['title']}/{reason}"), session=session, reason=reason, count=n
                )
                for reason, n in _counts(self._draw)
            ]


def _counts(draw: Draw) -> Iterator[tuple[Reluctance, int]]:
    for reason, usual in _MET.items():
        yield reason, max(1, usual + draw.randint(-2, 3))


def _course(row: dict[str, Any], team: Team, number: int, now: datetime) -> Course:
    values = {name: value for name, value in row.items() if name not in {"unit", "aims", "where", "commune", "days"}}
    return Course(
        id=fixed_id("course", row["title"]),
        code=fixed_code("course", row["title"]),
        unit_id=team.unit_id,
        aims="\n".join(row["aims"]),
        wheelchair=None if number % 5 == 0 else number % 5 != 1,
        created_at=now - timedelta(days=200),
        **values,
    )
