"""Which units follow a person, who else opened the file and why, and who stands beside the person."""

from django.db import models
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.people.enums import NoticeKind, Purpose, RelationKind
from pourtous.people.models.persons import REACH, WHO, Person, held

_NOTE = held(gettext_noop("To go on where the last meeting ended. Never health, money or opinions."))
_READ = Personal(
    purpose=gettext_noop("To know who read whose file, and why."),
    basis=Basis.LEGAL_OBLIGATION,
    retention=gettext_noop("One year after the reading."),
    erasure=Erasure.ROW_DELETED,
)


class FollowUp(models.Model):
    """A unit follows a person for a purpose, after a notice. What makes the file visible to that unit, alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="follow_ups")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="follow_ups")
    purpose = models.CharField(max_length=12, choices=Purpose)
    notice_kind = models.CharField(max_length=6, choices=NoticeKind)
    notice_on = models.DateField()
    note = models.CharField(max_length=500, blank=True)  # seen by this unit alone
    started_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # first day on which it no longer counts

    privacy = Declared(
        personal={"person": WHO, "note": _NOTE},
        other="id unit purpose notice_kind notice_on started_by started_on ended_on",
    )

    class Meta:
        ordering = ("-started_on", "-id")
        indexes = (models.Index(fields=("unit", "started_on"), name="follow_up_of_unit"),)
        constraints = (
            models.UniqueConstraint(
                fields=("person", "unit", "purpose"),
                condition=models.Q(ended_on=None),
                name="one_follow_up_a_purpose",
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} ({self.get_purpose_display()})"


class FileOpening(models.Model):
    """Somebody whose unit does not follow a person opened the file for a stated reason, until a moment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)  # by the manager who was told
    seen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Declared(
        personal={"person": _READ, "user": _READ, "reason": _READ}, other="id unit opened_at until seen_at seen_by"
    )

    class Meta:
        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return f"{self.opened_at:%Y-%m-%d %H:%M}"


class FileReading(models.Model):
    """One reading of a file: who, whose, when, what was shown. Only ever added; goes after a year."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readings")
    user = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    what = models.CharField(max_length=40)  # "people.file", "activities.history", …
    opening = models.ForeignKey(FileOpening, null=True, blank=True, on_delete=models.SET_NULL, related_name="readings")

    privacy = Declared(personal={"person": _READ, "user": _READ}, other="id unit at what opening")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(fields=("person", "at"), name="reading_person"),
            models.Index(fields=("user", "at"), name="reading_user"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class BulkReading(models.Model):
    """Somebody opened very many files within an hour: shown to their managers until one has seen it. One a day."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    count = models.PositiveIntegerField()  # distinct files within the hour, when the limit was passed
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Declared(personal={"user": _READ}, other="id on at count seen_at seen_by")

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=("user", "on"), name="one_bulk_reading_a_day"),)

    def __str__(self) -> str:
        return f"{self.on:%Y-%m-%d} ({self.count})"


class Relation(models.Model):
    """Somebody beside a person: who signs for them (in which capacity, never which measure), or who helps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=14, choices=RelationKind)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20, blank=True)  # E.164
    email = models.EmailField(blank=True)
    may_be_contacted = models.BooleanField(default=False)  # in place of the person

    privacy = Declared(
        personal={"person": WHO, "name": REACH, "phone": REACH, "email": REACH}, other="id kind may_be_contacted"
    )

    class Meta:
        ordering = ("kind", "name", "id")

    def __str__(self) -> str:
        return str(self.get_kind_display())
