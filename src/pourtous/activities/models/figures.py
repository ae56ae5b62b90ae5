"""Figures shown to somebody without an account."""

from django.db import models

from pourtous.accounts.models import Unit, User
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared


class SharedFigures(models.Model):
    """A link to a page of figures, which can be turned off. Only a digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    token_digest = models.CharField(max_length=64, unique=True)
    query = models.CharField(max_length=1000, blank=True)  # the filters, as in the address of the page
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    privacy = Declared(other="id token_digest query unit by created_at closed_at")

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return str(self.id)
