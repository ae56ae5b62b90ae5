"""Where a host is paid: checked, sealed, and seen by a second person before a cent goes there."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError

from pourtous.accounts.models import Organisation
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.messaging.operations import send_email
from pourtous.passes.enums import BankState
from pourtous.passes.models import BankDetails
from pourtous.passes.operations.hosts import managers_of
from pourtous.passes.sealing import seal
from pourtous.runtime import files

LIMIT = 10 << 20  # bytes of a proof
_KEPT_DAYS = 3653  # ten years: accounting evidence
_STARTS = (b"%PDF-", b"\xff\xd8\xff", b"\x89PNG")


def propose(
    *,
    organisation: Organisation,
    holder: str,
    iban: str,
    bic: str,
    proof: UploadedFile[Any] | None,
    actor: Any,
    now: datetime,
) -> BankDetails:
    """Give bank details, or change them: they wait for a second person. Others that waited are replaced.

    DomainError when the IBAN, the BIC or the proof cannot be. What was accepted is paid to until the new ones are.
    """
    number, code = _iban(iban), _bic(bic)
    _check_proof(proof)
    stored = files.store(
        name=proof.name or "", content=proof.chunks(), actor=actor, now=now, keep_days=_KEPT_DAYS
    ) if proof else None  # fmt: skip
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        waiting = BankDetails.objects.filter(organisation=organisation, state=BankState.WAITING)
        waiting.update(state=BankState.REPLACED, decided_at=now)
        made = BankDetails.objects.create(
            organisation=organisation,
            holder=" ".join(holder.split())[:140],
            iban_sealed=seal(number.encode()).decode(),
            iban_end=number[-4:],
            bic=code,
            proof=stored,
            proposed_by=actor,
            proposed_at=now,
        )
        record(actor=actor, verb="passes.propose_bank", subject=made, now=now)
    return made


def _iban(text: str) -> str:
    try:
        return str(stdnum_iban.validate(text))
    except ValidationError as error:
        raise DomainError(_("This IBAN is not right. Copy it again from the bank’s paper."), field="iban") from error


def _bic(text: str) -> str:
    try:
        return str(stdnum_bic.validate(text)) if text.strip() else ""
    except ValidationError as error:
        raise DomainError(_("This BIC is not right. Copy it again, or leave it empty."), field="bic") from error


def _check_proof(proof: UploadedFile[Any] | None) -> None:
    if proof is None or not proof.size:
        raise DomainError(_("Add the paper of the bank: without it nobody can check."), field="proof")
    if proof.size > LIMIT:
        raise DomainError(_("This file is too big. The limit is %(mb)s MB.") % {"mb": LIMIT >> 20}, field="proof")
    start = proof.read(5)
    proof.seek(0)
    if not start.startswith(_STARTS):
        raise DomainError(_("Send a PDF or a photo (JPEG, PNG)."), field="proof")


@transaction.atomic
def decide_bank(*, details: BankDetails, is_accepted: bool, reason: str, actor: Any, now: datetime) -> None:
    """Accept or refuse, by somebody who did not give them. What was accepted before is replaced; the host is told."""
    if details.proposed_by_id is not None and details.proposed_by_id == actor.pk:
        raise DomainError(_("Who gave bank details does not accept them: a second person must."))
    reason = " ".join(reason.split())[:300]
    if not is_accepted and not reason:
        raise DomainError(_("Write why: the host reads it."), field="reason")
    Organisation.objects.select_for_update().get(pk=details.organisation_id)
    waiting = BankDetails.objects.filter(pk=details.pk, state=BankState.WAITING)
    if not waiting.exists():
        raise DomainError(_("Somebody has already decided about these bank details."))
    if is_accepted:
        accepted = BankDetails.objects.filter(organisation=details.organisation_id, state=BankState.ACCEPTED)
        accepted.update(state=BankState.REPLACED)
    state = BankState.ACCEPTED if is_accepted else BankState.REFUSED
    waiting.update(state=state, decided_by=actor, decided_at=now, reason=reason)
    record(actor=actor, verb="passes.decide_bank", subject=details, now=now, details={"state": state.value})
    _tell(details, is_accepted=is_accepted, reason=reason, now=now)


def _tell(details: BankDetails, *, is_accepted: bool, reason: str, now: datetime) -> None:
    """Write to those who answer for the host: a change that they did not ask for is seen by them too."""
    words = {
        "host": details.organisation.name,
        "end": details.iban_end,
        "reason": reason,
        "link": f"{settings.PUBLIC_URL}{reverse('host-accounts', args=(details.organisation_id,))}",
    }
    subject, text = _accepted() if is_accepted else _refused()
    for address in managers_of(details.organisation_id):
        send_email(
            to=address,
            subject=subject % words,
            text=text % words,
            now=now,
            about="passes.bank",
            key=f"passes.bank:{details.pk}",
        )


def _accepted() -> tuple[str, str]:
    return _("Passes: bank details of %(host)s accepted"), _(
        "Hello,\n\nThe bank details of %(host)s that end with %(end)s are accepted. The next payments go there.\n\n"
        "You did not ask for this change? Call us at once.\n\nSee it here: %(link)s"
    )


def _refused() -> tuple[str, str]:
    return _("Passes: bank details of %(host)s refused"), _(
        "Hello,\n\nThe bank details of %(host)s that end with %(end)s are refused.\n\nWhy: %(reason)s\n\n"
        "Nothing is paid to this account. Give other bank details here: %(link)s"
    )
