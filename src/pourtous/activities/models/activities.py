"""Activities (CRA) and who took part."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.activities.enums import (
    ActivityKind,
    Autonomy,
    Dimension,
    Orientation,
    OrientationOutcome,
    PlaceKind,
    Source,
    TagScope,
)
from pourtous.agenda.enums import Level
from pourtous.agenda.models import Appointment, Session
from pourtous.kernel.fields import TermListField
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.people.enums import AgeBand, Gender, Status
from pourtous.people.models import Person
from pourtous.places.models import Place
from pourtous.territories.models import Commune

_DONE = Personal(
    purpose=gettext_noop("To go on where the last meeting ended, and to count what was done."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Notes: two years after the last contact. Counts: kept, without names."),
    erasure=Erasure.EMPTIED,
)


class Tag(models.Model):
    """A word to find activities by: of one mediator, of a unit, or of the whole territory."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=60)
    scope = models.CharField(max_length=10, choices=TagScope)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    is_active = models.BooleanField(default=True)

    privacy = Declared(other="id name scope unit owner is_active")

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint("owner", Lower("name"), condition=Q(is_active=True), name="tag_once_a_mediator"),
            models.UniqueConstraint("unit", Lower("name"), condition=Q(is_active=True), name="tag_once_a_unit"),
            models.UniqueConstraint(
                Lower("name"), condition=Q(is_active=True, scope=TagScope.TERRITORY), name="tag_once_for_all"
            ),
            models.CheckConstraint(
                name="tag_is_somebodys",
                condition=Q(scope=TagScope.PERSONAL, owner__isnull=False, unit=None)
                | Q(scope=TagScope.UNIT, unit__isnull=False, owner=None)
                | Q(scope=TagScope.TERRITORY, unit=None, owner=None),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Activity(models.Model):
    """What a mediator did on a day. `id` may be made by the client: an entry typed offline arrives once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=12, choices=ActivityKind)
    is_one_off = models.BooleanField(default=False)  # a small help in passing
    mediator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="activities")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities")  # the employer's
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    place_kind = models.CharField(max_length=16, choices=PlaceKind)
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")
    commune = models.ForeignKey(Commune, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    insee_code = models.CharField(max_length=5, blank=True)  # as recorded, also outside the reference
    topics = TermListField()
    procedures = TermListField()
    procedure_name = models.CharField(max_length=160, blank=True)
    equipment = TermListField()
    autonomy = models.CharField(max_length=24, choices=Autonomy, blank=True)  # one to one
    level = models.CharField(max_length=14, choices=Level, blank=True)  # workshop
    title = models.CharField(max_length=160, blank=True)  # workshop
    notes = models.TextField(blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="activities")
    orientation = models.CharField(max_length=40, choices=Orientation, blank=True)
    oriented_to = models.CharField(max_length=160, blank=True)  # the structure's name
    orientation_outcome = models.CharField(max_length=12, choices=OrientationOutcome, blank=True)
    outcome_asked_on = models.DateField(null=True, blank=True)  # asked once, never twice

    anonymous_count = models.PositiveSmallIntegerField(default=0)  # participants without file
    participant_count = models.PositiveSmallIntegerField(default=1)  # all of them: the accompaniments of the activity
    appointment = models.OneToOneField(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="activity"
    )
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="activities")

    source = models.CharField(max_length=10, choices=Source, default=Source.POURTOUS)
    source_id = models.CharField(max_length=60, blank=True)  # "ID CRA" of an import
    source_values = models.JSONField(default=dict, blank=True)  # what the import could not translate, as it came
    recorded_mark = models.CharField(max_length=64, blank=True)  # digest of what was first sent: it may come again
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"notes": _DONE, "procedure_name": _DONE},
        other="id kind is_one_off mediator unit day minutes place_kind place commune insee_code topics procedures "
        "equipment autonomy level title tags orientation oriented_to orientation_outcome outcome_asked_on "
        "anonymous_count participant_count appointment session source source_id source_values recorded_mark created_at "
        "modified_at deleted_at",
    )

    class Meta:
        ordering = ("-day", "-created_at", "-id")
        indexes = (
            models.Index(fields=("mediator", "day"), name="activity_mediator"),
            models.Index(fields=("mediator", "-created_at", "-id"), name="activity_latest"),
            models.Index(fields=("unit", "day"), name="activity_unit"),
            models.Index(fields=("day",), name="activity_day"),
            models.Index(
                fields=("session", "mediator"), condition=Q(session__isnull=False), name="activity_session_mediator"
            ),
        )
        constraints = (
            models.CheckConstraint(name="activity_has_length", condition=Q(minutes__gte=1, minutes__lte=1439)),
            models.CheckConstraint(
                name="activity_counts_agree", condition=Q(participant_count__gte=models.F("anonymous_count"))
            ),
            models.UniqueConstraint(
                fields=("source", "source_id"), condition=~Q(source_id=""), name="activity_imported_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} ({self.get_kind_display()})"


class Participation(models.Model):
    """One person in one activity: one accompaniment. Age band, gender, status and commune are those of that day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="participations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    is_first = models.BooleanField(default=False)  # the person's first accompaniment in the territory
    age_band = models.CharField(max_length=26, choices=AgeBand, default=AgeBand.UNKNOWN)
    gender = models.CharField(max_length=16, choices=Gender, default=Gender.UNKNOWN)
    status = models.CharField(max_length=16, choices=Status, default=Status.UNKNOWN)
    insee_code = models.CharField(max_length=5, blank=True)  # commune of residence

    privacy = Declared(personal={"person": _DONE}, other="id activity is_first age_band gender status insee_code")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("activity", "person"), name="participates_once"),)

    def __str__(self) -> str:
        return str(self.id)


class AnonymousCount(models.Model):
    """Of an activity's anonymous participants, how many were of this value in this dimension (marginal counts)."""

    id = models.BigAutoField(primary_key=True)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="anonymous_counts")
    dimension = models.CharField(max_length=8, choices=Dimension)
    value = models.CharField(max_length=26)
    count = models.PositiveSmallIntegerField()

    privacy = Declared(other="id activity dimension value count")

    class Meta:
        ordering = ("dimension", "value")
        constraints = (models.UniqueConstraint(fields=("activity", "dimension", "value"), name="one_count_a_value"),)

    def __str__(self) -> str:
        return f"{self.dimension} {self.value}: {self.count}"


class ActivityVersion(models.Model):
    """What an activity was before an edit."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="versions")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    was = models.JSONField()  # columns that changed, with the values they had; notes left out

    privacy = Declared(other="id activity at by was")

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
