"""Appointments of a period: how many took place, how many people did not come."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q

from pourtous.activities.queries.figures import FiguresFilter
from pourtous.agenda.enums import AppointmentState
from pourtous.agenda.models import Appointment
from pourtous.kernel.clock import PARIS


@dataclass(frozen=True)
class Meetings:
    """Settled appointments of a period, by what became of them."""

    by_state: dict[str, int]

    def of(self, state: AppointmentState) -> int:
        """How many are in this state."""
        return self.by_state.get(state, 0)

    @property
    def expected(self) -> int:
        """Those where somebody was waited for: honoured or missed."""
        return self.of(AppointmentState.HONOURED) + self.of(AppointmentState.MISSED)


def meetings(wanted: FiguresFilter) -> Meetings:
    """The appointments that start in the period, by state. Units and mediators narrow; what an activity says does not."""
    asked = Q(starts_at__gte=_midnight(wanted.since), starts_at__lt=_midnight(wanted.until))
    if wanted.units is not None:
        asked &= Q(unit__in=wanted.units)
    if wanted.mediators is not None:
        asked &= Q(mediator__user__in=wanted.mediators)
    rows = Appointment.objects.filter(asked).exclude(state=AppointmentState.BOOKED).order_by()
    return Meetings(dict(rows.values_list("state").annotate(count=Count("pk"))))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), PARIS)
