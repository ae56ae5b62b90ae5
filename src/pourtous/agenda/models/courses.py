"""Courses, their sessions, who registered and who came."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.agenda.enums import (
    Booker,
    CourseState,
    Format,
    Level,
    RegistrationState,
    Reluctance,
    SessionState,
    Theme,
)
from pourtous.agenda.models.appointments import BOOKED, new_booking_code
from pourtous.agenda.models.resources import Resource
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.people.models import Person
from pourtous.places.models import Place
from pourtous.territories.models import Commune

_CAME = Personal(
    purpose=gettext_noop("To show that a session took place and who came."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Two years after the session."),
    erasure=Erasure.EMPTIED,
)


class Course(models.Model):
    """A training offer of a host (parcours): what one learns, in how many sessions, for how many passes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_booking_code, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="courses")
    format = models.CharField(max_length=10, choices=Format, default=Format.TRAINING)
    title = models.CharField(max_length=160)
    theme = models.CharField(max_length=14, choices=Theme)
    level = models.CharField(max_length=14, choices=Level, default=Level.BEGINNER)
    aims = models.TextField(blank=True)  # one a line: "Envoyer une photo"
    for_whom = models.CharField(max_length=300, blank=True)
    session_count = models.PositiveSmallIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField(default=120)
    seats = models.PositiveSmallIntegerField(default=8)
    pass_cost = models.PositiveSmallIntegerField(default=0)  # passes for the whole course; 0: free
    language = models.CharField(max_length=8, default="fr")
    plain_french = models.BooleanField(default=False)  # people not at ease in French are helped
    wheelchair = models.BooleanField(null=True, blank=True)
    access_notes = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=CourseState, default=CourseState.DRAFT)
    created_at = models.DateTimeField()

    privacy = Declared(
        other="id code unit format title theme level aims for_whom session_count minutes seats pass_cost language "
        "plain_french wheelchair access_notes state created_at"
    )

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class CourseRun(models.Model):
    """A course held once: its sessions, in order, made by a pattern."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="runs")
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    privacy = Declared(other="id course created_by created_at")

    class Meta:
        ordering = ("created_at", "id")

    def __str__(self) -> str:
        return str(self.course)


class Session(models.Model):
    """One dated meeting. `registered` counts taken seats: it never exceeds `seats`, by constraint."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_booking_code, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    run = models.ForeignKey(CourseRun, on_delete=models.PROTECT, related_name="sessions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField(default=1)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="sessions")
    where = models.CharField(max_length=200, blank=True)  # when it is not a place of the directory: a market, a hall
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    room = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mediators = models.ManyToManyField(Resource, related_name="sessions")
    seats = models.PositiveSmallIntegerField()
    registered = models.PositiveSmallIntegerField(default=0)
    queue = models.PositiveIntegerField(
        default=0
    )  # ranks given so far, waiting or not: who came first is never in doubt
    is_open = models.BooleanField(default=True)  # the public may register
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED)
    reason = models.CharField(max_length=200, blank=True)  # why it was cancelled, told to those who registered
    sequence = models.PositiveSmallIntegerField(default=0)

    privacy = Declared(
        other="id code course run unit number starts_at ends_at place where commune room mediators seats registered "
        "queue is_open state reason sequence"
    )

    class Meta:
        ordering = ("starts_at", "id")
        indexes = (
            models.Index(fields=("state", "starts_at"), name="session_state"),
            models.Index(fields=("unit", "starts_at"), name="session_unit"),
        )
        constraints = (
            models.CheckConstraint(name="session_has_length", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="session_never_overfull", condition=Q(registered__lte=F("seats"))),
            models.UniqueConstraint(fields=("run", "number"), name="session_number"),
        )

    def __str__(self) -> str:
        return f"{self.course} ({self.starts_at:%Y-%m-%d})"


class Registration(models.Model):
    """A seat in one session, or a place on its waiting list. Who: as for an appointment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_booking_code, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="registrations")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations")
    first_name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    contact_key = models.CharField(max_length=64, blank=True)  # keyed digest of phone or e-mail and first name
    is_for_other = models.BooleanField(default=False)  # phone and e-mail are those of who registered them
    language = models.CharField(max_length=8, default="fr")
    rank = models.PositiveIntegerField(default=0)  # in the session's queue: the waiting list's order
    together = models.UUIDField(null=True, blank=True, db_index=True)  # shared by registrations made for a whole run
    state = models.CharField(max_length=10, choices=RegistrationState, default=RegistrationState.REGISTERED)
    through = models.CharField(max_length=10, choices=Booker)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    prescriber_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    came_from = models.ForeignKey(
        Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversions"
    )  # the going-to-people event where they were met
    created_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={
            "person": _CAME,
            "first_name": BOOKED,
            "phone": BOOKED,
            "email": BOOKED,
            "contact_key": BOOKED,
            "language": BOOKED,
        },
        other="id code session rank together is_for_other state through by prescriber_unit came_from created_at "
        "state_changed_at reminded_at emptied_at",
    )

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("session", "state"), name="registration_session"),)
        constraints = (
            models.UniqueConstraint(
                fields=("session", "person"),
                condition=Q(person__isnull=False) & ~Q(state=RegistrationState.CANCELLED),
                name="person_registered_once",
            ),
            models.UniqueConstraint(
                fields=("session", "contact_key"),
                condition=~Q(contact_key="") & ~Q(state=RegistrationState.CANCELLED),
                name="contact_registered_once",
            ),
        )

    def __str__(self) -> str:
        return self.code


class OutreachCount(models.Model):
    """People met without names at an event of going to people, by their reason for reluctance."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="outreach")
    reason = models.CharField(max_length=12, choices=Reluctance)
    count = models.PositiveSmallIntegerField()

    privacy = Declared(other="id session reason count")

    class Meta:
        ordering = ("reason",)
        constraints = (models.UniqueConstraint(fields=("session", "reason"), name="one_count_a_reason"),)

    def __str__(self) -> str:
        return f"{self.reason}: {self.count}"
