"""What the fraud and error desk looks at."""

from django.db import models
from django.db.models import Q

from pourtous.accounts.models import Organisation, User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.passes.enums import FlagState, Pattern
from pourtous.passes.models.campaigns import Campaign
from pourtous.passes.models.evidence import SIGNED


class Flag(models.Model):
    """Something that looks wrong, found once: `key` says where. Explained by a person, or it stays open."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="flags")
    pattern = models.CharField(max_length=16, choices=Pattern)
    key = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    facts = models.JSONField(default=dict)  # serials, days, counts; nobody's name
    state = models.CharField(max_length=6, choices=FlagState, default=FlagState.OPEN)
    found_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    privacy = Declared(
        personal={"closed_by": SIGNED},
        other="id campaign pattern key organisation facts state found_at closed_at reason",
    )

    class Meta:
        ordering = ("-found_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("campaign", "pattern", "key"), name="flag_raised_once"),
            models.CheckConstraint(name="flag_closed_with_a_reason", condition=Q(state=FlagState.OPEN) | ~Q(reason="")),
        )

    def __str__(self) -> str:
        return f"{self.pattern} {self.key}"
