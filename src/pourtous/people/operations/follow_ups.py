"""A unit follows a person: start, end, hand to another unit, and the note one goes on from."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Role
from pourtous.accounts.models import Unit, User
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.messaging.operations import send_email
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations.persons import check_follow_up, contacted

NOTE_LENGTH = 500


def start_follow_up(
    *, person: Person, unit: Unit, purpose: str, notice_kind: str, notice_on: date, actor: User | None, now: datetime
) -> FollowUp:
    """A unit begins to follow a person, who was told so. DomainError when it does already, for this purpose."""
    today = paris(now).date()
    check_follow_up(unit=unit, purpose=purpose, notice_kind=notice_kind, notice_on=notice_on, today=today)
    made = FollowUp(
        person=person,
        unit=unit,
        purpose=purpose,
        notice_kind=notice_kind,
        notice_on=notice_on,
        started_by=actor,
        started_on=today,
    )
    with transaction.atomic():
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as error:
            raise DomainError(_("This unit follows the person for this already."), field="purpose") from error
        contacted(person=person, on=today)
        record(actor=actor, verb="people.follow", subject=person, now=now, details={"unit": str(unit.pk)})
    return made


def end_follow_up(*, follow_up: FollowUp, actor: User, now: datetime) -> None:
    """The unit no longer follows: it stops seeing the file at once. DomainError when it has ended already."""
    today = paris(now).date()
    with transaction.atomic():
        ended = _running(follow_up, today).update(ended_on=today)
        if not ended:
            raise DomainError(_("This follow-up has ended already."))
        details = {"unit": str(follow_up.unit_id)}
        record(actor=actor, verb="people.end_follow_up", subject=follow_up.person, now=now, details=details)


def resume_follow_up(*, follow_up: FollowUp, actor: User, now: datetime) -> None:
    """Undo an end, on the same day. DomainError later, or when the unit has begun again meanwhile."""
    today = paris(now).date()
    with transaction.atomic():
        try:
            with transaction.atomic():
                resumed = FollowUp.objects.filter(pk=follow_up.pk, ended_on=today).update(ended_on=None)
        except IntegrityError as error:
            raise DomainError(_("This unit follows the person for this already.")) from error
        if not resumed:
            raise DomainError(_("This can only be undone on the same day. Register the follow-up anew."))
        details = {"unit": str(follow_up.unit_id)}
        record(actor=actor, verb="people.resume_follow_up", subject=follow_up.person, now=now, details=details)


def hand_over(
    *, follow_up: FollowUp, unit: Unit, notice_kind: str, notice_on: date, keeps: bool, actor: User, now: datetime
) -> FollowUp:
    """Give a person to another unit, for the same purpose; with `keeps`, one's own goes on too.

    The other unit's managers are told, without a name. Its follow-up when it has one already stays as it is.
    DomainError when that unit may not follow people, or is the same.
    """
    if unit.pk == follow_up.unit_id:
        raise DomainError(_("Choose another unit than your own."), field="unit")
    person, today = follow_up.person, paris(now).date()
    with transaction.atomic():
        given = FollowUp.objects.filter(person=person, unit=unit, purpose=follow_up.purpose, ended_on=None).first()
        if given is None:
            given = start_follow_up(
                person=person,
                unit=unit,
                purpose=follow_up.purpose,
                notice_kind=notice_kind,
                notice_on=notice_on,
                actor=actor,
                now=now,
            )
            _tell_unit(unit, person, now)
        if not keeps:
            _running(follow_up, today).update(ended_on=today)
        details = {"from": str(follow_up.unit_id), "to": str(unit.pk)}
        record(actor=actor, verb="people.hand_over", subject=person, now=now, details=details)
    return given


def _running(follow_up: FollowUp, today: date) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(Q(ended_on=None) | Q(ended_on__gt=today), pk=follow_up.pk)


def _tell_unit(unit: Unit, person: Person, now: datetime) -> None:
    managers = User.objects.filter(memberships__unit=unit, memberships__role=Role.MANAGER, is_active=True)
    for manager in managers.order_by("email"):
        send_email(
            to=manager.email,
            subject=_("Pourtous: a person is given to your unit"),
            text=_("Somebody gave a person to %(unit)s. Sign in, then open the file %(code)s.")
            % {"unit": unit.name, "code": person.code},
            now=now,
            about="people.hand_over",
        )


def write_note(*, follow_up: FollowUp, note: str, actor: User, now: datetime) -> None:
    """What one's unit goes on from next time; nobody else reads it. The journal keeps that it changed, not the words."""
    text = clean(note)
    if len(text) > NOTE_LENGTH:
        raise DomainError(_("This is too long: %(length)s letters at most.") % {"length": NOTE_LENGTH}, field="note")
    with transaction.atomic():
        FollowUp.objects.filter(pk=follow_up.pk).update(note=text)
        follow_up.note = text
        details = {"unit": str(follow_up.unit_id)}
        record(actor=actor, verb="people.write_note", subject=follow_up.person, now=now, details=details)
