"""Five years of invented activities of 51 mediators: the same for the same count and seed.

Kinds, lengths, ages and topics follow what is known of the work of conseillers numériques: 85 % one to one (a third of
them in passing), 15 % workshops of about six people; four in ten already helped; one in two over sixty.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bench.generate import SEED
from pourtous.kernel.ids import check_letter, uuid7

COUNT = 300_000
MEDIATORS, UNITS, PEOPLE, PLACES = 51, 17, 60_000, 300
FIRST_DAY, DAYS = date(2021, 12, 1), 365 * 5
BATCH, SORTS = 20_000, 3_000
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def fill(count: int = COUNT) -> None:
    """Write teams, people, places and so many activities into the (empty) database, and mark their months."""
    from pourtous.activities.models import StaleMonth

    made = _Made(random.Random(SEED))
    for start in range(0, count, BATCH):
        made.write(min(BATCH, count - start))
    StaleMonth.objects.bulk_create(
        StaleMonth(month=month, unit_id=unit, mediator_id=mediator) for month, unit, mediator in sorted(made.months)
    )


class _Made:
    """What all activities share, and the dice. Rows are columns in order: three hundred thousand objects take minutes."""

    def __init__(self, dice: random.Random) -> None:
        from pourtous.territories.models import Commune

        self.dice = dice
        self.communes = list(Commune.objects.order_by("code").values_list("code", "name")[:200])
        self.mediators = _teams()
        self.places = _places(self.communes, dice)
        self.usual = {mediator: dice.sample(self.places, 8) for mediator, _unit in self.mediators}
        self.people = _people(dice)
        self.met: set[Any] = set()
        self.months: set[tuple[date, Any, Any]] = set()
        self.sorts = [_Sort(dice) for _number in range(SORTS)]

    def write(self, count: int) -> None:
        """So many activities more, in one transaction."""
        from django.db import transaction

        from pourtous.activities.models import Activity, AnonymousCount, Participation
        from pourtous.demo.batch import Batch

        chosen = [(uuid7(), self.dice.choice(self.sorts)) for _number in range(count)]
        batch = Batch()
        batch.add_values(Activity, (self._activity(key, sort) for key, sort in chosen))
        batch.add_values(Participation, (row for key, sort in chosen for row in self._participations(key, sort)))
        batch.add_values(AnonymousCount, ((key, *row) for key, sort in chosen for row in sort.counts))
        with transaction.atomic():
            batch.save()

    def _activity(self, key: Any, sort: "_Sort") -> list[Any]:
        dice = self.dice
        mediator, unit = dice.choice(self.mediators)
        place, commune = dice.choice(self.usual[mediator])
        day = FIRST_DAY + timedelta(days=int(DAYS * dice.random() ** 0.8))
        self.months.add((day.replace(day=1), unit, mediator))
        whose = {"id": key, "mediator_id": mediator, "unit_id": unit, "day": day, "insee_code": commune}
        if sort.is_at_place:
            whose["place_id"] = place
        return [whose.get(name, value) for name, value in sort.columns]

    def _participations(self, key: Any, sort: "_Sort") -> Iterator[tuple[Any, ...]]:
        """Those with a file; the first time each is met is their first."""
        for person, *told in self.dice.sample(self.people, sort.known):
            yield uuid7(), key, person, person not in self.met, *told
            self.met.add(person)


class _Sort:
    """An activity but for who, when and where: a few thousand of them are drawn, then dealt."""

    def __init__(self, dice: random.Random) -> None:
        from pourtous.activities.models import Activity

        told = _told(dice)
        total = max(1, min(28, round(dice.gauss(6.4, 4)))) if told["level"] else 1
        anonymous = sum(dice.random() < 0.45 for _one in range(total))  # noqa: PLR2004
        row = Activity(**told, anonymous_count=anonymous, participant_count=total)
        names = [field.attname for field in Activity._meta.concrete_fields]  # noqa: SLF001 (Django’s documented way)
        self.columns = [(name, getattr(row, name)) for name in names]
        self.is_at_place = row.place_kind == "lieu_activite"
        self.known = total - anonymous
        self.counts = list(_counts(dice, anonymous)) if anonymous else []


def _told(dice: random.Random) -> dict[str, Any]:
    from pourtous.activities.enums import ActivityKind, Autonomy, Equipment, PlaceKind, Source

    is_workshop = dice.random() < 0.15  # noqa: PLR2004 (the share said above)
    topics, procedures = _topics(dice)
    elsewhere = (PlaceKind.HOME, PlaceKind.REMOTE, PlaceKind.OTHER)
    return {
        "kind": ActivityKind.WORKSHOP if is_workshop else ActivityKind.INDIVIDUAL,
        "is_one_off": not is_workshop and dice.random() < 0.3,  # noqa: PLR2004
        "minutes": dice.choice((60, 90, 90, 120, 180) if is_workshop else (15, 30, 30, 45, 45, 60, 90)),
        "place_kind": PlaceKind.PLACE if dice.random() < 0.8 else dice.choice(elsewhere),  # noqa: PLR2004
        "topics": topics,
        "procedures": procedures,
        "equipment": tuple(dice.sample(list(Equipment), dice.choice((1, 1, 1, 2)))),
        "autonomy": "" if is_workshop else dice.choice(list(Autonomy)),
        "level": dice.choice(("debutant", "debutant", "intermediaire", "avance")) if is_workshop else "",
        "orientation": "administration" if dice.random() < 0.06 else "",  # noqa: PLR2004
        "source": Source.POURTOUS,
        "created_at": NOW,
        "modified_at": NOW,
    }


def _counts(dice: random.Random, anonymous: int) -> Iterator[tuple[str, str, int]]:
    """Of those without file, mostly everything was told."""
    from pourtous.activities.enums import Dimension
    from pourtous.people.enums import AgeBand, Gender, Status

    for dimension, values in ((Dimension.GENDER, Gender), (Dimension.AGE, AgeBand), (Dimension.STATUS, Status)):
        if dice.random() < 0.8:  # noqa: PLR2004
            value = dice.choice([value for value in values if value != values.UNKNOWN])
            yield dimension, value, anonymous


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


def _people(dice: random.Random) -> list[tuple[Any, str, str, str, str]]:
    """Key, age band, gender, status and commune of each person."""
    from django.db import transaction

    from pourtous.demo.batch import Batch
    from pourtous.people.enums import AgeBand, Gender, Status
    from pourtous.territories.models import Commune

    communes = list(Commune.objects.order_by("code").values_list("code", flat=True)[:200])
    ages = [*AgeBand.values[:-1], "soixante_dix_plus", "soixante_dix_plus", "soixante_soixante_neuf"]
    rows = [_person(number) for number in range(PEOPLE)]
    batch = Batch()
    batch.add(rows)
    with transaction.atomic():
        batch.save()
    return [
        (row.pk, dice.choice(ages), dice.choice(Gender.values), dice.choice(Status.values), dice.choice(communes))
        for row in rows
    ]


def _person(number: int) -> Any:
    from pourtous.people.models import Person

    code = f"{number:07}"
    return Person(
        code=code + check_letter(code), first_name=f"Prénom{number}", last_contact_on=NOW.date(), created_at=NOW
    )
