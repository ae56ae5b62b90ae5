"""Writing in the register of agreements: record, correct, end early. Nothing is ever deleted."""

from dataclasses import astuple, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.enums import AgreementKind
from pourtous.accounts.models import Agreement, Organisation, User
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.runtime import files
from pourtous.runtime.models import StoredFile

LIMIT = 10 << 20  # bytes of a signed document
_EVIDENCE_DAYS = 5 * 365 + 2  # after the end: civil code, article 2224
_NO_END_DAYS = 100 * 365
_REPLACED_DAYS = 30
_LENGTHS = {"reference": 80, "note": 500}
_REASON_LENGTH = 300


@dataclass(frozen=True)
class AgreementFacts:
    """What is said of an agreement. `ends_on`: the first day on which it no longer counts."""

    kind: str
    signed_on: date
    starts_on: date
    ends_on: date | None = None
    reference: str = ""
    note: str = ""


def record_agreement(
    *, organisation: Organisation, facts: AgreementFacts, document: UploadedFile[Any] | None, actor: User, now: datetime
) -> Agreement:
    """A new agreement of an organisation. DomainError when its dates or its document cannot be."""
    _check(facts, paris(now).date())
    agreement = Agreement(organisation=organisation, recorded_at=now)
    _fill(agreement, facts)
    stored = _store(document, agreement, actor, now)
    with transaction.atomic():
        agreement.document = stored
        agreement.save()
        details = {"organisation": organisation.name, "kind": agreement.kind}
        record(actor=actor, verb="accounts.record_agreement", subject=agreement, now=now, details=details)
    return agreement


def correct_agreement(
    *, agreement: Agreement, facts: AgreementFacts, document: UploadedFile[Any] | None, actor: User, now: datetime
) -> None:
    """Correct what was recorded; a new document takes the place of the old one. Refused once ended early."""
    _check(facts, paris(now).date())
    before = {column: getattr(agreement, column) for column in _COLUMNS}
    _fill(agreement, facts)
    changed = [column for column in _COLUMNS if getattr(agreement, column) != before[column]]
    stored, old = _store(document, agreement, actor, now), agreement.document
    with transaction.atomic():
        values = {column: getattr(agreement, column) for column in _COLUMNS}
        if not Agreement.objects.filter(pk=agreement.pk, ended_on=None).update(**values):
            raise _already_ended()
        if stored:
            Agreement.objects.filter(pk=agreement.pk).update(document=stored)
            changed.append("document")
        if old:
            files.keep_until(old, _purge_day(agreement, now) if not stored else _replaced_day(now))
        details = {"changed": changed}
        record(actor=actor, verb="accounts.correct_agreement", subject=agreement, now=now, details=details)


def end_agreement(*, agreement: Agreement, ended_on: date, reason: str, actor: User, now: datetime) -> None:
    """End an agreement before its time: from this day on it no longer counts. DomainError when it was, or cannot be."""
    reason = clean(reason)
    if not reason:
        raise DomainError(_("Say why it ends."), field="reason")
    if len(reason) > _REASON_LENGTH:
        raise DomainError(_("This is too long: %(most)s letters at most.") % {"most": _REASON_LENGTH}, field="reason")
    if ended_on < agreement.starts_on:
        raise DomainError(_("It cannot end before it starts."), field="ended_on")
    if agreement.ends_on is not None and ended_on >= agreement.ends_on:
        raise DomainError(_("It ends before this day anyway."), field="ended_on")
    with transaction.atomic():
        still = Agreement.objects.filter(pk=agreement.pk, ended_on=None)
        if not still.update(ended_on=ended_on, end_reason=reason):
            raise _already_ended()
        agreement.ended_on, agreement.end_reason = ended_on, reason
        if agreement.document:
            files.keep_until(agreement.document, _purge_day(agreement, now))
        details = {"ended_on": ended_on.isoformat()}
        record(actor=actor, verb="accounts.end_agreement", subject=agreement, now=now, details=details)


_COLUMNS = [field.name for field in fields(AgreementFacts)]


def _fill(agreement: Agreement, facts: AgreementFacts) -> None:
    for column, value in zip(_COLUMNS, astuple(facts), strict=True):
        setattr(agreement, column, clean(value) if column in _LENGTHS else value)


def _check(facts: AgreementFacts, today: date) -> None:
    if facts.kind not in AgreementKind.values:
        raise DomainError(_("Choose one of the answers."), field="kind")
    if facts.signed_on > today:
        raise DomainError(_("An agreement is recorded once it is signed."), field="signed_on")
    if facts.ends_on is not None and facts.ends_on <= facts.starts_on:
        raise DomainError(_("It cannot end before it starts."), field="ends_on")
    for column, most in _LENGTHS.items():
        if len(clean(getattr(facts, column))) > most:
            raise DomainError(_("This is too long: %(most)s letters at most.") % {"most": most}, field=column)


def _already_ended() -> DomainError:
    return DomainError(_("This agreement has already been ended."))


def _store(document: UploadedFile[Any] | None, agreement: Agreement, actor: User, now: datetime) -> StoredFile | None:
    if document is None:
        return None
    if not document.size:
        raise DomainError(_("This file is empty."), field="document")
    if document.size > LIMIT:
        raise DomainError(_("This file is too big. The limit is %(mb)s MB.") % {"mb": LIMIT >> 20}, field="document")
    start = document.read(5)
    document.seek(0)
    if start != b"%PDF-":
        raise DomainError(_("This file is not a PDF. Scan or save the signed paper as PDF."), field="document")
    keep_days = (_purge_day(agreement, now) - paris(now).date()).days
    return files.store(
        name=document.name or "", content=document.chunks(), actor=actor, now=now, keep_days=max(keep_days, 1)
    )


def _purge_day(agreement: Agreement, now: datetime) -> date:
    """When its document goes: five years after its end; without end, when nobody will need it."""
    until = agreement.term.counts_until
    return until + timedelta(days=_EVIDENCE_DAYS) if until else paris(now).date() + timedelta(days=_NO_END_DAYS)


def _replaced_day(now: datetime) -> date:
    return paris(now).date() + timedelta(days=_REPLACED_DAYS)
