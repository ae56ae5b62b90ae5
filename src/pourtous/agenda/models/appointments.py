"""Appointments, people who wait for one, and calls to give back."""

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.agenda.enums import AppointmentState, Booker, CallState, Mode, WaitingState
from pourtous.agenda.models.resources import AppointmentKind, Resource
from pourtous.kernel.fields import TermListField
from pourtous.kernel.ids import new_code, uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.people.models import Person
from pourtous.places.models import Place
from pourtous.territories.models import Commune

BOOKED = Personal(
    purpose=gettext_noop("To keep an appointment, and to warn the person when it changes."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Six months after the appointment; two years when the person has a file."),
    erasure=Erasure.EMPTIED,
)


def new_booking_code() -> str:
    """A code of eight letters: what a person types or says to cancel or move."""
    return new_code(8)


class _Booked(models.Manager["Appointment"]):
    """Without those whose hour is only held: they are no appointments yet."""

    def get_queryset(self) -> models.QuerySet["Appointment"]:
        return super().get_queryset().exclude(state=AppointmentState.HELD)


class Appointment(models.Model):
    """Somebody meets a mediator. Who: a person with a file, or a first name and one way to reach them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_booking_code, editable=False)
    kind = models.ForeignKey(AppointmentKind, on_delete=models.PROTECT, related_name="appointments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointments")
    mediator = models.ForeignKey(Resource, on_delete=models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=8, choices=Mode)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    rest_minutes = models.PositiveSmallIntegerField(default=0)  # of the mediator, taken after it
    state = models.CharField(max_length=20, choices=AppointmentState, default=AppointmentState.BOOKED)

    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="appointments")
    first_name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    home_address = models.CharField(max_length=250, blank=True)  # only when the mediator goes there
    need = models.CharField(max_length=300, blank=True)  # in the person's words
    language = models.CharField(max_length=8, default="fr")

    booked_through = models.CharField(max_length=10, choices=Booker)
    booked_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    prescriber_unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    booked_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)  # of calendar invitations: grows with each change
    must_call = models.BooleanField(default=False)  # we changed it, and no message could tell the person
    emptied_at = models.DateTimeField(null=True, blank=True)
    with_held = models.Manager()

    objects = _Booked()

    privacy = Declared(
        personal={
            "person": BOOKED,
            "first_name": BOOKED,
            "phone": BOOKED,
            "email": BOOKED,
            "home_address": BOOKED,
            "need": BOOKED,
            "language": BOOKED,
        },
        other="id code kind unit mediator room mode place starts_at ends_at rest_minutes state booked_through "
        "booked_by prescriber_unit booked_at state_changed_at sequence must_call emptied_at",
    )

    class Meta:
        default_manager_name = "objects"
        ordering = ("starts_at", "id")
        indexes = (
            models.Index(fields=("mediator", "starts_at"), name="appointment_mediator"),
            models.Index(fields=("unit", "starts_at"), name="appointment_unit"),
            models.Index(fields=("state", "starts_at"), name="appointment_state"),
        )
        constraints = (models.CheckConstraint(name="appointment_has_length", condition=Q(ends_at__gt=F("starts_at"))),)

    def __str__(self) -> str:
        return self.code

    @property
    def mediator_user_id(self) -> UUID | None:
        """Whose agenda it is in."""
        return self.mediator.user_id


class BookingCode(models.Model):
    """The code to type before an hour held is theirs. Only a keyed digest of it is kept, and how often it was tried."""

    appointment = models.OneToOneField(
        Appointment, primary_key=True, on_delete=models.CASCADE, related_name="confirmation"
    )
    digest = models.CharField(max_length=64)
    sent = models.PositiveSmallIntegerField(default=1)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    privacy = Declared(other="appointment digest sent tries expires_at")

    class Meta:
        ordering = ("expires_at", "appointment")

    def __str__(self) -> str:
        return f"{self.expires_at:%Y-%m-%d %H:%M}"


class WaitingEntry(models.Model):
    """Somebody who would come earlier than their `appointment`; or who has none, and comes when an hour suits.

    Without appointment: `kind` is empty, any that answers to `services` is offered, at `place` or near `commune`, on
    these `weekdays` (none: any day).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    code = models.CharField(max_length=8, unique=True, default=new_booking_code, editable=False)
    kind = models.ForeignKey(AppointmentKind, null=True, blank=True, on_delete=models.CASCADE, related_name="waiting")
    services = TermListField()  # terms of the guided search: the standard's services
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    weekdays = TermListField()  # "0" Monday … "6" Sunday
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    appointment = models.ForeignKey(Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    first_name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="fr")
    before = models.DateTimeField()  # a later slot would not help
    state = models.CharField(max_length=10, choices=WaitingState, default=WaitingState.WAITING)
    told_count = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True, blank=True)
    offered = models.CharField(max_length=80, blank=True)  # the hour they were told of last: theirs first for a while
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={
            "person": BOOKED,
            "first_name": BOOKED,
            "phone": BOOKED,
            "email": BOOKED,
            "language": BOOKED,
            "services": BOOKED,
            "commune": BOOKED,
            "weekdays": BOOKED,
        },
        other="id code kind place appointment before state told_count told_at offered created_at closed_at",
    )

    class Meta:
        ordering = ("created_at", "id")
        indexes = (models.Index(fields=("state", "kind"), name="waiting_kind"),)
        constraints = (
            models.CheckConstraint(
                name="waits_for_something", condition=Q(kind__isnull=False) | Q(appointment__isnull=True)
            ),
        )

    def __str__(self) -> str:
        return self.code


class CallBack(models.Model):
    """A call to give back: the queue of the phone desk."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    first_name = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=20)
    language = models.CharField(max_length=8, default="fr")
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    about = models.CharField(max_length=300, blank=True)
    best_time = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=CallState, default=CallState.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    privacy = Declared(
        personal={"first_name": BOOKED, "phone": BOOKED, "language": BOOKED, "about": BOOKED, "outcome": BOOKED},
        other="id commune best_time unit state tries asked_at taken_by taken_at closed_at",
    )

    class Meta:
        ordering = ("asked_at", "id")

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"
