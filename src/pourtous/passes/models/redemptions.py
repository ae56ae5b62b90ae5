"""Passes used, and those that came twice."""

from django.db import models
from django.db.models import Q

from pourtous.accounts.models import Organisation, Unit, User
from pourtous.agenda.models import Registration, Session
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.passes.enums import Channel, DisputeState, RedemptionState
from pourtous.passes.models.books import Book, Pass
from pourtous.passes.models.campaigns import Campaign, FundingPlan
from pourtous.passes.models.evidence import SIGNED
from pourtous.passes.models.hosts import ApiToken, Tablet


class Redemption(models.Model):
    """A pass taken for a session. One that is not undone a pass: by key. Undone ones stay, with their counter-entry.

    `ordinal`: the how-manieth pass of this book for this session; held by a key, so that a book never pays twice.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    taken = models.ForeignKey(Pass, on_delete=models.PROTECT, related_name="redemptions")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="redemptions")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="redemptions")
    plan = models.ForeignKey(FundingPlan, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="redemptions")
    registration = models.ForeignKey(Registration, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    ordinal = models.PositiveSmallIntegerField(default=1)
    value = models.PositiveIntegerField()  # cents
    state = models.CharField(max_length=8, choices=RedemptionState, default=RedemptionState.ACCEPTED)
    channel = models.CharField(max_length=8, choices=Channel)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    tablet = models.ForeignKey(Tablet, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    token = models.ForeignKey(ApiToken, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()  # by the server's clock: what counts for money
    client_at = models.DateTimeField(null=True, blank=True)  # by the clock of who read it: evidence
    is_claimed = models.BooleanField(default=False)  # stands on a claim that is not rejected
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    undo_reason = models.CharField(max_length=300, blank=True)

    privacy = Declared(
        personal={"by": SIGNED, "undone_by": SIGNED, "undo_reason": SIGNED},
        other="id taken book campaign plan session registration organisation ordinal value state channel tablet token "
        "at client_at is_claimed undone_at",
    )

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(
                fields=("campaign", "organisation", "at"),
                condition=Q(state=RedemptionState.ACCEPTED, is_claimed=False),
                name="redemption_to_claim",
            ),
            models.Index(fields=("session",), name="redemption_session"),
            models.Index(fields=("book",), name="redemption_book"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("taken",), condition=Q(state=RedemptionState.ACCEPTED), name="pass_redeemed_once"
            ),
            models.UniqueConstraint(
                fields=("session", "book", "ordinal"),
                condition=Q(state=RedemptionState.ACCEPTED),
                name="book_pays_a_session_once",
            ),
            models.CheckConstraint(
                name="undone_redemption_is_not_claimed", condition=~Q(state=RedemptionState.UNDONE, is_claimed=True)
            ),
            models.CheckConstraint(
                name="redemption_undone_at_a_moment",
                condition=Q(state=RedemptionState.ACCEPTED, undone_at=None)
                | Q(state=RedemptionState.UNDONE, undone_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.taken_id} {self.at:%Y-%m-%d}"


class Dispute(models.Model):
    """A stub typed in after its pass was used elsewhere: never lost, never forced. Somebody decides, by the policy."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    taken = models.ForeignKey(Pass, on_delete=models.PROTECT, related_name="disputes")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="disputes")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    first_use = models.ForeignKey(Redemption, on_delete=models.PROTECT, related_name="disputes")
    value = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=DisputeState, default=DisputeState.OPEN)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    client_at = models.DateTimeField(null=True, blank=True)
    plan = models.ForeignKey(FundingPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    is_claimed = models.BooleanField(default=False)  # once paid all the same: stands on a claim that is not rejected

    privacy = Declared(
        personal={"by": SIGNED, "decided_by": SIGNED},
        other="id taken campaign organisation unit session first_use value plan state at client_at decided_at reason "
        "is_claimed",
    )

    class Meta:
        ordering = ("-at", "-id")
        constraints = (models.UniqueConstraint(fields=("taken", "session"), name="disputed_once_a_session"),)

    def __str__(self) -> str:
        return f"{self.taken_id} {self.at:%Y-%m-%d}"


class RefusedTry(models.Model):
    """A pass shown and refused. Codes that are not ours leave no trace of what was typed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    shown = models.ForeignKey(Pass, null=True, blank=True, on_delete=models.CASCADE, related_name="refused_tries")
    session = models.ForeignKey(Session, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=16)  # enums.Refusal
    at = models.DateTimeField()

    privacy = Declared(other="id unit shown session why at")

    class Meta:
        ordering = ("-at", "-id")
        indexes = (models.Index(fields=("unit", "at"), name="refused_try_unit"),)

    def __str__(self) -> str:
        return f"{self.why} {self.at:%Y-%m-%d}"
