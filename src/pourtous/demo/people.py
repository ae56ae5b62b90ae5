"""The people of the demonstration: about 1,500 files of invented persons, and what stands in them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Model

from pourtous.demo.draw import Draw
from pourtous.demo.scenario import fixed_code, fixed_id, read
from pourtous.demo.teams import Mediator, Team
from pourtous.kernel.clock import PARIS
from pourtous.people.enums import (
    CriterionKind,
    Gender,
    HomeKind,
    NoticeKind,
    Purpose,
    Reach,
    RelationKind,
    Status,
)
from pourtous.people.models import Criterion, FollowUp, Person, Relation
from pourtous.people.operations.facts import settle_searched
from pourtous.people.rules.ages import ADULT_FROM
from pourtous.people.rules.deadlines import months_after

COUNT = 1500
SHOWN = 6  # a file of the mediator whose day is full: pictures and tests name its code
_PRESCRIBED = 8  # one person in so many is followed by a prescriber too
PRESCRIBER = "mds-croix-verte"
PRESCRIBERS = ("odile.cazals@departement.example", "remi.fabre-ney@departement.example")
_LEAVING, _OVER = 14, 6  # files told that they go; files whose time is over
_BORN: dict[tuple[int, int], float] = {  # ages of the national sample: half are 60 or more
    (15, 17): 2,
    (18, 24): 6,
    (25, 39): 17,
    (40, 59): 25,
    (60, 69): 24,
    (70, 88): 26,
}
_LANGUAGES = {"fr": 90, "ar": 4, "es": 2, "uk": 1.5, "en": 1, "pt": 1, "tr": 0.5}
_REACH = {
    Reach.SMS: 56,
    Reach.CALL: 20,
    Reach.EMAIL: 10,
    Reach.LETTER: 8,
    Reach.ORGANISATION: 3,
    Reach.NONE: 3,
}
_SENIOR = 60
_MINOR_BORN = 18
_SHOWN_SINCE = 300


@dataclass
class Known:
    """A person with the mediator who helps them, and between which days; whether a prescriber follows them too."""

    person: Person
    team: Team
    mediator: Mediator
    since: date
    until: date
    is_prescribed: bool

    def met(self, day: date) -> None:
        """They were met on this day."""
        self.person.last_contact_on = max(self.person.last_contact_on, day)

    def is_met_on(self, day: date) -> bool:
        """Whether they come in those days."""
        return self.since <= day <= self.until


def make_people(teams: Iterable[Team], today: date) -> list[Known]:
    """Persons shared out among mediators who may hold files; the last ones are about to go."""
    draw = Draw("people")
    mediators = [(team, one) for team in teams if team.follows for one in team.mediators]
    names = _Names(draw)
    return [_known(number, *mediators[number % len(mediators)], names, draw, today) for number in range(COUNT)]


def is_leaving(number: int) -> bool:
    """Whether the file of this number is silent for almost two years, or more."""
    return number >= COUNT - _LEAVING - _OVER


def is_over(number: int) -> bool:
    """Whether its time is over: it stands on the list that waits for the visa."""
    return number >= COUNT - _OVER


def _known(number: int, team: Team, mediator: Mediator, names: "_Names", draw: Draw, today: date) -> Known:
    since = draw.day(months_after(today, -24), today - timedelta(days=4))
    until = min(today, max(since, months_after(today, -20)) + timedelta(days=draw.choice((30, 90, 200, 400, 800))))
    if number == SHOWN:
        since, until = today - timedelta(days=_SHOWN_SINCE), today
    if is_leaving(number):
        gone = months_after(today, -24)
        until = (
            gone - timedelta(days=draw.randrange(5, 40)) if is_over(number) else gone + timedelta(draw.randrange(29))
        )
        since = until - timedelta(days=draw.randrange(20))
    person = _person(number, team, names, draw, since)
    return Known(person, team, mediator, since, until, is_prescribed=number % _PRESCRIBED == 0)


class _Names:
    """Invented names; a first name fits the year of birth."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._first = read("first-names")
        self._last = [name for row in read("last-names") for name in row["names"]]

    def first(self, gender: str, year: int) -> str:
        fitting = [one for one in self._first if one["gender"] == gender and one["born"][0] <= year <= one["born"][1]]
        return str(self._draw.choice(self._draw.choice(fitting)["names"]))

    def last(self) -> str:
        return str(self._draw.choice(self._last))


def _person(number: int, team: Team, names: _Names, draw: Draw, since: date) -> Person:
    key = f"{number:04}"
    gender = draw.weighed({Gender.FEMALE: 60, Gender.MALE: 40})
    age = draw.randint(*draw.weighed(_BORN))
    year = since.year - age
    person = Person(
        id=fixed_id("person", key),
        code=fixed_code("person", key),
        first_name=names.first(gender, year),
        last_name=names.last(),
        birth_year=None if draw.chance(0.03) else year,
        gender=gender if draw.chance(0.97) else Gender.UNKNOWN,
        status=_status(age, draw),
        language=draw.weighed(_LANGUAGES),
        agrees_to_be_found=draw.chance(0.4),
        last_contact_on=since,
        created_by_unit_id=team.unit_id,
        created_at=datetime(since.year, since.month, since.day, 10, number % 60, tzinfo=PARIS),
    )
    _home(person, team, draw)
    _reach(person, number, draw)
    settle_searched(person)
    return person


