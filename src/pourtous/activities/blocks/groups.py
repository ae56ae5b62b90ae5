"""The blocks of a page of figures, by subject: what was done, with whom, where and what followed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pourtous.activities.blocks.blocks import Block

_PEOPLE = ("novelty", "age", "gender", "status", "autonomy", "residence")
_WHERE = ("communes", "place", "place-kind")
_AFTER = ("outcome", "orientation", "rendez-vous")


@dataclass(frozen=True)
class Group:
    """A subject and its blocks, in the order of the page."""

    title: str | Promise
    blocks: tuple[Block, ...]


def columns_of(blocks: Iterable[Block]) -> list[list[Group]]:
    """Two columns of groups; what has nothing to show is left out."""
    held = {one.key: one for one in blocks}
    done = (key for key in held if key not in {*_PEOPLE, *_WHERE, *_AFTER})
    left = _group(_("What was done"), done, held), _group(_("Where"), _WHERE, held)
    right = _group(_("With whom"), _PEOPLE, held), _group(_("What followed"), _AFTER, held)
    return [kept for column in (left, right) if (kept := [one for one in column if one.blocks])]


def _group(title: str | Promise, keys: Iterable[str], held: dict[str, Block]) -> Group:
    return Group(title, tuple(held[key] for key in keys if key in held))
