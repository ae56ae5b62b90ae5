"""What a person allows a helper to do: prepared, printed, signed on paper, withdrawn when they wish."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.people.enums import MandateAct, MandateLength
from pourtous.people.models import Mandate, Person
from pourtous.people.rules.mandates import ends_on, holds_number, holds_secret

MOST_PROCEDURES = 12
PROCEDURE_LENGTH = 160
NAME_LENGTH = 120
AHEAD = timedelta(days=365)


def prepare(  # noqa: PLR0913 (what the paper says)
    *,
    person: Person,
    unit: Unit,
    helper_name: str,
    act: str,
    procedures: Sequence[str],
    starts_on: date,
    length: str,
    actor: User,
    now: datetime,
) -> Mandate:
    """A mandate to print; it holds once signed. DomainError for what cannot be, secrets and numbers of people first."""
    if act not in MandateAct.values or length not in MandateLength.values:
        raise DomainError(_("Choose one of the answers."), field="act" if act not in MandateAct.values else "length")
    if not clean(helper_name):
        raise DomainError(_("Name the helper: the person must know who it is."), field="helper_name")
    today = paris(now).date()
    if not today - AHEAD <= starts_on <= today + AHEAD:
        raise DomainError(_("This day is too far away."), field="starts_on")
    with transaction.atomic():
        made = Mandate.objects.create(
            person=person,
            unit=unit,
            helper=actor,
            helper_name=clean(helper_name)[:NAME_LENGTH],
            act=act,
            procedures=_procedures(procedures),  # type: ignore[misc]  # a tuple of terms
            starts_on=starts_on,
            ends_on=ends_on(starts_on, length),
            created_at=now,
        )
        record(actor=actor, verb="people.prepare_mandate", subject=person, now=now, details={"act": act})
    return made


def _procedures(lines: Sequence[str]) -> tuple[str, ...]:
    said = tuple(dict.fromkeys(text for line in lines if (text := clean(line).replace("|", "/"))))
    if not said:
        raise DomainError(_("Say what the helper may do, one procedure a line."), field="procedures")
    if len(said) > MOST_PROCEDURES or any(len(one) > PROCEDURE_LENGTH for one in said):
        raise DomainError(_("This is too long: twelve short lines at most."), field="procedures")
    if any(holds_number(one) for one in said):
        raise DomainError(
            _("No number of the person here: neither social security, nor tax, nor allowance number."),
            field="procedures",
        )
    if any(holds_secret(one) for one in said):
        raise DomainError(_("No password and no identifier here: they stay with the person."), field="procedures")
    return said


def sign(*, mandate: Mandate, on: date, actor: User, now: datetime) -> None:
    """Both have signed the paper on this day."""
    if on > paris(now).date():
        raise DomainError(_("This day is still to come."), field="on")
    with transaction.atomic():
        if not Mandate.objects.filter(pk=mandate.pk, signed_on=None, withdrawn_on=None).update(signed_on=on):
            raise DomainError(_("This mandate is signed or withdrawn already."))
        record(actor=actor, verb="people.sign_mandate", subject=mandate.person, now=now)


def withdraw(*, mandate: Mandate, actor: User, now: datetime) -> None:
    """The person takes back what they allowed; at once, without reason."""
    with transaction.atomic():
        if not Mandate.objects.filter(pk=mandate.pk, withdrawn_on=None).update(withdrawn_on=paris(now).date()):
            raise DomainError(_("This mandate is withdrawn already."))
        record(actor=actor, verb="people.withdraw_mandate", subject=mandate.person, now=now)