def _status(age: int, draw: Draw) -> Status:
    if age < ADULT_FROM:
        return Status.PUPIL
    if age > _SENIOR + 2:
        return Status.RETIRED
    return draw.weighed({Status.JOBLESS: 48, Status.WORKING: 34, Status.PUPIL: 6, Status.UNKNOWN: 12})


def _home(person: Person, team: Team, draw: Draw) -> None:
    person.home_kind = draw.weighed({HomeKind.RESIDENCE: 95, HomeKind.DOMICILIATION: 3, HomeKind.NONE: 2})
    if person.home_kind != HomeKind.NONE:
        person.commune_id = draw.choice(team.places).insee_code


def _reach(person: Person, number: int, draw: Draw) -> None:
    person.reach = draw.weighed(_REACH)
    if person.reach in {Reach.SMS, Reach.CALL} or draw.chance(0.2):
        person.phone = f"+3363998{number:04}"
    if person.reach == Reach.EMAIL:
        person.email = f"p{number:04}@courriel.example"
    if person.reach == Reach.LETTER:
        person.postal_address = f"{number % 80 + 1} rue des Tamarins\n34999 Village-Inventé"
    if person.reach == Reach.ORGANISATION:
        person.reach_through_id = fixed_id("unit", PRESCRIBER)


def follow(known: list[Known], today: date) -> Iterable[Model]:
    """What stands in the files: follow-ups after a notice, criteria checked, people beside the person."""
    draw = Draw("follow")
    for number, one in enumerate(known):
        yield _follow_up(one, f"{number}", one.team.unit_id, one.mediator.user_id, Purpose.MEDIATION, draw)
        if one.is_prescribed:
            by = fixed_id("user", PRESCRIBERS[number % 2])
            yield _follow_up(one, f"{number}/social", fixed_id("unit", PRESCRIBER), by, Purpose.SUPPORT, draw)
        yield from _criteria(one, number, draw, today)
        yield from _beside(one, number, draw, today)


def _follow_up(one: Known, key: str, unit, by, purpose: Purpose, draw: Draw) -> FollowUp:  # type: ignore[no-untyped-def]  # noqa: ANN001
    return FollowUp(
        id=fixed_id("follow-up", key),
        person=one.person,
        unit_id=unit,
        purpose=purpose,
        notice_kind=draw.weighed({NoticeKind.ORAL: 70, NoticeKind.PAPER: 22, NoticeKind.SMS: 8}),
        notice_on=one.since,
        note=draw.choice(_NOTES) if draw.chance(0.25) else "",
        started_by_id=by,
        started_on=one.since,
    )


_NOTES = (
    "Préfère le matin. Revoir l’envoi d’une pièce jointe.",
    "A son téléphone, pas d’ordinateur. Reprendre les mots de passe.",
    "Vient avec sa fille. Écrire gros.",
    "Veut écrire seule à ses petits-enfants. Bon départ.",
    "Continuer le dossier en ligne, il manque un justificatif.",
    "À l’aise sur tablette. Proposer l’atelier du jeudi.",
)


def _criteria(one: Known, number: int, draw: Draw, today: date) -> Iterable[Criterion]:
    wanted: dict[CriterionKind, float] = {
        CriterionKind.RSA: 0.12 if one.person.status == Status.JOBLESS else 0,
        CriterionKind.MINIMUM_BENEFIT: 0.05,
        CriterionKind.JOBSEEKER: 0.5 if one.person.status == Status.JOBLESS else 0,
        CriterionKind.SENIOR: 0.25 if one.person.status == Status.RETIRED else 0,
        CriterionKind.NO_DEVICE: 0.09,
        CriterionKind.NO_CONNECTION: 0.05,
        CriterionKind.FRENCH: 0.03 if one.person.language == "fr" else 0.6,
        CriterionKind.READING: 0.02,
    }
    for kind, share in wanted.items():
        if draw.chance(share):
            checked = draw.day(one.since, min(today, one.until))
            yield Criterion(
                id=fixed_id("criterion", f"{number}/{kind}"),
                person=one.person,
                kind=kind,
                checked_by_id=one.mediator.user_id,
                unit_id=one.team.unit_id,
                checked_on=checked,
                valid_until=None if kind == CriterionKind.SENIOR else months_after(checked, 12),
            )


def _beside(one: Known, number: int, draw: Draw, today: date) -> Iterable[Relation]:
    year = one.person.birth_year
    if year is not None and today.year - year < _MINOR_BORN:
        kind, name = RelationKind.PARENT, "parent"
    elif draw.chance(0.03):
        kind, name = draw.choice(((RelationKind.REPRESENTATIVE, "représentant"), (RelationKind.HELPER, "proche")))
    else:
        return
    yield Relation(
        id=fixed_id("relation", f"{number}/{name}"),
        person=one.person,
        kind=kind,
        name=f"{draw.choice(('Camille', 'Dominique', 'Claude', 'Sacha'))} {one.person.last_name}",
        phone=f"+3363998{9000 + number % 1000:04}",
        may_be_contacted=draw.chance(0.6),
    )
