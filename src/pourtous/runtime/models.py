"""Long jobs, stored files, scheduled runs, remembered answers."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_noop

from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.runtime.enums import JobState

_WHO = Personal(
    purpose=gettext_noop("To show the work and the files of professionals to them alone."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Ninety days for work, thirty for files."),
    erasure=Erasure.EMPTIED,
)


class Job(models.Model):
    """One run of long work, that a person can leave and find again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.CharField(max_length=60)
    label = models.CharField(max_length=120)  # what a person calls it, in the language they asked in
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    attempt = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True, blank=True)  # None: not known
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"started_by": _WHO},
        other="id kind label arguments state attempt done total message result error asked_at queued_at started_at "
        "heartbeat_at finished_at",
    )

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (models.Index(fields=("state", "heartbeat_at"), name="job_state"),)

    def __str__(self) -> str:
        return self.label

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED}

    @property
    def percent(self) -> int | None:
        """How far it is, 0 to 100; None when the total is not known."""
        if self.state == JobState.DONE:
            return 100
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def done_written(self) -> str:
        """The steps done, as people write numbers."""
        return str(number_format(self.done, force_grouping=True))

    @property
    def total_written(self) -> str:
        """The steps there are, as people write numbers."""
        return str(number_format(self.total or 0, force_grouping=True))


class StoredFile(models.Model):
    """A private file, kept for a while: served to its owner only, always as a download."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=150)  # as the person knows it
    location = models.CharField(max_length=100, unique=True)  # under MEDIA_ROOT, made by us
    size = models.PositiveBigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    stored_at = models.DateTimeField()
    purge_on = models.DateField(db_index=True)

    privacy = Declared(personal={"owner": _WHO, "name": _WHO}, other="id location size sha256 stored_at purge_on")

    class Meta:
        ordering = ("-stored_at", "-id")

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes are."""
        return Path(settings.MEDIA_ROOT) / self.location


class ScheduledRun(models.Model):
    """The last run of one scheduled work: what keeps two ticks from doing it twice."""

    name = models.CharField(primary_key=True, max_length=200)
    slot = models.DateTimeField()  # the moment it was due
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    privacy = Declared(other="name slot started_at finished_at error")

    def __str__(self) -> str:
        return self.name


class IdempotencyKey(models.Model):
    """The answer given to a request that may come twice."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.CharField(max_length=120)  # what is asked and by whom: keys of two users never meet
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of the request
    answer = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField(db_index=True)

    privacy = Declared(other="id scope key fingerprint answer created_at")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("scope", "key"), name="one_answer_a_key"),)

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
