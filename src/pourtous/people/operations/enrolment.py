"""Registering somebody who stands before one: the file, who represents a minor, and the notice sent, in one go."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Unpack
from uuid import UUID

from django.db import transaction

from pourtous.accounts.models import Unit, User
from pourtous.audit.operations import record
from pourtous.people.models import Person
from pourtous.people.operations.facts import PersonFacts
from pourtous.people.operations.notices import send_notice
from pourtous.people.operations.persons import register
from pourtous.people.operations.relations import add_relation
from pourtous.people.queries.duplicates import Lookalikes


@dataclass(frozen=True)
class Beside:
    """Who represents a minor: kind of relation, name, telephone."""

    kind: str
    name: str
    phone: str = ""


@dataclass(frozen=True)
class Start:
    """For which unit, for what, and how the person was told about their data."""

    unit: Unit
    purpose: str
    notice_kind: str
    notice_on: date


def enrol(
    *,
    start: Start,
    beside: Beside | None,
    identity: UUID | None,
    actor: User,
    now: datetime,
    **said: Unpack[PersonFacts],
) -> Person:
    """Register a person with who represents them; the notice leaves by text message when that was chosen."""
    with transaction.atomic():
        person = register(
            unit=start.unit,
            purpose=start.purpose,
            notice_kind=start.notice_kind,
            notice_on=start.notice_on,
            identity=identity,
            actor=actor,
            now=now,
            **said,
        )
        if beside is not None and not person.relations.filter(kind=beside.kind, name=beside.name).exists():
            add_relation(person=person, kind=beside.kind, name=beside.name, phone=beside.phone, actor=actor, now=now)
        send_notice(person=person, kind=start.notice_kind, now=now)
    return person


def note_found_elsewhere(*, found: Lookalikes, actor: User, now: datetime) -> None:
    """Somebody was told that another unit follows a similar person: the journal keeps it, so that fishing shows."""
    with transaction.atomic():
        for person in found.found if found.elsewhere else ():
            record(actor=actor, verb="people.found_elsewhere", subject=person, now=now)
