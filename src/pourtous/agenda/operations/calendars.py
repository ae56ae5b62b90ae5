"""Calendars kept elsewhere, read as busy time every quarter of an hour."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.enums import AbsenceKind
from pourtous.agenda.importers.fetching import fetch
from pourtous.agenda.importers.ics import Period, busy_periods
from pourtous.agenda.models import Absence, OutsideCalendar, Resource
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import shorten

log = logging.getLogger(__name__)
MOST = 5
EVERY = timedelta(minutes=15)


def add(*, resource: Resource, url: str, actor: User, now: datetime) -> OutsideCalendar:
    """A calendar to read from now on. DomainError beyond five."""
    with transaction.atomic():
        held = OutsideCalendar.objects.select_for_update().filter(resource=resource)
        if len(held) >= MOST:
            raise DomainError(_("You already have %(count)s calendars. Remove one first.") % {"count": MOST})
        row = OutsideCalendar.objects.create(resource=resource, url=url)
        record(actor=actor, verb="agenda.add_calendar", subject=resource, now=now)
    return row


def remove(*, calendar: OutsideCalendar, actor: User, now: datetime) -> None:
    """Read no more; the busy times it gave go with it."""
    with transaction.atomic():
        calendar.delete()
        record(actor=actor, verb="agenda.remove_calendar", subject=calendar.resource, now=now)


def due(*, now: datetime) -> list[OutsideCalendar]:
    """Those not read for a quarter of an hour."""
    rows = OutsideCalendar.objects.filter(Q(read_at=None) | Q(read_at__lte=now - EVERY), resource__is_active=True)
    return list(rows.select_related("resource").order_by("read_at", "id"))


def read(*, calendar: OutsideCalendar, now: datetime) -> bool:
    """Read one calendar. When it cannot be read, the problem is shown and the busy times of before stay."""
    try:
        periods = busy_periods(fetch(calendar.url), now=now)
    except DomainError as error:
        OutsideCalendar.objects.filter(pk=calendar.pk).update(read_at=now, problem=shorten(str(error), 200))
        return False
    except Exception:
        log.exception("outside calendar %s", calendar.pk)
        words = _("This calendar could not be read.")
        OutsideCalendar.objects.filter(pk=calendar.pk).update(read_at=now, problem=words)
        return False
    _keep(calendar, periods, now)
    return True


def _keep(calendar: OutsideCalendar, periods: list[Period], now: datetime) -> None:
    """The busy times of a calendar become these."""
    with transaction.atomic():
        if not OutsideCalendar.objects.filter(pk=calendar.pk).update(read_at=now, problem=""):
            return  # removed while it was read
        Absence.objects.filter(calendar=calendar).delete()
        Absence.objects.bulk_create(
            Absence(
                resource=calendar.resource, calendar=calendar, kind=AbsenceKind.OUTSIDE, starts_at=begin, ends_at=end
            )
            for begin, end in periods
        )
