"""What hosts are owed: a claim a month, its lines, and payments ordered together."""

from django.db import models
from django.db.models import F, Q

from pourtous.accounts.models import Organisation, User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.passes.enums import ClaimState
from pourtous.passes.models.campaigns import Campaign
from pourtous.passes.models.evidence import SIGNED
from pourtous.passes.models.hosts import BankDetails
from pourtous.passes.models.redemptions import Dispute, Redemption
from pourtous.runtime.models import StoredFile


class PaymentBatch(models.Model):
    """Claims sent to the finance software together, as one file."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="payment_batches")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    privacy = Declared(personal={"made_by": SIGNED}, other="id campaign number file made_at")

    class Meta:
        ordering = ("-number",)
        constraints = (models.UniqueConstraint(fields=("campaign", "number"), name="payment_batch_number_once"),)

    def __str__(self) -> str:
        return str(self.number)


class ClaimRun(models.Model):
    """Claims of a month were drawn up: by itself on the first day of the next one, or asked for by somebody."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="claim_runs")
    month = models.DateField()  # its first day
    claims = models.PositiveIntegerField()
    value = models.PositiveBigIntegerField()  # cents
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    privacy = Declared(personal={"by": SIGNED}, other="id campaign month claims value at")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("campaign", "month"), name="claim_run_month"),)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.claims}"


class Claim(models.Model):
    """What one host is owed for a month. Who certifies the service is never who orders the payment."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="claims")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pass_claims")
    number = models.PositiveIntegerField()
    month = models.DateField()  # its first day; lines used before it and not paid stand on it too
    state = models.CharField(max_length=10, choices=ClaimState, default=ClaimState.DRAWN_UP)
    passes = models.PositiveIntegerField()
    value = models.PositiveBigIntegerField()  # cents
    bank_details = models.ForeignKey(BankDetails, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(PaymentBatch, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    drawn_up_at = models.DateTimeField()
    certified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    certified_at = models.DateTimeField(null=True, blank=True)
    liquidated_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    liquidated_at = models.DateTimeField(null=True, blank=True)
    ordered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ordered_at = models.DateTimeField(null=True, blank=True)
    order_number = models.CharField(max_length=40, blank=True)  # of the payment order (mandat)
    settled_on = models.DateField(null=True, blank=True)  # paid or rejected, by the paymaster
    rejection = models.CharField(max_length=300, blank=True)

    privacy = Declared(
        personal={"certified_by": SIGNED, "liquidated_by": SIGNED, "ordered_by": SIGNED},
        other="id campaign organisation number month state passes value bank_details batch drawn_up_at certified_at "
        "liquidated_at ordered_at order_number settled_on rejection",
    )

    class Meta:
        ordering = ("-month", "organisation", "-number")
        indexes = (models.Index(fields=("campaign", "state"), name="claim_state"),)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "number"), name="claim_number_once"),
            models.CheckConstraint(
                name="certified_and_ordered_by_two",
                condition=Q(certified_by=None) | Q(ordered_by=None) | ~Q(certified_by=F("ordered_by")),
            ),
            models.CheckConstraint(
                name="ordered_claim_has_its_number",
                condition=~Q(state__in=(ClaimState.ORDERED, ClaimState.PAID)) | ~Q(order_number=""),
            ),
            models.CheckConstraint(
                name="rejected_claim_says_why", condition=~Q(state=ClaimState.REJECTED) | ~Q(rejection="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.month:%Y-%m}"


class ClaimLine(models.Model):
    """One pass on a claim. Live until the claim is rejected: a pass is on one live line at most."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="lines")
    redemption = models.ForeignKey(Redemption, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    dispute = models.ForeignKey(Dispute, null=True, blank=True, on_delete=models.PROTECT, related_name="lines")
    value = models.PositiveIntegerField()  # cents
    is_live = models.BooleanField(default=True)

    privacy = Declared(other="id claim redemption dispute value is_live")

    class Meta:
        ordering = ("claim", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("redemption",),
                condition=Q(is_live=True, redemption__isnull=False),
                name="redemption_claimed_once",
            ),
            models.UniqueConstraint(
                fields=("dispute",), condition=Q(is_live=True, dispute__isnull=False), name="dispute_claimed_once"
            ),
            models.CheckConstraint(
                name="line_is_of_one_thing",
                condition=Q(redemption__isnull=True, dispute__isnull=False)
                | Q(redemption__isnull=False, dispute__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.claim_id} {self.value}"
