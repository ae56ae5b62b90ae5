"""Sessions: planned as a run, changed or moved one by one, cancelled with a reason that is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.agenda.enums import Format, RegistrationState, ResourceKind, SessionState
from pourtous.agenda.events import SessionCancelled
from pourtous.agenda.models import Course, CourseRun, Registration, Resource, Session
from pourtous.agenda.operations import double_booking, telling
from pourtous.agenda.operations.seats import REGISTERED, WAITING, all_locked, locked, promote
from pourtous.agenda.rules.runs import MAX_DATES, Meeting
from pourtous.agenda.rules.wording import when
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.events import publish
from pourtous.kernel.text import clean
from pourtous.places.models import Place
from pourtous.territories.models import Commune

MOST_SEATS = 500
_MAX_WHERE = 200


@dataclass(frozen=True)
class Venue:
    """Where: a place of the directory, or in words with its commune (a market, a hall lent for a day)."""

    place: Place | None = None
    where: str = ""
    commune: Commune | None = None


@dataclass(frozen=True)
class Means:
    """Who runs it, in which room, for how many; `is_open`: the public may register."""

    seats: int
    mediators: tuple[Resource, ...] = ()
    room: Resource | None = None
    is_open: bool = True

    @property
    def resources(self) -> list[Resource]:
        """All that is taken while it lasts."""
        return [*self.mediators, *([self.room] if self.room else [])]


@transaction.atomic
def plan_run(
    *, course: Course, meetings: Collection[Meeting], venue: Venue, means: Means, actor: Any, now: datetime
) -> CourseRun:
    """The course held once: its sessions, with mediators and room taken for each, or nothing at all.

    Raises DomainError (fields `seats`, `where`, `commune`); when somebody is taken already, the sentence names the date.
    """
    if not meetings:
        raise DomainError(_("No date is left. Change the days, or keep the holidays."), field="first")
    if len(meetings) > MAX_DATES:
        raise DomainError(_("At most %(most)s sessions at once.") % {"most": MAX_DATES}, field="count")
    _check(course, venue, means)
    run = CourseRun.objects.create(
        course=course, created_by=actor if actor is not None and actor.pk else None, created_at=now
    )
    for number, meeting in enumerate(sorted(meetings, key=lambda one: one.starts_at), start=1):
        _plan(run, number, meeting, venue, means)
    record(actor=actor, verb="agenda.plan_run", subject=course, now=now, details={"sessions": len(meetings)})
    return run


def _plan(run: CourseRun, number: int, meeting: Meeting, venue: Venue, means: Means) -> Session:
    session = Session.objects.create(
        run=run,
        course=run.course,
        unit=run.course.unit,
        number=number,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        place=venue.place,
        where="" if venue.place else clean(venue.where),
        commune=(venue.place.commune if venue.place else venue.commune),
        room=means.room,
        seats=0 if run.course.format == Format.OUTREACH else means.seats,
        is_open=means.is_open,
    )
    session.mediators.set(means.mediators)
    _take(session, means)
    return session


def _take(session: Session, means: Means) -> None:
    try:
        double_booking.take(
            resources=means.resources, starts_at=session.starts_at, ends_at=session.ends_at, session=session
        )
    except double_booking.SlotTaken as error:
        raise DomainError(
            _("Somebody or the room is already taken on %(when)s. Choose another hour, or somebody else.")
            % {"when": when(session.starts_at, session.ends_at)}
        ) from error


def _check(course: Course, venue: Venue, means: Means) -> None:
    if venue.place is None and not clean(venue.where):
        raise DomainError(_("Choose a place, or write where it is."), field="where")
    if len(venue.where) > _MAX_WHERE:
        raise DomainError(_("Write where it is in fewer words."), field="where")
    if venue.place is None and venue.commune is None:
        raise DomainError(_("Write in which commune it is: people look for what is near."), field="commune")
    if course.format != Format.OUTREACH and not 1 <= means.seats <= MOST_SEATS:
        raise DomainError(
            _("Write a number from %(least)s to %(most)s.") % {"least": 1, "most": MOST_SEATS}, field="seats"
        )
    if any(one.kind != ResourceKind.MEDIATOR for one in means.mediators):
        raise DomainError(_("Choose people as mediators."), field="mediators")


@transaction.atomic
def edit_session(
    *, session: Session, meeting: Meeting, venue: Venue, means: Means, actor: Any, now: datetime
) -> Session:
    """Change one session. Those who registered are told when its date, hour or place changes.

    Seats never go below those taken; more seats go to those who wait. Raises DomainError.
    """
    session = locked(session)
    if session.state != SessionState.PLANNED:
        raise DomainError(_("This session is held or cancelled: nothing can be changed any more."))
    if meeting.ends_at <= meeting.starts_at:
        raise DomainError(_("A session ends after it starts."), field="starts")
    _check(session.course, venue, means)
    before = (session.starts_at, session.place_id, session.where)
    session.starts_at, session.ends_at = meeting.starts_at, meeting.ends_at
    session.place, session.where = venue.place, "" if venue.place else clean(venue.where)
    session.commune = venue.place.commune if venue.place else venue.commune
    session.room, session.is_open = means.room, means.is_open
    has_moved = before != (session.starts_at, session.place_id, session.where)
    session.sequence += 1
    session.save(update_fields=["starts_at", "ends_at", "place", "where", "commune", "room", "is_open", "sequence"])
    session.mediators.set(means.mediators)
    double_booking.free(session=session)
    _take(session, means)
    _set_seats(session, means.seats)
    if has_moved:
        _begin_reminders_again(session)
        telling.tell_moved(_counting(session), now=now)
    promote(session, now)
    record(actor=actor, verb="agenda.edit_session", subject=session, now=now, details={"moved": has_moved})
    session.refresh_from_db()
    return session


def _begin_reminders_again(session: Session) -> None:
    Registration.objects.filter(session=session).update(reminded_at=None)


def _set_seats(session: Session, seats: int) -> None:
    """A guarded UPDATE: never below the seats taken."""
    if session.course.format == Format.OUTREACH:
        return
    if not Session.objects.filter(pk=session.pk, registered__lte=seats).update(seats=seats):
        raise DomainError(
            _("%(n)s people have a seat already: there cannot be fewer seats.") % {"n": session.registered},
            field="seats",
        )


def _counting(session: Session) -> list[Registration]:
    rows = Registration.objects.filter(session=session, state__in=(REGISTERED, WAITING))
    related = ("session__course", "session__place", "session__commune", "person")
    return list(rows.select_related(*related).order_by("rank"))


@transaction.atomic
def cancel_session(*, session: Session, reason: str, actor: Any, now: datetime) -> int:
    """The session will not take place: everybody who has a seat or waits is told why. Returns how many could be told.

    Its mediators and room are free again. Cancelling twice does no harm.
    """
    session = locked(session)
    if session.state == SessionState.CANCELLED:
        return 0
    return _cancel(session, _reason(reason), actor, now)


@transaction.atomic
def cancel_run(*, run: CourseRun, reason: str, actor: Any, now: datetime) -> int:
    """All the sessions of a run that are still to come. Returns how many people could be told, each session counted."""
    why = _reason(reason)
    coming = all_locked(run.sessions.filter(state=SessionState.PLANNED, starts_at__gt=now))
    return sum(_cancel(session, why, actor, now) for session in coming)


def _reason(reason: str) -> str:
    why = clean(reason)
    if not why:
        raise DomainError(_("Say why in a few words: people will read it."), field="reason")
    if len(why) > _MAX_WHERE:
        raise DomainError(_("Say it in fewer words."), field="reason")
    return why


def _cancel(session: Session, reason: str, actor: Any, now: datetime) -> int:
    if session.state == SessionState.HELD:
        raise DomainError(_("This session has been held: it cannot be cancelled."))
    rows = _counting(session)
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=RegistrationState.CANCELLED, state_changed_at=now
    )
    Session.objects.filter(pk=session.pk).update(
        state=SessionState.CANCELLED, reason=reason, registered=0, sequence=session.sequence + 1
    )
    double_booking.free(session=session)
    told = telling.tell_cancelled(rows, reason, now=now) if session.starts_at > now else 0
    identities = tuple(row.pk for row in rows)
    publish(SessionCancelled(session_id=session.pk, registration_ids=identities, at=now))
    record(actor=actor, verb="agenda.cancel_session", subject=session, now=now, details={"told": told})
    return told
