"""Keys with which programs of hosts take passes."""

from collections.abc import Iterable
from uuid import UUID

from pourtous.passes.models import ApiToken
from pourtous.passes.sealing import digests

PREFIX = "pass_"


def token_of(secret: str) -> ApiToken | None:
    """The key somebody shows, while it is good; None for all else, after one look-up."""
    found = ApiToken.objects.select_related("unit__organisation").filter(
        digest__in=digests(secret), revoked_at=None, unit__is_active=True, unit__organisation__is_active=True
    )
    return found.first()


def tokens_of(units: Iterable[UUID]) -> list[ApiToken]:
    """The keys of these units, those in use first."""
    rows = ApiToken.objects.filter(unit__in=list(units)).select_related("unit", "made_by")
    return sorted(rows.order_by("-made_at", "-id"), key=lambda one: one.revoked_at is not None)
