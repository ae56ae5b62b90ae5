"""Hosts ask to take passes; the team decides, with reasons, and the host is told. Nothing is decided by silence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.models import Membership, Organisation
from pourtous.agenda.models import Course
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.messaging.operations import send_email
from pourtous.passes.enums import QUALIFICATION_MOVES, CampaignState, PriceState, QualificationState
from pourtous.passes.models import Campaign, CoursePrice, Qualification

MOST_REASON = 500
_FIRST_OUT = (QualificationState.SUSPENDED, QualificationState.ENDED)


@dataclass(frozen=True)
class HostRequest:
    """What a host says of itself. `courses`: passes a session, by course."""

    answers: dict[str, Any]
    is_public_body: bool = False
    has_charter: bool = False
    courses: Mapping[UUID, int] = field(default_factory=dict)


@transaction.atomic
def ask(
    *, campaign: Campaign, organisation: Organisation, said: HostRequest, actor: Any, now: datetime
) -> Qualification:
    """Ask to take the passes of a campaign, for the first time, after an answer, or again. Once qualified: new courses."""
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state != CampaignState.OPEN:
        raise DomainError(_("This campaign takes no new request."))
    if not said.has_charter:
        raise DomainError(_("Without the charter, nobody can be qualified."), field="charter")
    if not said.courses:
        raise DomainError(_("Give the passes of one course at least."))
    one = Qualification.objects.filter(campaign=campaign, organisation=organisation).first()
    one = one or Qualification(campaign=campaign, organisation=organisation, asked_at=now)
    state = QualificationState(one.state)
    if QualificationState.ASKED in QUALIFICATION_MOVES[state]:
        one.state, one.reason, one.asked_at = QualificationState.ASKED, "", now
    elif state == QualificationState.SUSPENDED:
        raise DomainError(_("You are suspended: write to the team."))
    one.answers, one.is_public_body = said.answers, said.is_public_body
    one.charter_on, one.charter_by = paris(now).date(), actor
    one.save()
    _price(one, said.courses)
    record(actor=actor, verb="passes.ask_host", subject=one, now=now)
    return one


def _price(one: Qualification, courses: Mapping[UUID, int]) -> None:
    """New courses and new prices wait for the team; an accepted price that stays the same stays accepted."""
    own = Course.objects.filter(pk__in=courses, unit__organisation=one.organisation_id)
    if own.count() != len(courses):
        raise DomainError(_("One of these courses is not yours."))
    for course, passes in courses.items():
        price = CoursePrice.objects.filter(qualification=one, course=course).first()
        if price is None:
            CoursePrice.objects.create(qualification=one, course_id=course, passes=passes)
        elif price.passes != passes or price.state == PriceState.REFUSED:
            CoursePrice.objects.filter(pk=price.pk).update(passes=passes, state=PriceState.ASKED, reason="")


@transaction.atomic
def decide(
    *,
    host: Qualification,
    state: QualificationState,
    reason: str = "",
    day: date | None = None,
    until: date | None = None,
    actor: Any,
    now: datetime,
) -> None:
    """Qualify (from `day`, until before `until`), ask for more, refuse, suspend or end (`day`: first day out).

    A reason is needed for all but a qualification. The courses asked for are accepted with it. The host is told.
    """
    reason = _reason(reason, needed=state != QualificationState.QUALIFIED)
    day = day or paris(now).date()
    if until is not None and until <= day:
        raise DomainError(_("It ends before it begins."), field="until")
    columns: dict[str, Any] = {"decided_at": now, "decided_by": actor, "reason": reason}
    if state == QualificationState.QUALIFIED:
        columns |= {"valid_from": day, "valid_until": until}
    if state in _FIRST_OUT:
        columns["valid_until"] = day
    origins = [old for old, new in QUALIFICATION_MOVES.items() if state in new]
    if not Qualification.objects.filter(pk=host.pk, state__in=origins).update(state=state, **columns):
        raise DomainError(_("Somebody has decided about this host meanwhile. Look at it again."))
    host.refresh_from_db()
    if state == QualificationState.QUALIFIED:
        CoursePrice.objects.filter(qualification=host, state=PriceState.ASKED).update(state=PriceState.ACCEPTED)
    record(actor=actor, verb="passes.decide_host", subject=host, now=now, details={"state": state.value})
    _tell(host, now)


@transaction.atomic
def renew(*, host: Qualification, until: date | None, reason: str = "", actor: Any, now: datetime) -> None:
    """Another end for a qualification in force; None: no end but the campaign's."""
    if until is not None and until <= paris(now).date():
        raise DomainError(_("Choose a day to come: to end it today, end it."), field="until")
    live = Qualification.objects.filter(pk=host.pk, state=QualificationState.QUALIFIED)
    if not live.update(valid_until=until, decided_at=now, decided_by=actor, reason=_reason(reason, needed=False)):
        raise DomainError(_("Somebody has decided about this host meanwhile. Look at it again."))
    host.refresh_from_db()
    record(actor=actor, verb="passes.renew_host", subject=host, now=now)
    _tell(host, now)


@transaction.atomic
def decide_price(*, price: CoursePrice, is_accepted: bool, reason: str, actor: Any, now: datetime) -> None:
    """Accept or refuse a course at its price, also one accepted before."""
    reason = _reason(reason, needed=not is_accepted)[:300]
    state = PriceState.ACCEPTED if is_accepted else PriceState.REFUSED
    asked = CoursePrice.objects.filter(pk=price.pk, passes=price.passes).exclude(state=state)
    if not asked.update(state=state, reason=reason):
        raise DomainError(_("This price has changed meanwhile. Look at it again."))
    details = {"course": str(price.course_id), "state": state.value}
    record(actor=actor, verb="passes.decide_price", subject=price.qualification, now=now, details=details)


def _reason(text: str, *, needed: bool) -> str:
    reason = " ".join(text.split())[:MOST_REASON]
    if needed and not reason:
        raise DomainError(_("Write why: the host reads it."), field="reason")
    return reason


def managers_of(organisation_id: UUID) -> list[str]:
    """E-mail addresses of those who answer for a host."""
    posts = Membership.objects.filter(
        unit__organisation=organisation_id, unit__is_active=True, role=Role.MANAGER, user__is_active=True
    ).select_related("unit", "user")
    return sorted({post.user.email for post in posts if Capability.HOST in post.unit.capabilities})


def _tell(host: Qualification, now: datetime) -> None:
    words = {
        "host": host.organisation.name,
        "campaign": host.campaign.name,
        "state": host.get_state_display(),
        "reason": _("Why: %(reason)s\n\n") % {"reason": host.reason} if host.reason else "",
        "link": f"{settings.PUBLIC_URL}{reverse('host', args=(host.pk,))}",
    }
    for address in managers_of(host.organisation_id):
        send_email(
            to=address,
            subject=_("Passes: %(host)s, %(state)s") % words,
            text=_("Hello,\n\n%(host)s, campaign “%(campaign)s”: %(state)s.\n\n%(reason)sSee it here: %(link)s")
            % words,
            now=now,
            about="passes.host",
            key=f"passes.host:{host.pk}",
        )
