"""Hosts that may take passes: their qualification, the courses paid for, where they are paid, what reads for them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from pourtous.accounts.models import Organisation, Unit, User
from pourtous.agenda.models import Course
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal
from pourtous.passes.enums import BankState, PriceState, QualificationState
from pourtous.passes.models.campaigns import Campaign
from pourtous.passes.models.evidence import SIGNED
from pourtous.runtime.models import StoredFile

_ACCESS = Personal(
    purpose=gettext_noop("To let people at a counter take attendance and passes, and nothing else."),
    basis=Basis.PUBLIC_INTEREST,
    retention=gettext_noop("Until the tablet or the key is withdrawn, and one year after."),
    erasure=Erasure.ROW_DELETED,
)


class Qualification(models.Model):
    """A host's right to take the passes of a campaign, from a day to another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="qualifications")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="qualifications")
    state = models.CharField(max_length=10, choices=QualificationState, default=QualificationState.ASKED)
    answers = models.JSONField(default=dict)  # of the questionnaire, by key
    charter_on = models.DateField(null=True, blank=True)
    charter_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    is_public_body = models.BooleanField(default=False)  # cashes through a régie: gets an attestation
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)  # first day out

    privacy = Declared(
        personal={"charter_by": SIGNED, "decided_by": SIGNED},
        other="id campaign organisation state answers charter_on is_public_body asked_at decided_at reason valid_from "
        "valid_until",
    )

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "organisation"), name="host_qualified_once"),
            models.CheckConstraint(
                name="qualified_from_a_day",
                condition=~Q(state=QualificationState.QUALIFIED) | Q(valid_from__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}, {self.campaign}"


class CoursePrice(models.Model):
    """A course paid with passes: how many a session. The price asked of the person beside them is nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    qualification = models.ForeignKey(Qualification, on_delete=models.PROTECT, related_name="prices")
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="pass_prices")
    passes = models.PositiveSmallIntegerField(default=1)  # a session
    state = models.CharField(max_length=8, choices=PriceState, default=PriceState.ASKED)
    reason = models.CharField(max_length=300, blank=True)

    privacy = Declared(other="id qualification course passes state reason")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("qualification", "course"), name="course_priced_once"),
            models.CheckConstraint(name="price_is_a_pass_at_least", condition=Q(passes__gte=1)),
        )

    def __str__(self) -> str:
        return f"{self.course}: {self.passes}"


class BankDetails(models.Model):
    """Where a host is paid. Sealed; a change waits for a second person, who is not the first."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="bank_details")
    holder = models.CharField(max_length=140)
    iban_sealed = models.CharField(max_length=300)
    iban_end = models.CharField(max_length=4)  # what is shown
    bic = models.CharField(max_length=11, blank=True)
    proof = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=8, choices=BankState, default=BankState.WAITING)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    privacy = Declared(
        personal={
            "holder": SIGNED,
            "iban_sealed": SIGNED,
            "iban_end": SIGNED,
            "bic": SIGNED,
            "proof": SIGNED,
            "proposed_by": SIGNED,
            "decided_by": SIGNED,
        },
        other="id organisation state proposed_at decided_at reason",
    )

    class Meta:
        ordering = ("-proposed_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(state=BankState.ACCEPTED), name="one_account_is_paid_to"
            ),
            models.CheckConstraint(
                name="bank_details_seen_by_two",
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
        )

    def __str__(self) -> str:
        return f"… {self.iban_end}"


class Tablet(models.Model):
    """A shared screen at a counter, enrolled by a manager. Opens for attendance and passes only, by a person's PIN."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tablets")
    name = models.CharField(max_length=80)
    secret_digest = models.CharField(max_length=64, unique=True)
    enrolled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    enrolled_at = models.DateTimeField()
    seen_on = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(
        personal={"enrolled_by": _ACCESS}, other="id unit name secret_digest enrolled_at seen_on withdrawn_at"
    )

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name


class TabletPin(models.Model):
    """A person's PIN on the tablets of a unit. Tries are counted; too many close it until a manager gives another."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tablet_pins")
    pin_hash = models.CharField(max_length=128)
    failures = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()

    privacy = Declared(personal={"user": _ACCESS, "pin_hash": _ACCESS}, other="id unit failures set_at")

    class Meta:
        ordering = ("unit", "user")
        constraints = (models.UniqueConstraint(fields=("unit", "user"), name="one_pin_in_a_unit"),)

    def __str__(self) -> str:
        return str(self.user)


class ApiToken(models.Model):
    """A key with which a host's own program redeems passes. Shown once; kept as a digest."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="pass_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(personal={"made_by": _ACCESS}, other="id unit name digest made_at used_on revoked_at")

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.name
