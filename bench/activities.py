"""Five years of invented activities of 51 mediators: the same for the same count and seed.

Kinds, lengths, ages and topics follow what is known of the work of conseillers numériques: 85 % one to one (a third of
them in passing), 15 % workshops of about six people; four in ten already helped; one in two over sixty.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.generate import SEED

COUNT = 300_000
MEDIATORS, UNITS, PEOPLE, PLACES = 51, 17, 60_000, 300
FIRST_DAY, DAYS = date(2021, 12, 1), 365 * 5
BATCH = 5_000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def fill(count: int = COUNT) -> None:
    """Write teams, people, places and so many activities into the (empty) database, and mark their months."""
    from pourtous.activities.models import Activity, AnonymousCount, Participation, StaleMonth
    from pourtous.activities.rules.tally import first_of

    months: set[tuple[date, Any, Any]] = set()
    made = _Made(random.Random(SEED))
    for start in range(0, count, BATCH):
        activities, participations, counts = [], [], []
        for _number in range(min(BATCH, count - start)):
            activity = made.activity()
            activities.append(activity)
            participations += made.participations(activity)
            counts += made.counts(activity)
        Activity.objects.bulk_create(activities)
        Participation.objects.bulk_create(participations)
        AnonymousCount.objects.bulk_create(counts)
        months |= {(first_of(one.day), one.unit_id, one.mediator_id) for one in activities}
    StaleMonth.objects.bulk_create(
        StaleMonth(month=month, unit_id=unit, mediator_id=mediator) for month, unit, mediator in sorted(months)
    )


class _Made:
    """What all activities share, and the dice."""

    def __init__(self, dice: random.Random) -> None:
        from pourtous.territories.models import Commune

        self.dice = dice
        self.communes = list(Commune.objects.order_by("code").values_list("code", "name")[:200])
        self.mediators = _teams()
        self.places = _places(self.communes, dice)
        self.usual = {mediator: dice.sample(self.places, 8) for mediator, _unit in self.mediators}
        self.people = _people()
        self.met: set[Any] = set()

    def activity(self) -> Any:
        """One activity, with its participants counted."""
        from pourtous.activities.enums import ActivityKind, Autonomy, Equipment, PlaceKind, Source
        from pourtous.activities.models import Activity

        dice = self.dice
        is_workshop = dice.random() < 0.15  # noqa: PLR2004 (the share said above)
        mediator, unit = dice.choice(self.mediators)
        place = dice.choice(self.usual[mediator]) if dice.random() < 0.8 else None  # noqa: PLR2004
        total = max(1, min(28, round(dice.gauss(6.4, 4)))) if is_workshop else 1
        anonymous = sum(dice.random() < 0.45 for _one in range(total))  # noqa: PLR2004
        topics, procedures = _topics(dice)
        return Activity(
            kind=ActivityKind.WORKSHOP if is_workshop else ActivityKind.INDIVIDUAL,
            is_one_off=not is_workshop and dice.random() < 0.3,  # noqa: PLR2004
            mediator_id=mediator,
            unit_id=unit,
            day=FIRST_DAY + timedelta(days=int(DAYS * dice.random() ** 0.8)),
            minutes=dice.choice((60, 90, 90, 120, 180) if is_workshop else (15, 30, 30, 45, 45, 60, 90)),
            place_kind=PlaceKind.PLACE if place else dice.choice((PlaceKind.HOME, PlaceKind.REMOTE, PlaceKind.OTHER)),
            place_id=place[0] if place else None,
            insee_code=(place or dice.choice(self.usual[mediator]))[1],
            topics=topics,
            procedures=procedures,
            equipment=tuple(dice.sample(list(Equipment), dice.choice((1, 1, 1, 2)))),
            autonomy="" if is_workshop else dice.choice(list(Autonomy)),
            level=dice.choice(("debutant", "debutant", "intermediaire", "avance")) if is_workshop else "",
            orientation="administration" if dice.random() < 0.06 else "",  # noqa: PLR2004
            anonymous_count=anonymous,
            participant_count=total,
            source=Source.POURTOUS,
            created_at=NOW,
            modified_at=NOW,
        )

    def participations(self, activity: Any) -> Iterator[Any]:
        """Those with a file; the first time each is met is their first."""
        from pourtous.activities.models import Participation

        known = activity.participant_count - activity.anonymous_count
        for key, age, gender, status, commune in self.dice.sample(self.people, known):
            is_first = key not in self.met
            self.met.add(key)
            yield Participation(
                activity=activity,
                person_id=key,
                is_first=is_first,
                age_band=age,
                gender=gender,
                status=status,
                insee_code=commune,
            )

    def counts(self, activity: Any) -> Iterator[Any]:
        """Of those without file, mostly everything was told."""
        from pourtous.activities.enums import Dimension
        from pourtous.activities.models import AnonymousCount
        from pourtous.people.enums import AgeBand, Gender, Status

        left = activity.anonymous_count
        for dimension, values in ((Dimension.GENDER, Gender), (Dimension.AGE, AgeBand), (Dimension.STATUS, Status)):
            if left and self.dice.random() < 0.8:  # noqa: PLR2004
                value = self.dice.choice([value for value in values if value != values.UNKNOWN])
                yield AnonymousCount(activity=activity, dimension=dimension, value=value, count=left)


def _topics(dice: random.Random) -> tuple[tuple[str, ...], tuple[str, ...]]:
    from pourtous.activities.enums import Procedure, Topic

    topics = tuple(dice.sample(list(Topic), dice.choice((1, 1, 2, 3))))
    return topics, (dice.choice(list(Procedure)),) if Topic.PROCEDURES in topics else ()


def _teams() -> list[tuple[Any, Any]]:
    """Key of each mediator with the key of their unit; three a unit, a few units an organisation."""
    from pourtous.accounts.models import Membership, Organisation, Unit, User

    organisations = [Organisation(name=f"Structure {n}", kind="association") for n in range(UNITS // 3 + 1)]
    Organisation.objects.bulk_create(organisations)
    units = [
        Unit(name=f"Équipe {n}", organisation=organisations[n // 3], capabilities=("mediation",)) for n in range(UNITS)
    ]
    Unit.objects.bulk_create(units)
    users = [User(email=f"mediateur{n}@structure.example", name=f"Agent {n}") for n in range(MEDIATORS)]
    User.objects.bulk_create(users)
    posts = [(user, units[number % UNITS]) for number, user in enumerate(users)]
    Membership.objects.bulk_create(Membership(user=user, unit=unit, role="member") for user, unit in posts)
    return [(user.pk, unit.pk) for user, unit in posts]


def _places(communes: list[tuple[str, str]], dice: random.Random) -> list[tuple[Any, str]]:
    from pourtous.places.models import Place

    rows = []
    for number in range(PLACES):
        code, name = dice.choice(communes)
        place = Place(name=f"Lieu {number}", commune_name=name, insee_code=code, commune_id=code, departement=code[:2])
        place.search_text, place.sort_name = f" lieu {number}", f"lieu {number}"
        rows.append(place)
    Place.objects.bulk_create(rows)
    return [(place.pk, place.insee_code) for place in rows]


def _people() -> list[tuple[Any, str, str, str, str]]:
    """Key, age band, gender, status and commune of each person."""
    from pourtous.people.enums import AgeBand, Gender, Status
    from pourtous.people.models import Person
    from pourtous.territories.models import Commune

    dice = random.Random(SEED)
    communes = list(Commune.objects.order_by("code").values_list("code", flat=True)[:200])
    ages = [*AgeBand.values[:-1], "soixante_dix_plus", "soixante_dix_plus", "soixante_soixante_neuf"]
    rows = [Person(first_name=f"Prénom{n}", last_contact_on=NOW.date(), created_at=NOW) for n in range(PEOPLE)]
    Person.objects.bulk_create(rows, batch_size=BATCH)
    return [
        (row.pk, dice.choice(ages), dice.choice(Gender.values), dice.choice(Status.values), dice.choice(communes))
        for row in rows
    ]
