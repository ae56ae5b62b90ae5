"""Criteria: "checked by P on D, valid until E". A new check is a new row; no document, no amount, ever."""

from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import CriterionKind
from pourtous.people.models import Criterion, Person
from pourtous.people.operations.persons import contacted
from pourtous.people.rules.validity import default_end


def check_criteria(
    *,
    person: Person,
    kinds: Iterable[str],
    unit: Unit,
    actor: User | None,
    now: datetime,
    checked_on: date | None = None,
    valid_until: date | None = None,
) -> list[Criterion]:
    """Note that these criteria were checked; a kind already there is renewed by the new row.

    Without `valid_until`, each lasts as the settings say. DomainError when nothing is chosen or a date cannot be.
    """
    today = paris(now).date()
    day = checked_on or today
    wanted = [kind for kind in CriterionKind.values if kind in set(kinds)]
    if not wanted:
        raise DomainError(_("Choose at least one answer."), field="kinds")
    if day > today:
        raise DomainError(_("This day is still to come."), field="checked_on")
    if valid_until is not None and valid_until <= day:
        raise DomainError(_("The end comes before the check."), field="valid_until")
    with transaction.atomic():
        made = [
            Criterion(
                person=person,
                kind=kind,
                checked_by=actor,
                unit=unit,
                checked_on=day,
                valid_until=valid_until or default_end(kind, day, settings.PEOPLE_CRITERIA_MONTHS),
            )
            for kind in wanted
        ]
        Criterion.objects.bulk_create(made)
        contacted(person=person, on=day)
        record(actor=actor, verb="people.check", subject=person, now=now, details={"count": len(made)})
    return made


def withdraw_criterion(*, criterion: Criterion, actor: User, now: datetime) -> None:
    """The criterion no longer holds, from today on, whoever checked it. DomainError when it was withdrawn already."""
    today = paris(now).date()
    with transaction.atomic():
        same = Criterion.objects.filter(person=criterion.person_id, kind=criterion.kind, withdrawn_on=None)
        if not same.update(withdrawn_on=today):
            raise DomainError(_("This criterion was withdrawn already."))
        record(actor=actor, verb="people.withdraw", subject=criterion.person, now=now)


def restore_criterion(*, criterion: Criterion, actor: User, now: datetime) -> None:
    """Undo a withdrawal of the same day. DomainError later."""
    today = paris(now).date()
    with transaction.atomic():
        if not Criterion.objects.filter(pk=criterion.pk, withdrawn_on=today).update(withdrawn_on=None):
            raise DomainError(_("This can only be undone on the same day. Check the criterion again."))
        record(actor=actor, verb="people.check", subject=criterion.person, now=now, details={"count": 1})
