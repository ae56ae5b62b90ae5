"""Requests of persons about their data, and files made one."""

from django.db import models
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.kernel.ids import new_code, uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.people.enums import RequestKind, RequestState
from pourtous.people.models.persons import SAME, Person

_ASKED = Personal(
    purpose=gettext_noop("To answer requests about personal data, and to show that they were answered."),
    basis=Basis.LEGAL_OBLIGATION,
    retention=gettext_noop("Three years after the answer."),
    erasure=Erasure.KEPT,
)


def new_request_number() -> str:
    """A number of eight letters the person is given."""
    return new_code(8)


class RightsRequest(models.Model):
    """A right a person uses; answered with reasons within a month (GDPR article 12.3)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    number = models.CharField(max_length=8, unique=True, default=new_request_number, editable=False)
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="requests")
    kind = models.CharField(max_length=12, choices=RequestKind)
    words = models.TextField(blank=True)
    identity_checked = models.CharField(max_length=120, blank=True)  # how: "known to the unit", "phone called back"
    received_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    received_on = models.DateField()
    due_on = models.DateField()
    extended_on = models.DateField(null=True, blank=True)  # two months more, when the person was told why
    extension_reason = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.OPEN)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answered_by_letter = models.BooleanField(default=False)  # else it was told, or handed over

    privacy = Declared(
        personal={"person": _ASKED, "words": _ASKED, "extension_reason": _ASKED, "answer": _ASKED},
        other="id number kind identity_checked received_by unit received_on due_on extended_on state answered_by "
        "answered_on answered_by_letter",
    )

    class Meta:
        ordering = ("due_on", "id")
        constraints = (
            models.CheckConstraint(
                name="answered_request_has_reasons",
                condition=models.Q(state=RequestState.OPEN)
                | (~models.Q(answer="") & models.Q(answered_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="extended_request_has_reasons",
                condition=models.Q(extended_on=None) | ~models.Q(extension_reason=""),
            ),
        )

    def __str__(self) -> str:
        return self.number


class Merge(models.Model):
    """Two files made one. `moved` remembers what went where, so that it can be undone for thirty days; then it is emptied."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merges")
    absorbed = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="merged_by")
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    moved = models.JSONField(default=dict)  # by holding: keys of the rows that moved, former values of the kept file
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)  # since then it cannot be undone

    privacy = Declared(
        personal={"kept": SAME, "absorbed": SAME, "moved": SAME}, other="id by unit at undone_at undone_by settled_at"
    )

    class Meta:
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("absorbed",), condition=models.Q(undone_at=None), name="absorbed_once"),
        )

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
