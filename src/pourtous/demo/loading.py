"""Filling a database with the scenario: the same rows each time, so that loading twice changes nothing.

Places come in through imports (`directory`), invitations through their operation; the rest is written directly, with
fixed ids.
"""

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from pourtous.accounts.models import Agreement, Invitation, Membership, Organisation, Unit, User
from pourtous.accounts.operations.invitations import invite
from pourtous.demo.directory import load_places
from pourtous.demo.rows import Row, put
from pourtous.demo.scenario import FOLDER, fixed_code, fixed_id, read
from pourtous.kernel.clock import paris
from pourtous.kernel.text import fold
from pourtous.messaging.enums import MessageState
from pourtous.messaging.models import Message
from pourtous.messaging.operations import deliver
from pourtous.places.models import ProblemReport
from pourtous.territories.models import Address, Commune, Dataset, Street, Zone
from pourtous.territories.operations import note_dataset

STREETS = "demo-streets"  # the name of their Dataset
NOON = time(12)
_HOUSES = range(1, 41)
_HOUSE_WIDTH = 0.00009  # degrees of longitude, about 7 m


@transaction.atomic
def load(now: datetime) -> dict[str, int]:
    """Write the whole scenario; how many rows of each kind it has."""
    return {
        "streets": _streets(now),
        "people": _organisations(now),
        "places": load_places(_units(), now),
        "zones": _zones(),
        "reports": _reports(now),
        "invitations": _invitations(now),
    }


def _streets(now: datetime) -> int:
    """Streets and their numbers, when one is missing or the file has changed; running geocoders then read them again."""
    communes = set(Commune.objects.values_list("code", flat=True))
    streets = [_street(row) for row in read("streets") if row["commune"] in communes]
    digest = hashlib.sha256((FOLDER / "streets.json").read_bytes()).hexdigest()
    there = Street.objects.filter(id__in=[street.id for street in streets]).count()
    if there == len(streets) and Dataset.objects.filter(name=STREETS, digest=digest).exists():
        return there
    put(Street, streets)
    put(Address, (_house(street, number) for street in streets for number in _HOUSES))
    note_dataset(name=STREETS, digest=digest, now=now)
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


def _organisations(now: datetime) -> int:
    rows = read("organisations")
    put(Organisation, (_organisation(row) for row in rows))
    put(Agreement, (_agreement(row, signed, now) for row in rows for signed in row.get("agreements", ())))
    units = [(row, unit) for row in rows for unit in row["units"]]
    put(Unit, (_unit(row, unit) for row, unit in units))
    people = [(unit, person) for _row, unit in units for person in unit["people"]]
    for person in (person for _unit, person in people):
        _user(person)
    put(Membership, (_membership(unit, person) for unit, person in people))
    return len(people)


def _units() -> dict[str, str]:
    """Key of a place → key of the unit that looks after it."""
    return {
        key: unit["key"] for row in read("organisations") for unit in row["units"] for key in unit.get("places", ())
    }


def _organisation(row: Row) -> Organisation:
    return Organisation(
        id=fixed_id("organisation", row["key"]),
        name=row["name"],
        kind=row["kind"],
        data_role=row["data_role"],
    )


def _agreement(row: Row, signed: Row, now: datetime) -> Agreement:
    dates = {name: date.fromisoformat(signed[name]) for name in ("ends_on", "ended_on") if name in signed}
    if "ends_in_days" in signed:
        dates["ends_on"] = paris(now).date() + timedelta(days=signed["ends_in_days"])
    signed_on = date.fromisoformat(signed["signed_on"])
    return Agreement(
        id=fixed_id("agreement", signed["reference"]),
        organisation_id=fixed_id("organisation", row["key"]),
        kind=signed["kind"],
        reference=signed["reference"],
        signed_on=signed_on,
        starts_on=date.fromisoformat(str(signed.get("starts_on", signed["signed_on"]))),
        end_reason=signed.get("end_reason", ""),
        note=signed.get("note", ""),
        recorded_at=datetime.combine(signed_on, NOON, UTC),
        **dates,
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


def _invitations(now: datetime) -> int:
    """Invitations sent by the people of the demonstration. The e-mail of the first has left; the others wait."""
    rows = read("invitations")
    for row in rows:
        unit = Unit.objects.get(id=fixed_id("unit", row["unit"]))
        if Invitation.objects.filter(unit=unit, email=row["email"]).exists():
            continue
        by = User.objects.get(id=fixed_id("user", row["by"]))
        sent = now - timedelta(days=row["days_ago"])
        invite(unit=unit, email=row["email"], role=row["role"], actor=by, now=sent)
    first = Message.objects.filter(to=rows[0]["email"], state=MessageState.QUEUED).first()
    if first is not None:
        deliver(first.id, now=now)
    return len(rows)
