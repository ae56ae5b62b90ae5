"""Reads about people, organisations and where a user stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Q

from pourtous.accounts.models import Invitation, Membership, User
from pourtous.accounts.rules.browsers import browser
from pourtous.accounts.rules.invitations import InvitationState, digest
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


def words_of(user: Any) -> list[str]:
    """What anybody may know of a user: name, address, teams, organisations, territory. For judging passwords."""
    territory = settings.TERRITORY
    words = [territory["name"], territory["programme"], territory["publisher"], "pourtous"]
    if not isinstance(user, User):
        return words
    words += [user.name, user.email]
    words += getattr(user, "invited_to", ())
    for post in Membership.objects.filter(user=user).select_related("unit__organisation"):
        words += [post.unit.name, post.unit.organisation.name]
    return words


def posts_of(user: User) -> list[Membership]:
    """A user's posts, with unit and organisation, closed ones included."""
    return list(user.memberships.select_related("unit__organisation").order_by("created_at", "id"))


@dataclass(frozen=True)
class OwnSession:
    """One open session of a user."""

    id: int
    opened_at: datetime
    browser: str
    is_current: bool


def own_sessions(user: User, current_key: str | None) -> list[OwnSession]:
    """The open sessions of a user, the present one first."""
    found = UserSession.objects.purge_and_list(user)
    rows = [OwnSession(s.pk, s.created_at, browser(s.user_agent), s.session_key == current_key) for s in found]
    return sorted(rows, key=lambda row: (not row.is_current, row.opened_at))


def recovery_codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    held = Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(held.wrap().get_unused_codes()) if held else 0


def invitation_behind(token: str, *, now: datetime) -> Invitation | None:
    """The invitation a link leads to while it can be accepted; what is over and what never was answer alike."""
    found = Invitation.objects.select_related("unit__organisation", "invited_by")
    invitation = found.filter(
        token_digest=digest(token), unit__is_active=True, unit__organisation__is_active=True
    ).first()
    return invitation if invitation and invitation.state(now) is InvitationState.OPEN else None


def has_account(email: str) -> bool:
    """Whether an address has an account."""
    return User.objects.filter(email=email).exists()


@dataclass(frozen=True)
class DemoGroup:
    """A unit of the demonstration with its people; without unit, those who have no post."""

    unit: Any | None
    people: list[tuple[User, str]]


def _without_password() -> Any:
    return User.objects.filter(Q(password="") | Q(password__startswith="!"), is_active=True)  # noqa: S106 (how Django marks none)


def demo_accounts() -> list[DemoGroup]:
    """People of the demonstration (accounts without password) by unit, those without post last."""
    users = _without_password()
    held = Membership.objects.filter(user__in=users).select_related("user", "unit__organisation")
    groups: dict[Any, DemoGroup] = {}
    for post in held.order_by("unit__organisation__name", "unit__name", "role", "user__name"):
        group = groups.setdefault(post.unit_id, DemoGroup(post.unit, []))
        group.people.append((post.user, post.get_role_display()))
    strangers = [(user, "") for user in users.filter(memberships=None).order_by("name")]
    return [*groups.values(), *([DemoGroup(None, strangers)] if strangers else [])]


def demo_account(identity: UUID | None) -> User | None:
    """One of them."""
    return _without_password().filter(pk=identity).first() if identity else None
