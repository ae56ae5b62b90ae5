"""Time: what may be booked, when, and what is booked."""

from pourtous.agenda.models.appointments import Appointment, BookingCode, CallBack, WaitingEntry
from pourtous.agenda.models.courses import Course, CourseRun, OutreachCount, Registration, Session
from pourtous.agenda.models.resources import (
    Absence,
    AppointmentKind,
    Availability,
    Feed,
    OutsideCalendar,
    Resource,
)
from pourtous.agenda.models.ticks import Tick

__all__ = (
    "Absence",
    "Appointment",
    "AppointmentKind",
    "Availability",
    "BookingCode",
    "CallBack",
    "Course",
    "CourseRun",
    "Feed",
    "OutreachCount",
    "OutsideCalendar",
    "Registration",
    "Resource",
    "Session",
    "Tick",
    "WaitingEntry",
)
