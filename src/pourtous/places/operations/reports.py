"""Something is wrong at a place: said by anybody, answered by its manager or the team, forgotten after six months."""

from datetime import datetime, timedelta
from typing import Any

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, clean_lines
from pourtous.messaging.operations import send_email
from pourtous.places.enums import ProblemAbout, ReportState
from pourtous.places.models import Place, ProblemReport
from pourtous.places.rules.moves import reports_before

KEPT_AFTER_ANSWER = timedelta(days=183)
MAX_TEXT = 1000
MAX_CONTACT = 200
# Gentle: a busy place may get several reports, a machine would send hundreds.
MAX_FOR_A_PLACE_AN_HOUR = 6
MAX_AN_HOUR = 120


@transaction.atomic
def report_problem(
    *, place: Place, about: str, now: datetime, text: str = "", contact: str = "", actor: Any | None = None
) -> ProblemReport:
    """Keep what a person says is wrong. The `number` is what they can come back with.

    Raises DomainError (fields `about`, `text`, `contact`) when something is missing, cannot be used, or when too
    many reports came within the hour.
    """
    report = ProblemReport(
        place=place,
        about=_about(about),
        text=_text(text, about),
        contact=_contact(contact),
        received_at=now,
    )
    _refuse_a_flood(place, now)
    report.save(force_insert=True)
    record(actor=actor, verb="places.report_problem", subject=place, now=now, details={"about": report.about})
    return report


def _about(about: str) -> ProblemAbout:
    if about not in ProblemAbout.values:
        raise DomainError(_("Say what is wrong."), field="about")
    return ProblemAbout(about)


def _text(text: str, about: str) -> str:
    kept = clean_lines(text)
    if len(kept) > MAX_TEXT:
        raise DomainError(_("This text is too long. Say it in fewer words."), field="text")
    if about == ProblemAbout.OTHER and not kept:
        raise DomainError(_("Tell us in a few words what is wrong."), field="text")
    return kept


def _contact(contact: str) -> str:
    """An e-mail address or a telephone number, in any clear form, or nothing."""
    kept = clean(contact)
    if not kept or (len(kept) <= MAX_CONTACT and (_is_email(kept) or _is_phone(kept))):
        return kept
    raise DomainError(_("Write a phone number or an e-mail address, so that we can answer you."), field="contact")


def _is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _is_phone(text: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(text, "FR"))
    except phonenumbers.NumberParseException:
        return False


def _refuse_a_flood(place: Place, now: datetime) -> None:
    recent = ProblemReport.objects.filter(received_at__gt=now - timedelta(hours=1))
    if recent.filter(place=place).count() >= MAX_FOR_A_PLACE_AN_HOUR or recent.count() >= MAX_AN_HOUR:
        raise DomainError(_("Many people have just written about this. Try again in an hour, or call us."))


def settle_report(*, report: ProblemReport, answer: str, actor: Any, now: datetime) -> ProblemReport:
    """What was wrong is put right; the answer goes to the person when they left an e-mail address."""
    return _answer(report, ReportState.SETTLED, answer, actor, now)


def dismiss_report(*, report: ProblemReport, answer: str, actor: Any, now: datetime) -> ProblemReport:
    """It was checked, and there is nothing to change; the answer goes like that of `settle_report`."""
    return _answer(report, ReportState.DISMISSED, answer, actor, now)


@transaction.atomic
def _answer(report: ProblemReport, state: ReportState, answer: str, actor: Any, now: datetime) -> ProblemReport:
    words = clean_lines(answer)
    if not words:
        raise DomainError(_("Write an answer: the person wants to know."), field="answer")
    if len(words) > MAX_TEXT:
        raise DomainError(_("This text is too long. Say it in fewer words."), field="answer")
    waiting = ProblemReport.objects.filter(pk=report.pk, state__in=reports_before(state))
    if not waiting.update(state=state, answer=words, settled_at=now, settled_by=actor):
        raise DomainError(_("Somebody has already answered this report."))
    record(actor=actor, verb=f"places.report_{state.value}", subject=report.place, now=now)
    report.refresh_from_db()
    if "@" in report.contact:
        _tell(report, now)
    return report


def _tell(report: ProblemReport, now: datetime) -> None:
    send_email(
        to=report.contact,
        subject=_("Your message about %(place)s") % {"place": report.place.name},
        text=_(
            "Hello,\n\nYou told us that something was wrong at %(place)s (number %(number)s).\n\n%(answer)s\n\n"
            "Thank you for your help.\nThis is an automatic message."
        )
        % {"place": report.place.name, "number": report.number, "answer": report.answer},
        now=now,
        about="places.report_answer",
    )


def purge_reports(*, now: datetime, dry_run: bool = False) -> int:
    """Empty text, contact and answer six months after the answer. Returns how many reports were emptied."""
    old = ProblemReport.objects.filter(settled_at__lt=now - KEPT_AFTER_ANSWER)
    full = old.exclude(text="", contact="", answer="")
    return full.count() if dry_run else full.update(text="", contact="", answer="")
