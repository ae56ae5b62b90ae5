"""Nothing outlives its time: what each app lets go of, in one place.

An app declares in its `tasks.py` what goes, and answers how many rows went (or, with `dry_run`, would go):

    @retention("places.reports", _("Words and contacts of reports, six months after the answer"))
    def old_reports(now: datetime, *, dry_run: bool) -> int: …

`pourtous retention` and one daily work do all of it; a page of the steering team tells what will go. How long a
person's file is kept is a rule of its own: `people/rules/deadlines.py`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.utils.functional import Promise

log = logging.getLogger(__name__)


class Work(Protocol):
    """What lets go of rows, or counts those it would let go of."""

    def __call__(self, now: datetime, *, dry_run: bool) -> int:
        """How many."""


@dataclass(frozen=True)
class Rule:
    """One thing that goes: its name, a sentence for people, and what does it."""

    name: str
    sentence: str | Promise
    work: Work


@dataclass(frozen=True)
class Outcome:
    """What became of one rule: how many rows went, or would go; None when it failed (the log says why)."""

    rule: Rule
    count: int | None


_rules: dict[str, Rule] = {}


def retention(name: str, sentence: str | Promise) -> Callable[[Work], Work]:
    """Declare what goes, and when, in a sentence. The work must do no harm when done twice."""

    def declare(work: Work) -> Work:
        _rules[name] = Rule(name, sentence, work)
        return work

    return declare


def rules() -> list[Rule]:
    """All rules by name."""
    return [_rules[name] for name in sorted(_rules)]


def apply(*, now: datetime, dry_run: bool = False) -> list[Outcome]:
    """Let go of all that is due; with `dry_run`, only count it. A rule that fails stops no other."""
    return [Outcome(rule, _count(rule, now, dry_run=dry_run)) for rule in rules()]


def _count(rule: Rule, now: datetime, *, dry_run: bool) -> int | None:
    try:
        return rule.work(now, dry_run=dry_run)
    except Exception:
        log.exception("retention %s failed", rule.name)
        return None
