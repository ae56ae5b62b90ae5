"""Lists of files to eliminate, with the archivist's visa (Code du patrimoine, article L212-2)."""

from django.db import models

from pourtous.accounts.models import User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.people.enums import ListState
from pourtous.people.models.persons import WHO, Person


class EliminationList(models.Model):
    """Files whose time is over, put before the archivist; only an approved list is carried out."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    drawn_up_on = models.DateField()
    state = models.CharField(max_length=10, choices=ListState, default=ListState.DRAFT)
    visa_by = models.CharField(max_length=120, blank=True)  # name and office of the archivist
    visa_on = models.DateField(null=True, blank=True)
    visa_note = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    count = models.PositiveIntegerField(default=0)  # files on it when drawn up; files that went once it is done

    privacy = Declared(other="id drawn_up_on state visa_by visa_on visa_note recorded_by done_at count")

    class Meta:
        ordering = ("-drawn_up_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="visa_says_who_and_when",
                condition=models.Q(state=ListState.DRAFT) | (~models.Q(visa_by="") & models.Q(visa_on__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.drawn_up_on:%Y-%m-%d} ({self.count})"


class EliminationRow(models.Model):
    """One file on a list; taken off when the person came back meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    listed_in = models.ForeignKey(EliminationList, on_delete=models.CASCADE, related_name="rows")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="elimination_rows")
    last_contact_on = models.DateField()
    taken_off_on = models.DateField(null=True, blank=True)

    privacy = Declared(personal={"person": WHO}, other="id listed_in last_contact_on taken_off_on")

    class Meta:
        ordering = ("last_contact_on", "id")
        constraints = (models.UniqueConstraint(fields=("listed_in", "person"), name="listed_once"),)

    def __str__(self) -> str:
        return str(self.person_id)
