"""Two years of activities: about 12,000, spread as a national sample of 2022 was (kinds, lengths, themes, ages).

Individual 59 %, one-off 27 %, workshop 15 %; median 45 minutes, 90 for workshops, 6.4 participants (median 5); half of
the people are 60 or more; 44 % of those without file had been helped before. Those of the last two months come from
the agenda.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Model

from pourtous.activities.enums import (
    ActivityKind,
    Autonomy,
    Dimension,
    Equipment,
    Orientation,
    OrientationOutcome,
    PlaceKind,
    Procedure,
    TagScope,
    Topic,
)
from pourtous.activities.models import Activity, AnonymousCount, Participation, Tag
from pourtous.activities.rules.facts import HELPED_BEFORE
from pourtous.agenda.enums import AppointmentState, Level, Mode
from pourtous.agenda.models import Appointment, Session
from pourtous.agenda.rules.holidays import is_public_holiday
from pourtous.demo.agenda import PAST_DAYS, at, places_of
from pourtous.demo.draw import Draw
from pourtous.demo.people import Known
from pourtous.demo.scenario import fixed_id, read
from pourtous.demo.teams import Mediator, Team
from pourtous.kernel.clock import paris
from pourtous.people.enums import AgeBand, Gender, Status
from pourtous.people.models import Person
from pourtous.people.rules.ages import age_band

COUNT = 12000
DAYS = 728
INDIVIDUAL, ONE_OFF, WORKSHOP = "individual", "one_off", "workshop"
SHARES = {INDIVIDUAL: 58.6, ONE_OFF: 26.7, WORKSHOP: 14.7}
MINUTES: dict[str, dict[int, float]] = {
    INDIVIDUAL: {15: 20, 30: 6, 45: 40, 60: 18, 75: 3, 90: 9, 105: 1, 120: 3},
    ONE_OFF: {5: 3, 15: 42, 30: 4, 45: 46, 60: 5},
    WORKSHOP: {45: 4, 60: 18, 75: 4, 90: 30, 105: 8, 120: 20, 135: 1, 150: 11, 180: 3, 240: 1},
}
TOPICS: dict[Topic, float] = {
    Topic.EQUIPMENT: 228,
    Topic.PROCEDURES: 172,
    Topic.WEB: 109,
    Topic.EMAIL: 84,
    Topic.CULTURE: 50,
    Topic.OFFICE: 61,
    Topic.CONTENT: 60,
    Topic.CREATION: 20,
    Topic.SAFETY: 31,
    Topic.HEALTH: 19,
    Topic.WORK: 17,
    Topic.NETWORKS: 15,
    Topic.BANKING: 12,
    Topic.DIAGNOSIS: 14,
    Topic.MAINTENANCE: 10,
    Topic.SCHOOL: 8,
    Topic.PARENTING: 4,
    Topic.AI: 6,
    Topic.BUSINESS: 3,
}
_TOPIC_COUNT: dict[str, dict[int, float]] = {
    INDIVIDUAL: {1: 42, 2: 36, 3: 18, 4: 4},
    ONE_OFF: {1: 76, 2: 20, 3: 4},
    WORKSHOP: {1: 40, 2: 33, 3: 20, 4: 7},
}
_PROCEDURES: dict[Procedure, float] = {
    Procedure.SOCIAL: 34,
    Procedure.IDENTITY: 16,
    Procedure.MONEY: 14,
    Procedure.WORK: 12,
    Procedure.HOUSING: 9,
    Procedure.FAMILY: 7,
    Procedure.TRANSPORT: 4,
    Procedure.FOREIGNERS: 3,
    Procedure.JUSTICE: 1,
}
_EQUIPMENT = {Equipment.PHONE: 44, Equipment.COMPUTER: 38, Equipment.TABLET: 10, Equipment.NONE: 6, Equipment.OTHER: 2}
_PLACE_KINDS = {PlaceKind.PLACE: 83, PlaceKind.OTHER: 9, PlaceKind.REMOTE: 4, PlaceKind.HOME: 4}
_IN_WORKSHOP = {2: 8, 3: 14, 4: 17, 5: 16, 6: 11, 7: 8, 8: 7, 9: 5, 10: 5, 12: 4, 15: 3, 18: 1.2, 24: 0.6, 28: 0.4}
_AGES = {
    AgeBand.UNDER_12: 3,
    AgeBand.FROM_12: 2,
    AgeBand.FROM_18: 4,
    AgeBand.FROM_25: 12,
    AgeBand.FROM_40: 27,
    AgeBand.FROM_60: 25,
    AgeBand.FROM_70: 27,
}
_OLD, _YOUNG = frozenset({AgeBand.FROM_60, AgeBand.FROM_70}), frozenset({AgeBand.UNDER_12, AgeBand.FROM_12})
_MODES = {Mode.PLACE: PlaceKind.PLACE, Mode.HOME: PlaceKind.HOME, Mode.PHONE: PlaceKind.REMOTE}
_MONTHS = (0.9, 1.05, 1.1, 1.0, 0.9, 1.1, 0.7, 0.35, 1.15, 1.2, 1.1, 0.8)  # January … December
_ALREADY_HELPED = 0.44


@dataclass
class Told:
    """An activity with its participants, before they are rows."""

    activity: Activity
    persons: list[Person] = field(default_factory=list)
    counts: dict[tuple[Dimension, str], int] = field(default_factory=dict)


@dataclass
class Held:
    """A session that took place: who led it, the persons who came, and how many came without file."""

    session: Session
    team: Team
    mediator: Mediator
    persons: list[Person]
    without_file: int
    level: str
    topics: Sequence[str]


class Work:
    """Tells activities of mediators, one after the other."""

    def __init__(self, known: Iterable[Known], now: datetime) -> None:
        self.told: list[Told] = []
        self._draw = Draw("activities")
        self._now, self._today = now, paris(now).date()
        self._of: dict[str, list[Known]] = {}
        for one in known:
            self._of.setdefault(one.mediator.email, []).append(one)
        self._titles = [str(row["title"]) for row in read("workshops")]
        self._structures = read("orientations")
        self._notes = [str(row["note"]) for row in read("notes")]
        self._days = self._working_days()

    def _working_days(self) -> tuple[list[date], list[float]]:
        days = [self._today - timedelta(days=offset) for offset in range(DAYS, 0, -1)]
        days = [day for day in days if day.weekday() < 5 and not is_public_holiday(day)]  # noqa: PLR2004 (Saturday)
        return days, [_MONTHS[day.month - 1] for day in days]

    def of_years(self, teams: Sequence[Team]) -> None:
        """What is not in the agenda: all before the last two months; since then mostly helps in passing."""
        mediators = [(team, one) for team in teams for one in team.mediators]
        full = sum(one.share for _team, one in mediators)
        for team, mediator in mediators:
            count = round(COUNT * mediator.share / full)
            for number, day in enumerate(self._draw.choices(*self._days, k=count)):
                kind = self._draw.weighed(SHARES)
                is_recent = day >= self._today - timedelta(days=PAST_DAYS)
                if team.follows and kind != ONE_OFF and is_recent and self._draw.chance(0.7):
                    continue
                self._tell(team, mediator, day, kind, f"{mediator.email}/{number}")

    def of_appointment(self, appointment: Appointment, team: Team, mediator: Mediator, known: Known | None) -> None:
        """What was done in an appointment that took place; those of the last two days are still to be recorded."""
        day = paris(appointment.starts_at).date()
        if appointment.state != AppointmentState.HONOURED or day > self._today - timedelta(days=3):
            return
        told = self._start(team, mediator, day, INDIVIDUAL, f"appointment/{appointment.pk}")
        told.activity.appointment = appointment
        told.activity.minutes = int((appointment.ends_at - appointment.starts_at).total_seconds()) // 60
        place = appointment.place
        code = known.person.commune_id if known and appointment.mode == Mode.HOME else None
        self._put(told.activity, _MODES[Mode(appointment.mode)], place, place.insee_code if place else code or "")
        self._one_to_one(told, known)

    def of_session(self, held: Held) -> None:
        """What was done in a session that took place."""
        day = paris(held.session.starts_at).date()
        told = self._start(held.team, held.mediator, day, WORKSHOP, f"session/{held.session.pk}")
        row = told.activity
        row.session, row.level, row.topics = held.session, held.level, tuple(held.topics)
        row.procedures = ()
        row.title = held.session.course.title
        row.minutes = int((held.session.ends_at - held.session.starts_at).total_seconds()) // 60
        place = held.session.place
        code = place.insee_code if place else held.session.commune_id or ""
        self._put(row, PlaceKind.PLACE if place else PlaceKind.OTHER, place, code)
        told.persons = held.persons
        self._without_file(told, held.without_file)

    def _tell(self, team: Team, mediator: Mediator, day: date, kind: str, key: str) -> None:
        told = self._start(team, mediator, day, kind, key)
        self._where(told.activity, team, mediator)
        fitting = [one for one in self._of.get(mediator.email, ()) if one.is_met_on(day)]
        if kind == WORKSHOP:
            count = self._draw.weighed(_IN_WORKSHOP)
            came = self._draw.some(fitting, round(count * 0.45))
            told.persons = [one.person for one in came]
            told.activity.level = self._draw.weighed({Level.BEGINNER: 66, Level.INTERMEDIATE: 27, Level.ADVANCED: 7})
            told.activity.title = self._draw.choice(self._titles)
            self._without_file(told, count - len(came))
        else:
            came = self._draw.some(fitting, 1) if self._draw.chance(0.12 if kind == ONE_OFF else 0.86) else []
            self._one_to_one(told, came[0] if came else None)
        for one in came:
            one.met(day)

    def _start(self, team: Team, mediator: Mediator, day: date, kind: str, key: str) -> Told:
        topics = self._draw.several(TOPICS, self._draw.weighed(_TOPIC_COUNT[kind]))
        if kind == WORKSHOP and Topic.PROCEDURES in topics and len(topics) > 1:
            topics.remove(Topic.PROCEDURES)
        created = min(at(day, time(17)).astimezone(UTC) + timedelta(seconds=len(self.told)), self._now)
        row = Activity(
            id=fixed_id("activity", key),
            kind=ActivityKind.WORKSHOP if kind == WORKSHOP else ActivityKind.INDIVIDUAL,
            is_one_off=kind == ONE_OFF,
            mediator_id=mediator.user_id,
            unit_id=team.unit_id,
            day=day,
            minutes=self._draw.weighed(MINUTES[kind]),
            created_at=created,
            modified_at=created,
        )
        row.topics = tuple(topics)
        row.procedures = (self._draw.weighed(_PROCEDURES),) if Topic.PROCEDURES in topics else ()
        row.equipment = (self._draw.weighed(_EQUIPMENT),)
        self.told.append(Told(row))
        return self.told[-1]

    def _where(self, row: Activity, team: Team, mediator: Mediator) -> None:
        kind = self._draw.weighed(_PLACE_KINDS)
        places = places_of(team, mediator)
        place = places[0] if self._draw.chance(0.68) else places[1]
        if kind == PlaceKind.PLACE:
            self._put(row, kind, place, place.insee_code)
        else:
            self._put(row, kind, None, "" if kind == PlaceKind.REMOTE else place.insee_code)

    def _put(self, row: Activity, kind: PlaceKind, place, code: str) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
        row.place_kind, row.place, row.insee_code, row.commune_id = kind, place, code, code or None

    def _one_to_one(self, told: Told, known: Known | None) -> None:
        row = told.activity
        row.autonomy = self._draw.weighed({Autonomy.GUIDED: 46, Autonomy.PARTLY: 40, Autonomy.ALONE: 14})
        if known is None:
            self._without_file(told, 1)
        else:
            told.persons = [known.person]
            is_recent = row.day > self._today - timedelta(days=200)
            row.notes = self._draw.choice(self._notes) if is_recent and self._draw.chance(0.2) else ""
        if self._draw.chance(0.04):
            self._orient(row)

    def _orient(self, row: Activity) -> None:
        to = self._draw.choice(self._structures)
        row.orientation, row.oriented_to = Orientation(to["kind"]), str(to["name"])
        if row.day < self._today - timedelta(days=30):
            row.orientation_outcome = self._draw.weighed(
                {
                    OrientationOutcome.WENT: 52,
                    OrientationOutcome.UNKNOWN: 24,
                    OrientationOutcome.DID_NOT_GO: 16,
                    OrientationOutcome.NOT_HELPED: 8,
                }
            )
            row.outcome_asked_on = row.day + timedelta(days=21)

    def _without_file(self, told: Told, count: int) -> None:
        told.activity.anonymous_count = count
        for _number in range(count):
            age = self._draw.weighed(_AGES)
            gender = self._draw.weighed({Gender.FEMALE: 58, Gender.MALE: 40, Gender.UNKNOWN: 2})
            helped = HELPED_BEFORE if self._draw.chance(_ALREADY_HELPED) else ""
            for dimension, value in (
                (Dimension.AGE, age),
                (Dimension.GENDER, gender),
                (Dimension.STATUS, self._status(age)),
                (Dimension.KNOWN, helped),
            ):
                if value not in {"", Gender.UNKNOWN.value}:
                    told.counts[dimension, str(value)] = told.counts.get((dimension, str(value)), 0) + 1

    def _status(self, age: AgeBand) -> Status:
        if age in _OLD:
            return Status.RETIRED if self._draw.chance(0.92) else Status.UNKNOWN
        if age in _YOUNG:
            return Status.PUPIL
        return self._draw.weighed({Status.JOBLESS: 42, Status.WORKING: 32, Status.UNKNOWN: 18, Status.PUPIL: 8})


def participants(told: list[Told]) -> Iterator[tuple[Told, list[Participation], list[AnonymousCount]]]:
    """The rows of participants; the first accompaniment of each person says so."""
    met: set[UUID] = set()
    for one in sorted(told, key=lambda one: (one.activity.day, one.activity.created_at)):
        row = one.activity
        row.participant_count = row.anonymous_count + len(one.persons)
        people = [_participation(row, person, is_first=person.pk not in met) for person in one.persons]
        met |= {person.pk for person in one.persons}
        counts = [
            AnonymousCount(activity=row, dimension=dimension, value=value, count=count)
            for (dimension, value), count in one.counts.items()
        ]
        yield one, people, counts


def _participation(row: Activity, person: Person, *, is_first: bool) -> Participation:
    return Participation(
        id=fixed_id("participation", f"{row.pk}/{person.pk}"),
        activity=row,
        person=person,
        is_first=is_first,
        age_band=age_band(person.birth_year, row.day.year),
        gender=person.gender,
        status=person.status,
        insee_code=person.commune_id or "",
    )


def tags(teams: Sequence[Team], told: Sequence[Told]) -> Iterator[Model]:
    """Tags of the territory and of two teams, on some of the activities."""
    draw = Draw("tags")
    wide = [Tag(id=fixed_id("tag", name), name=name, scope=TagScope.TERRITORY) for name in _WIDE]
    own = {
        team.unit_id: Tag(id=fixed_id("tag", team.key), name=name, scope=TagScope.UNIT, unit_id=team.unit_id)
        for team, name in zip(teams, _OWN, strict=False)
    }
    yield from (*wide, *own.values())
    through = Activity.tags.through
    for one in told:
        if draw.chance(0.1):
            tag = own.get(one.activity.unit_id) if draw.chance(0.4) else None
            yield through(activity=one.activity, tag=tag or draw.choice(wide))


_WIDE = ("France services", "Semaine du numérique", "Aller vers", "Pass numérique")
_OWN = ("Permanence du littoral", "Tournée des hauts cantons", "Café des voisins", "Cours du soir")
