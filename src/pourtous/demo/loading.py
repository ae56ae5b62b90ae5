"""Filling a database with the scenario: the same rows each time, so that loading twice changes nothing.

It writes rows directly, with their ids fixed: operations would give new ids and send invitations.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from pourtous.accounts.models import Membership, Organisation, Unit, User
from pourtous.demo.scenario import fixed_code, fixed_id, read
from pourtous.kernel.text import fold
from pourtous.places.enums import PositionOrigin
from pourtous.places.models import Place, ProblemReport
from pourtous.places.operations.prepare import prepare
from pourtous.territories.models import Address, Commune, Street, Zone

Row = dict[str, Any]
M = TypeVar("M", bound=Model)
_HOUSES = range(1, 41)
_HOUSE_WIDTH = 0.00009  # degrees of longitude, about 7 m


@transaction.atomic
def load(now: datetime) -> dict[str, int]:
    """Write the whole scenario; how many rows of each kind it has."""
    communes = {commune.code: commune for commune in Commune.objects.all()}
    counts = {
        "streets": _streets(communes),
        "places": _places(communes),
        "people": _organisations(),
        "zones": _zones(),
    }
    return {**counts, "reports": _reports(now)}


def _put(model: type[M], rows: Iterable[M], *, key: str = "id") -> int:
    """Insert rows, or bring those of the same key up to date."""
    fixed = {key, "created_at", "modified_at", "last_login", "password"}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in fixed]  # noqa: SLF001
    done = list(rows)
    manager = model._default_manager  # noqa: SLF001
    manager.bulk_create(done, update_conflicts=True, unique_fields=[key], update_fields=fields, batch_size=500)
    return len(done)


def _streets(communes: dict[str, Commune]) -> int:
    known = [row for row in read("streets") if row["commune"] in communes]
    streets = [_street(row) for row in known]
    _put(Street, streets)
    _put(Address, (_house(street, number) for street in streets for number in _HOUSES))
    return len(streets)


def _street(row: Row) -> Street:
    key = f"{row['commune']}_{fold(row['name']).replace(' ', '-')[:30]}"
    return Street(
        id=key,
        commune_id=row["commune"],
        name=row["name"],
        postcode=row["postcode"],
        latitude=row["lat"],
        longitude=row["lon"],
    )


def _house(street: Street, number: int) -> Address:
    return Address(
        id=f"{street.id}_{number:05}",
        street=street,
        number=number,
        postcode=street.postcode,
        latitude=street.latitude,
        longitude=round(street.longitude + number * _HOUSE_WIDTH, 6),
    )


class _Communes:
    """Communes read once, for all places."""

    def __init__(self, communes: dict[str, Commune]) -> None:
        self.communes = communes

    def commune(self, insee_code: str, name: str, postcode: str) -> Commune | None:  # noqa: ARG002 (codes are enough here)
        return self.communes.get(insee_code)


def _places(communes: dict[str, Commune]) -> int:
    finder = _Communes(communes)
    return _put(Place, (prepare(_place(dict(row)), communes=finder) for row in read("places")))


def _place(row: Row) -> Place:
    key = row.pop("key")
    row["updated_on"] = date.fromisoformat(row["updated_on"])
    return Place(
        id=fixed_id("place", key),
        code=fixed_code("place", key),
        position_origin=PositionOrigin.GIVEN,
        position_level="number",
        **row,
    )


def _organisations() -> int:
    rows = read("organisations")
    _put(Organisation, (_organisation(row) for row in rows))
    units = [(row, unit) for row in rows for unit in row["units"]]
    _put(Unit, (_unit(row, unit) for row, unit in units))
    people = [(unit, person) for _row, unit in units for person in unit["people"]]
    for person in (person for _unit, person in people):
        _user(person)
    _put(Membership, (_membership(unit, person) for unit, person in people))
    for _row, unit in units:
        managed = [fixed_id("place", key) for key in unit.get("places", ())]
        Place.objects.filter(id__in=managed).update(unit=fixed_id("unit", unit["key"]))
    return len(people)


def _organisation(row: Row) -> Organisation:
    agreed = row.get("agreement_on")
    return Organisation(
        id=fixed_id("organisation", row["key"]),
        name=row["name"],
        kind=row["kind"],
        data_role=row["data_role"],
        agreement_on=date.fromisoformat(agreed) if agreed else None,
    )


def _unit(row: Row, unit: Row) -> Unit:
    return Unit(
        id=fixed_id("unit", unit["key"]),
        organisation_id=fixed_id("organisation", row["key"]),
        name=unit["name"],
        capabilities=unit["capabilities"],
    )


def _user(person: Row) -> User:
    """Nobody signs in with a password in the demonstration: the page of roles does it in one click."""
    found, is_new = User.objects.get_or_create(
        id=fixed_id("user", person["email"]), defaults={"email": person["email"], "name": person["name"]}
    )
    if is_new:
        found.set_unusable_password()
        found.save(update_fields=["password"])
    return found


def _membership(unit: Row, person: Row) -> Membership:
    return Membership(
        id=fixed_id("membership", f"{unit['key']}/{person['email']}"),
        user_id=fixed_id("user", person["email"]),
        unit_id=fixed_id("unit", unit["key"]),
        role=person["role"],
    )


def _zones() -> int:
    rows = read("zones")
    for row in rows:
        zone, _made = Zone.objects.get_or_create(
            name=row["name"],
            valid_from=date.fromisoformat(row["valid_from"]),
            defaults={"id": fixed_id("zone", row["name"]), "note": row["note"]},
        )
        zone.communes.set(Commune.objects.filter(epci__in=row["epci"], departement="34"))
    return len(rows)


def _reports(now: datetime) -> int:
    rows = read("reports")
    for row in rows:
        received = now - timedelta(days=row["days_ago"])
        state = row.get("state", "received")
        ProblemReport.objects.get_or_create(
            id=fixed_id("report", row["key"]),
            defaults={
                "number": fixed_code("report", row["key"]),
                "place_id": fixed_id("place", row["place"]),
                "about": row["about"],
                "text": row["text"],
                "contact": row["contact"],
                "received_at": received,
                "state": state,
                "answer": row.get("answer", ""),
                "settled_at": received + timedelta(days=1) if state == "settled" else None,
            },
        )
    return len(rows)
