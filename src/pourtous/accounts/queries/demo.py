"""Who can be entered as on the demonstration's page of roles: accounts without password, and no others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from pourtous.accounts.models import Membership, User


@dataclass(frozen=True)
class DemoRole:
    """What one may want to be, with people by e-mail and what each of them is, in a few words."""

    title: str
    people: tuple[tuple[str, str], ...]


_roles: list[DemoRole] = []


def show_roles(roles: Iterable[DemoRole]) -> None:
    """Name the few people the page shows; without any, or when none of them is there, it shows all by unit."""
    _roles[:] = roles


@dataclass(frozen=True)
class DemoGroup:
    """People of one role, or of one unit (none: those without post), each with a few words."""

    title: str
    unit: Any | None = None
    people: list[tuple[User, str]] = field(default_factory=list)


def demo_accounts() -> list[DemoGroup]:
    """People of the demonstration by role; by unit when no role is named, those without post last."""
    return _by_role() or _by_unit()


def _by_role() -> list[DemoGroup]:
    emails = [email for role in _roles for email, _words in role.people]
    there = {user.email: user for user in _without_password().filter(email__in=emails)} if emails else {}
    groups = [
        DemoGroup(role.title, None, [(there[email], words) for email, words in role.people if email in there])
        for role in _roles
    ]
    return [group for group in groups if group.people]


def _by_unit() -> list[DemoGroup]:
    users = _without_password()
    held = Membership.objects.filter(user__in=users).select_related("user", "unit__organisation")
    groups: dict[Any, DemoGroup] = {}
    for post in held.order_by("unit__organisation__name", "unit__name", "role", "user__name"):
        title = f"{post.unit.organisation.name}, {post.unit.name}"
        group = groups.setdefault(post.unit_id, DemoGroup(title, post.unit))
        group.people.append((post.user, post.get_role_display()))
    strangers = [(user, "") for user in users.filter(memberships=None).order_by("name")]
    return [*groups.values(), *([DemoGroup("", None, strangers)] if strangers else [])]


def demo_account(identity: UUID | None) -> User | None:
    """One of them, shown or not."""
    return _without_password().filter(pk=identity).first() if identity else None


def _without_password() -> Any:
    return User.objects.filter(Q(password="") | Q(password__startswith="!"), is_active=True)  # noqa: S106 (how Django marks none)
