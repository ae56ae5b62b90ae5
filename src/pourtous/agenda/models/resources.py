"""Who and what can be booked, and when."""

from urllib.parse import urlsplit

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.agenda.enums import AbsenceKind, Mode, ResourceKind
from pourtous.kernel.fields import TermListField
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.places.models import Place

_AGENT = Personal(
    purpose=gettext_noop("To plan the working time of professionals."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("One year after it is over."),
    erasure=Erasure.ROW_DELETED,
)


class Resource(models.Model):
    """What can be in one place at a time: a mediator (one a user, whatever the units), a room, a vehicle."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=10, choices=ResourceKind)
    name = models.CharField(max_length=120)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.PROTECT, related_name="resource")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="resources")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="rooms")
    seats = models.PositiveSmallIntegerField(null=True, blank=True)  # of a room or a vehicle
    is_active = models.BooleanField(default=True)

    privacy = Declared(personal={"name": _AGENT}, other="id kind user unit place seats is_active")

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                name="mediator_is_somebody",
                condition=Q(kind=ResourceKind.MEDIATOR, user__isnull=False)
                | (~Q(kind=ResourceKind.MEDIATOR) & Q(user__isnull=True)),
            ),
        )

    def __str__(self) -> str:
        return self.name


class AppointmentKind(models.Model):
    """What one books: how long, in which ways, who may book, how late and how far ahead."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="appointment_kinds")
    name = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True)  # for the public: what to bring, what happens
    minutes = models.PositiveSmallIntegerField(default=45)  # a multiple of five
    rest_minutes = models.PositiveSmallIntegerField(default=0)  # kept free afterwards
    modes = TermListField()  # enums.Mode
    bookers = TermListField()  # enums.Booker
    notice_minutes = models.PositiveIntegerField(default=120)  # no later than this before
    ahead_days = models.PositiveSmallIntegerField(default=60)  # no further than this ahead
    needs = TermListField()  # terms of the guided search it answers: the standard's services
    asks_code = models.BooleanField(default=False)  # the public types a code sent to them before the hour is theirs
    is_active = models.BooleanField(default=True)

    privacy = Declared(
        other="id unit name words minutes rest_minutes modes bookers notice_minutes ahead_days needs asks_code "
        "is_active"
    )

    class Meta:
        ordering = ("name", "id")
        constraints = (models.CheckConstraint(name="kind_has_length", condition=Q(minutes__gte=5, minutes__lte=480)),)

    def __str__(self) -> str:
        return self.name


class Availability(models.Model):
    """A weekly pattern on the wall clock of Paris: every `every_weeks` weeks from `first_on`, on these weekdays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="availabilities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kinds = models.ManyToManyField(AppointmentKind, related_name="availabilities")
    mode = models.CharField(max_length=8, default="place")  # enums.Mode
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="availabilities")
    room = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    weekdays = TermListField()  # "0" Monday … "6" Sunday
    starts = models.TimeField()
    ends = models.TimeField()
    every_weeks = models.PositiveSmallIntegerField(default=1)
    first_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)  # first day on which it no longer holds
    skips_school_holidays = models.BooleanField(default=False)

    privacy = Declared(
        other="id resource unit mode place room weekdays starts ends every_weeks first_on until_on "
        "skips_school_holidays kinds"
    )

    class Meta:
        ordering = ("first_on", "starts", "id")
        constraints = (
            models.CheckConstraint(name="availability_has_length", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(name="availability_comes_back", condition=Q(every_weeks__gte=1, every_weeks__lte=8)),
        )

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def mode_label(self) -> str:
        """The way, in words."""
        return str(Mode(self.mode).label) if self.mode in Mode.values else ""


class OutsideCalendar(models.Model):
    """A calendar kept elsewhere (ICS address), read as busy time."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="outside_calendars")
    url = models.URLField(max_length=500)
    read_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    privacy = Declared(personal={"url": _AGENT}, other="id resource read_at problem")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.id)

    @property
    def host(self) -> str:
        """Whose server it is: the rest of the address is a secret."""
        return urlsplit(self.url).hostname or ""


class Feed(models.Model):
    """A calendar of ours read elsewhere, at an address nobody can guess. Only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.OneToOneField(Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="feed")
    place = models.OneToOneField(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="feed")
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    privacy = Declared(other="id resource place digest made_by made_at")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="feed_of_one_thing",
                condition=Q(resource__isnull=False, place__isnull=True) | Q(resource__isnull=True, place__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Absence(models.Model):
    """When a resource cannot be booked, half-open."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind, default=AbsenceKind.LEAVE)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    note = models.CharField(max_length=120, blank=True)
    calendar = models.ForeignKey(
        OutsideCalendar, null=True, blank=True, on_delete=models.CASCADE, related_name="absences"
    )

    privacy = Declared(personal={"note": _AGENT, "kind": _AGENT}, other="id resource starts_at ends_at calendar")

    class Meta:
        ordering = ("starts_at", "id")
        indexes = (models.Index(fields=("resource", "starts_at"), name="absence_resource"),)
        constraints = (models.CheckConstraint(name="absence_has_length", condition=Q(ends_at__gt=F("starts_at"))),)

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"
