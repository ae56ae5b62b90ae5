"""What a person allows a helper to do for them: after the mandate model of the CNIL's kit for digital mediators."""

from django.db import models
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Unit, User
from pourtous.kernel.fields import TermListField
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.people.enums import MandateAct
from pourtous.people.models.persons import Person, held

_MANDATE = held(gettext_noop("To show what a person allowed a helper to do, and until when."))


class Mandate(models.Model):
    """Who does what for whom, and how long. Never an identifier, never a password."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="mandates")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    helper = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    helper_name = models.CharField(max_length=120)
    act = models.CharField(max_length=8, choices=MandateAct)
    procedures = TermListField()  # in words: "déclaration de revenus"
    starts_on = models.DateField()
    ends_on = models.DateField()  # first day on which it no longer holds
    signed_on = models.DateField(null=True, blank=True)  # on paper, by both
    withdrawn_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    privacy = Declared(
        personal={"person": _MANDATE, "helper_name": _MANDATE, "procedures": _MANDATE},
        other="id unit helper act starts_on ends_on signed_on withdrawn_on created_at",
    )

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(name="mandate_has_length", condition=models.Q(ends_on__gt=models.F("starts_on"))),
        )

    def __str__(self) -> str:
        return f"{self.starts_on:%Y-%m-%d}"
