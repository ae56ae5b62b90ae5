"""Who waits for an hour without having an appointment, and the hours one may book for them."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS

from pourtous.agenda.enums import Booker, WaitingState
from pourtous.agenda.models import WaitingEntry
from pourtous.agenda.queries.nearby import FreeHour, nearby


def waiting_for_an_hour(now: datetime) -> QuerySet[WaitingEntry]:
    """Those who wait for any hour that suits, the first come first."""
    rows = WaitingEntry.objects.filter(appointment=None, state=WaitingState.WAITING, before__gt=now)
    return rows.select_related("place", "commune").order_by("created_at", "id")


def hours_for(entry: WaitingEntry, now: datetime) -> list[FreeHour]:
    """The nearest free hours on the days that suit; on any day when those have none."""
    commune = entry.commune or (entry.place.commune if entry.place else None)
    return nearby(booker=Booker.DESK, commune=commune, services=entry.services, weekdays=entry.weekdays, now=now)


def days_of(entry: WaitingEntry) -> list[str]:
    """The days that suit, in words; none: any day."""
    return [str(WEEKDAYS[int(day)]) for day in sorted(entry.weekdays)]
