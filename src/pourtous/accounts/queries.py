"""Reads about people, organisations and where a user stands."""

from typing import Any

from pourtous.accounts.models import Membership, User
from pourtous.kernel.permissions import Post, Standing


def standing_of(user: Any) -> Standing:
    """Where a user stands now; nobody for an anonymous, deactivated or unknown user.

    Only posts in active units of active organisations count. Kept on the user instance, which lives as long as
    one request: a role taken away counts from the next request on.
    """
    if not isinstance(user, User) or not user.is_active:
        return Standing()
    kept: Standing | None = getattr(user, "_standing", None)
    if kept is None:
        kept = Standing(user.id, _posts(user))
        user._standing = kept  # type: ignore[attr-defined]  # noqa: SLF001 (a cache on the instance)
    return kept


def _posts(user: User) -> tuple[Post, ...]:
    held = Membership.objects.filter(user=user, unit__is_active=True, unit__organisation__is_active=True)
    return tuple(
        Post(post.unit_id, post.unit.organisation_id, post.role, frozenset(post.unit.capabilities))
        for post in held.select_related("unit").order_by("created_at", "id")
    )
