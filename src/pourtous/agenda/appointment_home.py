"""Panels of the professional home: the day comes first, then what is to be settled."""

from datetime import timedelta

from django.http import HttpRequest
from django.utils.translation import gettext as _

from pourtous.accounts.home import Panel, panel
from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment
from pourtous.agenda.permissions import USE
from pourtous.agenda.queries import desk, outside
from pourtous.agenda.queries.courses import attendance_to_take
from pourtous.agenda.queries.day import full_name, phone_of, working_day
from pourtous.agenda.rules.occupied_time import day_span, moment_of
from pourtous.kernel import clock
from pourtous.kernel.permissions import can

SHOWN = 3
_LATE = timedelta(days=60)


@panel(order=5)
def today(request: HttpRequest) -> Panel | None:
    """What is still to come today, and what of today waits to be settled."""
    if not can(request.user, USE):
        return None
    now = clock.now()
    rows = working_day(request.user, clock.today())
    unmarked = set(attendance_to_take(request.user, now=now).values_list("code", flat=True)) if rows else set()
    waiting = [row for row in rows if row.ends_at > now or row.state == AppointmentState.BOOKED or row.code in unmarked]
    context = {"rows": waiting, "unmarked": unmarked, "is_over": bool(rows) and not waiting, "now": now}
    return Panel(_("My day"), "agenda/home_today.html", context, len(waiting))


@panel(order=15)
def to_settle(request: HttpRequest) -> Panel | None:
    """Appointments of days before, of which nobody has said what became: those of today are in the day."""
    if not can(request.user, USE):
        return None
    mine = Appointment.objects.filter(
        mediator__user=request.user.pk,
        state=AppointmentState.BOOKED,
        starts_at__lt=moment_of(day_span(clock.today())[0]),
        starts_at__gt=clock.now() - _LATE,
    )
    count = mine.count()
    if not count:
        return None
    rows = mine.select_related("kind", "person").order_by("-starts_at", "id")[:SHOWN]
    context = {"rows": [{"appointment": one, "name": full_name(one)} for one in rows], "more": max(count - SHOWN, 0)}
    return Panel(_("Did they come?"), "agenda/home_settle.html", context, count)


@panel(order=16)
def away(request: HttpRequest) -> Panel | None:
    """People who have an appointment while one is away, or outside one's hours."""
    mine = desk.mediator_of(request.user) if can(request.user, USE) else None
    if mine is None:
        return None
    found = outside.nobody_there(mine, now=clock.now())
    if not found:
        return None
    rows = [{"appointment": one, "name": full_name(one), "phone": phone_of(one)} for one in found[:SHOWN]]
    return Panel(_("Booked while you are away"), "agenda/home_away.html", {"rows": rows}, len(found))


@panel(order=6)
def to_tell(request: HttpRequest) -> Panel | None:
    """People of one's units whose appointment has changed, and whom no message could reach."""
    if not can(request.user, USE):
        return None
    rows = Appointment.objects.filter(
        unit__in=desk.unit_ids(request.user), must_call=True, starts_at__gt=clock.now()
    ).select_related("kind", "person")
    found = [{"appointment": one, "name": full_name(one), "phone": phone_of(one)} for one in rows[:SHOWN]]
    if not found:
        return None
    return Panel(_("To tell in another way"), "agenda/home_away.html", {"rows": found}, len(found))
