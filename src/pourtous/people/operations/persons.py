"""Registering people, correcting what is known of them, and noting that they were met."""

from datetime import date, datetime
from typing import Unpack
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.accounts.queries import may_hold_personal_data
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import NoticeKind, PersonState, Purpose
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations.facts import COLUMNS, PersonFacts, fill

_MADE_FROM_FACTS = frozenset({"search_text", "name_hash", "phone_hash"})


def register(
    *,
    unit: Unit,
    purpose: str,
    notice_kind: str,
    notice_on: date,
    actor: User | None,
    now: datetime,
    identity: UUID | None = None,
    **said: Unpack[PersonFacts],
) -> Person:
    """A new person, followed by this unit for this purpose, once they were told about their data.

    DomainError, with the field, when a fact cannot be, or when the unit may not hold personal data. The same
    `identity` twice (a double click) gives the same person once.
    """
    today = paris(now).date()
    check_follow_up(unit=unit, purpose=purpose, notice_kind=notice_kind, notice_on=notice_on, today=today)
    person = Person(created_at=now, last_contact_on=today, created_by_unit=unit)
    if identity is not None:
        person.id = identity
    fill(person, said, on=today)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
            FollowUp.objects.create(
                person=person,
                unit=unit,
                purpose=purpose,
                notice_kind=notice_kind,
                notice_on=notice_on,
                started_by=actor,
                started_on=today,
            )
            record(actor=actor, verb="people.register", subject=person, now=now, details={"unit": str(unit.pk)})
    except IntegrityError:
        return _registered_before(identity, unit)
    return person


def _registered_before(identity: UUID | None, unit: Unit) -> Person:
    mine = Person.objects.filter(created_by_unit=unit, state=PersonState.ACTIVE)
    found = mine.filter(pk=identity).first() if identity is not None else None
    if found is None:
        raise DomainError(_("This could not be saved. Open the form again, then fill it in."))
    return found


def check_follow_up(*, unit: Unit, purpose: str, notice_kind: str, notice_on: date, today: date) -> None:
    """DomainError when a unit may not follow people, or when purpose or notice cannot be."""
    if not unit.is_active or not may_hold_personal_data(unit.organisation_id, on=today):
        raise DomainError(
            _("Your organisation may not hold personal data yet: its role and its agreement must be recorded first."),
            field="unit",
        )
    if purpose not in Purpose.values:
        raise DomainError(_("Choose one of the answers."), field="purpose")
    if notice_kind not in NoticeKind.values:
        raise DomainError(_("Choose one of the answers."), field="notice_kind")
    if notice_on > today:
        raise DomainError(_("This day is still to come."), field="notice_on")


def update_person(*, person: Person, actor: User, now: datetime, **said: Unpack[PersonFacts]) -> list[str]:
    """Correct what is known of a person. Returns the names of the columns that changed; the journal keeps them, no values."""
    with transaction.atomic():
        kept = Person.objects.select_for_update().filter(pk=person.pk, state=PersonState.ACTIVE).first()
        if kept is None:
            raise DomainError(_("This file is no longer there."))
        before = {name: getattr(kept, _column(name)) for name in COLUMNS}
        fill(kept, said, on=paris(now).date())
        changed = sorted(name for name in COLUMNS if getattr(kept, _column(name)) != before[name])
        if changed:
            kept.save(update_fields=[*changed, *_MADE_FROM_FACTS])
            record(actor=actor, verb="people.update", subject=kept, now=now, details={"columns": changed})
    return changed


def _column(name: str) -> str:
    return f"{name}_id" if name in {"commune", "reach_through"} else name


def contacted(*, person: Person, on: date) -> None:
    """Note that the person was met or heard of on this day: the two years of their file start again from it."""
    Person.objects.filter(pk=person.pk, last_contact_on__lt=on).update(last_contact_on=on, notified_on=None)
