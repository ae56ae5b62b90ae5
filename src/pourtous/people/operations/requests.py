"""Requests of people about their data: received, extended once, answered with reasons."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, clean_lines
from pourtous.messaging.operations import send_letter
from pourtous.people.contacts import contact_of
from pourtous.people.enums import RequestKind, RequestState
from pourtous.people.models import FollowUp, Person, RightsRequest
from pourtous.people.operations.erasure import anonymise
from pourtous.people.own_holdings import ANSWER
from pourtous.people.rules.deadlines import due_on, months_after
from pourtous.ui.format import date_in_full

MOST_TEXT = 3000
IDENTITY_LENGTH = 120
KEPT_YEARS = 3
ANSWERS = (RequestState.ACCEPTED, RequestState.PARTLY, RequestState.REFUSED)


def receive(
    *,
    person: Person | None,
    kind: str,
    words: str,
    identity_checked: str,
    received_on: date,
    unit_id: UUID | None,
    actor: User,
    now: datetime,
) -> RightsRequest:
    """A request as it came in, by whatever way. `person` is None when no file was found: it is answered all the same."""
    if kind not in RequestKind.values:
        raise DomainError(_("Choose one of the answers."), field="kind")
    if received_on > paris(now).date():
        raise DomainError(_("This day is still to come."), field="received_on")
    with transaction.atomic():
        request = RightsRequest.objects.create(
            person=person,
            kind=kind,
            words=_text(words, "words"),
            identity_checked=clean(identity_checked)[:IDENTITY_LENGTH],
            received_by=actor,
            unit_id=unit_id,
            received_on=received_on,
            due_on=due_on(received_on),
        )
        record(actor=actor, verb="people.receive_request", subject=request, now=now, details={"kind": kind})
    return request


def _text(text: str, field: str, *, required: str = "") -> str:
    shaped = clean_lines(text)
    if len(shaped) > MOST_TEXT:
        raise DomainError(_("This text is too long. Say it in fewer words."), field=field)
    if required and not shaped:
        raise DomainError(required, field=field)
    return shaped


def extend(*, request: RightsRequest, reason: str, actor: User, now: datetime) -> RightsRequest:
    """Two months more, once, within the first month, when the person is told why (GDPR article 12.3)."""
    words = _text(reason, "reason", required=_("Say why more time is needed: the person must be told."))
    today = paris(now).date()
    with transaction.atomic():
        moved = RightsRequest.objects.filter(
            pk=request.pk, state=RequestState.OPEN, extended_on=None, due_on__gte=today
        ).update(extended_on=today, extension_reason=words, due_on=due_on(request.received_on, extended=True))
        if not moved:
            raise DomainError(_("This request is answered, was extended before, or its month is over."))
        record(actor=actor, verb="people.extend_request", subject=request, now=now)
        request.refresh_from_db()
    return request


def answer(
    *, request: RightsRequest, state: str, words: str, by_letter: bool = False, actor: User, now: datetime
) -> RightsRequest:
    """Answer with reasons. An accepted erasure empties the file, an accepted objection ends all follow-ups.

    DomainError when reasons are missing, when it was answered before, or when a letter has no address to go to.
    """
    if state not in ANSWERS:
        raise DomainError(_("Choose one of the answers."), field="state")
    reasons = _text(words, "words", required=_("Write your reasons: the person has a right to them."))
    with transaction.atomic():
        moved = RightsRequest.objects.filter(pk=request.pk, state=RequestState.OPEN).update(
            state=state,
            answer=reasons,
            answered_by=actor,
            answered_on=paris(now).date(),
            answered_by_letter=by_letter,
        )
        if not moved:
            raise DomainError(_("Somebody has already answered this request."))
        request.refresh_from_db()
        if by_letter:
            _write(request, now)
        if state == RequestState.ACCEPTED:
            _carry_out(request, actor, now)
        details = {"state": state, "kind": request.kind}
        record(actor=actor, verb="people.answer_request", subject=request, now=now, details=details)
    return request


def _write(request: RightsRequest, now: datetime) -> None:
    if request.person is None or not request.person.postal_address:
        raise DomainError(_("There is no postal address in this file. Print the answer, then hand it over."))
    send_letter(
        address=contact_of(request.person).postal_lines,
        subject=_("Your request %(number)s about your data") % {"number": request.number},
        text=answer_text(request),
        now=now,
        about=ANSWER,
    )


def answer_text(request: RightsRequest) -> str:
    """The answer as a letter says it."""
    return _(
        "Hello,\n\nOn %(day)s you made a request about your data (number %(number)s): “%(kind)s”.\n\n"
        "Our answer: %(state)s.\n\n%(answer)s\n\nYou do not agree? Write to us: %(officer)s\n"
        "You may also complain to the CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07."
    ) % {
        "day": date_in_full(request.received_on),
        "number": request.number,
        "kind": request.get_kind_display(),
        "state": request.get_state_display().lower(),
        "answer": request.answer,
        "officer": settings.TERRITORY["data_protection_officer"] or settings.TERRITORY["publisher"],
    }


def _carry_out(request: RightsRequest, actor: User, now: datetime) -> None:
    if request.person is None:
        return
    if request.kind == RequestKind.ERASURE:
        anonymise(person=request.person, reason="erasure", actor=actor, now=now)
    elif request.kind == RequestKind.OBJECTION:
        today = paris(now).date()
        FollowUp.objects.filter(person=request.person, ended_on=None).update(ended_on=today)


def forget_old(*, now: datetime, dry_run: bool = False) -> int:
    """Delete the requests answered three years ago. Returns how many."""
    before = months_after(paris(now).date(), -12 * KEPT_YEARS)
    old = RightsRequest.objects.exclude(state=RequestState.OPEN).filter(answered_on__lt=before)
    return old.count() if dry_run else old.delete()[0]
