"""The gate: `can(user, permission, object)`. Rules are code, declared by each app; accounts says who stands where.

An app's `permissions.py` declares `EDIT = permission("places.edit", "Edit a place", rule)` where
`rule(standing, object)` is a pure function. accounts provides the `Standing` of a user.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Post:
    """One membership as a rule sees it."""

    unit_id: UUID
    organisation_id: UUID
    role: str  # "manager" or "member"
    capabilities: frozenset[str]  # of the unit: "steering", "mediation", …
    holds_personal_data: bool = False  # the organisation's role and agreement are recorded and in force today


@dataclass(frozen=True)
class Standing:
    """Who asks: nobody (no user id), or a user with the posts held now."""

    user_id: UUID | None = None
    posts: tuple[Post, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.user_id is not None

    def held(self, *, role: str | None = None, personal: bool = False) -> Iterator[Post]:
        """The posts in this role, when one is asked; with `personal`, only where personal data may be seen."""
        return (p for p in self.posts if role in {None, p.role} and (p.holds_personal_data or not personal))

    def has(self, capability: str, *, role: str | None = None, personal: bool = False) -> bool:
        """Whether one post carries the capability (`role` and `personal`: see `held`)."""
        return any(capability in post.capabilities for post in self.held(role=role, personal=personal))

    def is_in(self, unit_id: UUID | None, *, role: str | None = None, personal: bool = False) -> bool:
        """Whether one post is in this unit (`role` and `personal`: see `held`)."""
        return unit_id is not None and any(p.unit_id == unit_id for p in self.held(role=role, personal=personal))

    def is_of(self, organisation_id: UUID | None, *, role: str | None = None, personal: bool = False) -> bool:
        """Whether one post is in a unit of this organisation (`role` and `personal`: see `held`)."""
        held = self.held(role=role, personal=personal)
        return organisation_id is not None and any(p.organisation_id == organisation_id for p in held)


Rule = Callable[[Standing, Any], bool]


@dataclass(frozen=True)
class Permission:
    """A named act with the rule of who may do it. `rule` gets None as object when the question is general."""

    name: str
    description: str | Promise  # for people, translated when shown
    rule: Rule


_declared: dict[str, Permission] = {}
_standing_of: Callable[[Any], Standing] = lambda _user: Standing()  # noqa: E731 (replaced by accounts at start)


def permission(name: str, description: str | Promise, rule: Rule) -> Permission:
    """Declare a permission; a name declared twice is a programming error."""
    if name in _declared:
        msg = f"permission {name} is declared twice"
        raise ValueError(msg)
    return _declared.setdefault(name, Permission(name, description, rule))


def declared() -> dict[str, Permission]:
    """All permissions by name."""
    return dict(sorted(_declared.items()))


def set_standing(standing_of: Callable[[Any], Standing]) -> None:
    """Let accounts say who stands where. Called once at start."""
    global _standing_of  # noqa: PLW0603 (the one place where a higher app plugs in)
    _standing_of = standing_of


def can(user: Any, asked: Permission, subject: Any = None) -> bool:
    """Whether the user may do this, to this. The only question the software ever asks about rights."""
    return asked.rule(_standing_of(user), subject)
