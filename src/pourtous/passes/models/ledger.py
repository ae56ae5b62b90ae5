"""The ledger: double entry in cents, per funder. Postings and entries are only ever added (held by triggers)."""

from django.db import models
from django.db.models import Q

from pourtous.accounts.models import User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.passes.enums import Account, PostingKind
from pourtous.passes.models.campaigns import Campaign, Funding, FundingPlan
from pourtous.passes.models.evidence import SIGNED


class Posting(models.Model):
    """Value that moved from one account to another, all funders together. `key` says what for: posted once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="postings")
    kind = models.CharField(max_length=10, choices=PostingKind)
    key = models.CharField(max_length=80, unique=True)  # "redeem:<id of the redemption>"
    source = models.CharField(max_length=10, choices=Account)
    target = models.CharField(max_length=10, choices=Account)
    value = models.PositiveBigIntegerField()  # cents
    on = models.DateField()  # of Paris
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    privacy = Declared(personal={"by": SIGNED}, other="id campaign kind key source target value on at")

    class Meta:
        ordering = ("at", "id")
        indexes = (models.Index(fields=("campaign", "on"), name="posting_day"),)
        constraints = (models.CheckConstraint(name="posting_has_value", condition=Q(value__gte=1)),)

    def __str__(self) -> str:
        return self.key


class Entry(models.Model):
    """What a posting changed in one account of one funder: cents, never zero. Those of a posting sum to zero."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="entries")
    funding = models.ForeignKey(Funding, on_delete=models.PROTECT, related_name="entries")
    account = models.CharField(max_length=10, choices=Account)
    cents = models.BigIntegerField()

    privacy = Declared(other="id posting funding account cents")

    class Meta:
        ordering = ("posting", "account", "funding")
        constraints = (models.CheckConstraint(name="entry_is_not_zero", condition=~Q(cents=0)),)

    def __str__(self) -> str:
        return f"{self.account} {self.cents}"


class Balance(models.Model):
    """What stands in an account of a funder: the sum of its entries, kept at hand. `pourtous verify` proves it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(FundingPlan, on_delete=models.PROTECT, related_name="balances")
    funding = models.ForeignKey(Funding, on_delete=models.PROTECT, related_name="balances")
    account = models.CharField(max_length=10, choices=Account)
    cents = models.BigIntegerField(default=0)

    privacy = Declared(other="id plan funding account cents")

    class Meta:
        ordering = ("plan", "account", "funding")
        constraints = (
            models.UniqueConstraint(fields=("funding", "account"), name="balance_once"),
            models.CheckConstraint(name="only_the_fund_owes", condition=Q(account=Account.FUND) | Q(cents__gte=0)),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.cents}"
