"""Files of people sent to be imported."""

from django.db import models
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.people.enums import ImportState, NoticeKind, Purpose
from pourtous.runtime.models import StoredFile

_SENT = Personal(
    purpose=gettext_noop("To bring in the files a unit kept elsewhere, and to say what became of each row."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("The file sent: seven days. The report, which holds no name: two years."),
    erasure=Erasure.KEPT,
)


class PeopleImport(models.Model):
    """One file for one unit: looked at, then imported. Its report names rows and columns, never a person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose, default=Purpose.MEDIATION)
    notice_kind = models.CharField(max_length=6, choices=NoticeKind)
    notice_on = models.DateField()
    with_notes = models.BooleanField(default=False)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    file_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.LOOKING)
    report = models.JSONField(default=dict)
    started_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"file": _SENT},
        other="id unit purpose notice_kind notice_on with_notes file_sha256 state report started_by started_at ended_at",
    )

    class Meta:
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"{self.unit} {self.started_at:%Y-%m-%d}"
