"""Closed lists of the agenda."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResourceKind(TextChoices):
    """What can be in one place at a time."""

    MEDIATOR = "mediator", _("Mediator")
    ROOM = "room", _("Room")
    VEHICLE = "vehicle", _("Vehicle")


class Mode(TextChoices):
    """How people meet."""

    PLACE = "place", _("At a place")
    HOME = "home", _("At home")
    PHONE = "phone", _("By phone")


class Booker(TextChoices):
    """Who may book, or booked."""

    PUBLIC = "public", _("The public")
    PRESCRIBER = "prescriber", _("Prescribers")
    COLLEAGUE = "colleague", _("Colleagues")
    DESK = "desk", _("The phone desk")


class AppointmentState(TextChoices):
    """What has become of an appointment. Held: its hour is kept a few minutes, until a code is typed."""

    HELD = "held", _("Waits for its code")
    BOOKED = "booked", _("Booked")
    HONOURED = "honoured", _("Took place")
    MISSED = "missed", _("The person did not come")
    CANCELLED_BY_PERSON = "cancelled_by_person", _("Cancelled by the person")
    CANCELLED_BY_US = "cancelled_by_us", _("Cancelled by us")


APPOINTMENT_MOVES: dict[AppointmentState, frozenset[AppointmentState]] = {
    AppointmentState.HELD: frozenset({AppointmentState.BOOKED}),
    AppointmentState.BOOKED: frozenset(
        {
            AppointmentState.HONOURED,
            AppointmentState.MISSED,
            AppointmentState.CANCELLED_BY_PERSON,
            AppointmentState.CANCELLED_BY_US,
        }
    ),
    # A slip of the finger is put right.
    AppointmentState.HONOURED: frozenset({AppointmentState.MISSED, AppointmentState.BOOKED}),
    AppointmentState.MISSED: frozenset({AppointmentState.HONOURED, AppointmentState.BOOKED}),
    AppointmentState.CANCELLED_BY_PERSON: frozenset(),
    AppointmentState.CANCELLED_BY_US: frozenset(),
}


class AbsenceKind(TextChoices):
    """Why a resource cannot be booked."""

    LEAVE = "leave", _("Leave")
    TRAINING = "training", _("Training")
    MEETING = "meeting", _("Meeting")
    OUTSIDE = "outside", _("Busy in another calendar")
    OTHER = "other", _("Other")


class WaitingState(TextChoices):
    """What has become of somebody who waits for a slot."""

    WAITING = "waiting", _("Waits")
    BOOKED = "booked", _("Has an appointment")
    GIVEN_UP = "given_up", _("No longer waits")


class NoLongerWaits(TextChoices):
    """Why somebody was taken off the list of those who wait for an hour."""

    FOUND = "found", _("Found help elsewhere")
    NO_NEED = "no_need", _("No longer needs it")
    UNREACHED = "unreached", _("Cannot be reached")


class CallState(TextChoices):
    """What has become of a call to give back."""

    WAITING = "waiting", _("To call back")
    DONE = "done", _("Called back")
    UNREACHED = "unreached", _("Could not be reached")


class Family(TextChoices):
    """What stands above themes."""

    EVERYDAY = "everyday", _("Everyday uses")
    PROCEDURES = "procedures", _("Administrative procedures")


class Theme(TextChoices):
    """The nine themes of courses; `FAMILY` says which family each belongs to."""

    COMPUTER = "computer", _("Getting started with a computer")
    PHONE = "phone", _("Phone and tablet")
    INTERNET = "internet", _("Internet")
    MESSAGES = "messages", _("E-mail and video calls")
    DOCUMENTS = "documents", _("Writing and files")
    SAFETY = "safety", _("Staying safe")
    RIGHTS = "rights", _("Procedures online")
    WORK = "work", _("Job and training")
    HEALTH_SCHOOL = "health_school", _("Health, family and school")


FAMILY: dict[Theme, Family] = {
    Theme.COMPUTER: Family.EVERYDAY,
    Theme.PHONE: Family.EVERYDAY,
    Theme.INTERNET: Family.EVERYDAY,
    Theme.MESSAGES: Family.EVERYDAY,
    Theme.DOCUMENTS: Family.EVERYDAY,
    Theme.SAFETY: Family.EVERYDAY,
    Theme.RIGHTS: Family.PROCEDURES,
    Theme.WORK: Family.PROCEDURES,
    Theme.HEALTH_SCHOOL: Family.PROCEDURES,
}


class Level(TextChoices):
    """Levels of courses and workshops (La Coop: niveau)."""

    BEGINNER = "debutant", _("Beginner")
    INTERMEDIATE = "intermediaire", _("Intermediate")
    ADVANCED = "avance", _("Advanced")


class Format(TextChoices):
    """What kind of meeting it is."""

    TRAINING = "training", _("Course")
    TRY_ONCE = "try_once", _("Try once, without papers")
    OUTREACH = "outreach", _("Going to people")


class CourseState(TextChoices):
    """Whether the public sees a course."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed")


class SessionState(TextChoices):
    """What has become of a session."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class RegistrationState(TextChoices):
    """What has become of a registration; the first two hold or wait for a seat."""

    REGISTERED = "registered", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    CANCELLED = "cancelled", _("Cancelled")
    ATTENDED = "attended", _("Came")
    ABSENT = "absent", _("Did not come")
    EXCUSED = "excused", _("Excused")


SEATED = (
    RegistrationState.REGISTERED,
    RegistrationState.ATTENDED,
    RegistrationState.ABSENT,
    RegistrationState.EXCUSED,
)


class Reluctance(TextChoices):
    """Why somebody met does not want to start."""

    NONE = "none", _("Wants to start")
    NOT_FOR_ME = "not_for_me", _("“It is not for me”")
    AFRAID = "afraid", _("Is afraid to do wrong")
    TOO_LATE = "too_late", _("“I am too old”")
    NO_TIME = "no_time", _("Has no time")
    NO_MONEY = "no_money", _("Thinks it costs too much")
    HAS_HELPER = "has_helper", _("Somebody does it for them")
    NO_TRUST = "no_trust", _("Does not trust the internet")
    OTHER = "other", _("Another reason")
