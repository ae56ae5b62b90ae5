"""Reads about people, organisations and where a user stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, When
from django.http import HttpRequest

from pourtous.accounts.enums import Role
from pourtous.accounts.models import Agreement, Invitation, Membership, Organisation, Unit, User
from pourtous.accounts.queries.agreements import covered, incomplete
from pourtous.accounts.queries.agreements import may_hold_personal_data as may_hold_personal_data
from pourtous.accounts.rules.browsers import browser
from pourtous.accounts.rules.invitations import InvitationState, digest
from pourtous.kernel import clock
from pourtous.kernel.permissions import Post, Standing
from pourtous.kernel.text import fold


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
    held = held.annotate(is_covered=covered(clock.today(), "unit__organisation"))
    return tuple(
        Post(post.unit_id, post.unit.organisation_id, post.role, frozenset(post.unit.capabilities), post.is_covered)
        for post in held.select_related("unit").order_by("created_at", "id")
    )


def who(request: HttpRequest) -> User:
    """Who is signed in, for views that only somebody signed in reaches."""
    return cast("User", request.user)


def words_of(user: Any) -> list[str]:
    """What anybody may know of a user: name, address, teams, organisations, territory. For judging passwords."""
    territory = settings.TERRITORY
    words: list[str] = ["pourtous", *(str(territory[key]) for key in ("name", "programme", "publisher"))]
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


ORGANISATION_ORDERS = {"name": "name", "kind": "kind", "units": "unit_count", "people": "people_count"}


def organisations(*, words: str = "", state: str = "", sort: str = "name") -> QuerySet[Organisation]:
    """Organisations with `unit_count` and `people_count` (each person once), searched and sorted.

    `words`: each is looked for in the names of organisation and units, and in SIRETs. `state`: "closed", "incomplete"
    (no role or agreement for personal data), else all open ones. `sort`: a key of ORGANISATION_ORDERS, "-" for descending.
    """
    found = Organisation.objects.annotate(
        unit_count=Count("units", filter=Q(units__is_active=True), distinct=True),
        people_count=Count("units__memberships__user", filter=Q(units__is_active=True), distinct=True),
    )
    day = clock.today()
    found = found.annotate(
        is_covered=covered(day, "pk"), is_incomplete=Case(When(incomplete(day), then=True), default=False)
    )
    found = found.filter(is_active=state != "closed")
    if state == "incomplete":
        found = found.filter(is_incomplete=True)
    for word in words.split()[:8]:
        named = Unit.objects.filter(name__icontains=word).values("organisation")
        found = found.filter(Q(name__icontains=word) | Q(siret__startswith=word) | Q(pk__in=named))
    column = ORGANISATION_ORDERS.get(sort.removeprefix("-"), "name")
    return found.order_by(("-" if sort.startswith("-") else "") + column, "name", "id")


def incomplete_organisations() -> QuerySet[Organisation]:
    """Open organisations that work with people's files while their role or agreement is not recorded."""
    return Organisation.objects.filter(incomplete(clock.today()), is_active=True)


def agreement(identity: UUID) -> Agreement | None:
    """An agreement by its id, with its organisation and its document."""
    return Agreement.objects.select_related("organisation", "document").filter(pk=identity).first()


def agreements_of(held_by: Organisation) -> list[Agreement]:
    """The agreements of an organisation, the latest first."""
    return list(held_by.agreements.select_related("document"))


def organisation(identity: UUID) -> Organisation | None:
    """An organisation by its id."""
    return Organisation.objects.filter(pk=identity).first()


def unit(identity: UUID) -> Unit | None:
    """A unit by its id, with its organisation."""
    return Unit.objects.select_related("organisation").filter(pk=identity).first()


def units_of(held_by: Organisation) -> list[Unit]:
    """The units of an organisation with `people_count`, open ones first."""
    return list(held_by.units.annotate(people_count=Count("memberships")).order_by("-is_active", "name"))


def managed_units(user: User) -> list[Unit]:
    """The open units a user manages."""
    held = Unit.objects.filter(memberships__user=user, memberships__role=Role.MANAGER, is_active=True)
    return list(held.filter(organisation__is_active=True).select_related("organisation").order_by("name", "id"))


def people_of(team: Unit) -> list[Membership]:
    """The posts of a unit with their users, each with `has_second_factor`; managers first."""
    factor = Authenticator.objects.filter(user=OuterRef("user"), type=Authenticator.Type.TOTP)
    posts = team.memberships.select_related("user").annotate(has_second_factor=Exists(factor))
    return sorted(posts, key=lambda post: (post.role != Role.MANAGER, fold(post.user.name)))


def waiting_invitations(teams: Iterable[Unit]) -> list[Invitation]:
    """Invitations nobody has accepted or cancelled, expired ones included, newest first."""
    waiting = Invitation.objects.filter(unit__in=teams, accepted_at=None, cancelled_at=None)
    return list(waiting.select_related("unit__organisation", "invited_by"))


def all_waiting_invitations() -> QuerySet[Invitation]:
    """The same in all units."""
    waiting = Invitation.objects.filter(accepted_at=None, cancelled_at=None, unit__is_active=True)
    return waiting.select_related("unit__organisation")


def membership(identity: UUID) -> Membership | None:
    """A post by its id, with user and unit."""
    return Membership.objects.select_related("user", "unit__organisation").filter(pk=identity).first()


def invitation(identity: UUID) -> Invitation | None:
    """An invitation by its id, with its unit."""
    return Invitation.objects.select_related("unit__organisation", "invited_by").filter(pk=identity).first()


def without_second_factor(teams: Iterable[Unit]) -> list[User]:
    """Active people of these units who have not set a second factor."""
    with_one = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    found = User.objects.filter(memberships__unit__in=teams, is_active=True).exclude(pk__in=with_one)
    return list(found.distinct().order_by("name", "id"))
