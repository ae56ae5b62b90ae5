"""The figures one looks at first, with what they were before."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pourtous.activities.enums import ActivityKind
from pourtous.activities.queries.figures import Figures
from pourtous.activities.rules.tally import AGAIN, ANONYMOUS, HELPED_BEFORE, NEW, NOTHING
from pourtous.kernel.figures import shares
from pourtous.ui import format as written

Words = str | Promise
HEADLINE_DIMENSIONS = frozenset({"novelty", "kind"})


@dataclass(frozen=True)
class Headline:
    """One figure: its key, name, value, the value before (None: not compared), and the rule that made it."""

    key: str
    label: Words
    value: float
    before: float | None
    rule: Words

    @property
    def text(self) -> str:
        """The value as people write it."""
        return written.number(self.value)

    @property
    def delta(self) -> str:
        """The difference in words and in number; empty when there is nothing to compare."""
        if self.before is None:
            return ""
        gap = round(self.value - self.before, 1)
        if not gap:
            return _("as many as before")
        words = _("%(count)s more than before") if gap > 0 else _("%(count)s fewer than before")
        said = words % {"count": written.number(abs(gap))}
        return f"{said} ({self._percent(gap)})" if self.before else said

    def _percent(self, gap: float) -> str:
        assert self.before  # noqa: S101 (asked by the caller)
        sign = "+" if gap > 0 else "−"
        return f"{sign}{written.NBSP}{written.number(round(100 * abs(gap) / self.before))}{written.NBSP}%"


def headlines_of(now: Figures, before: Figures | None) -> list[Headline]:
    """The headline figures of a period, beside the period before."""
    earlier = values(before) if before else {}
    return [Headline(key, label, value, earlier.get(key), rule) for key, label, value, rule in _rows(now)]


def values(figures: Figures) -> dict[str, float]:
    """The values alone, by key."""
    return {key: value for key, _label, value, _rule in _rows(figures)}


def _rows(figures: Figures) -> list[tuple[str, Words, float, Words]]:
    total, novelty = figures.total, figures.of("novelty")
    people = {name: novelty.get(name, NOTHING).accompaniments for name in (NEW, AGAIN, ANONYMOUS, HELPED_BEFORE)}
    workshop = figures.of("kind").get(ActivityKind.WORKSHOP, NOTHING)
    mean = workshop.accompaniments / workshop.activities if workshop.activities else 0
    return [
        ("accompaniments", _("accompaniments"), total.accompaniments, _("One for each person at each activity.")),
        ("activities", _("activities"), total.activities, _("One for each activity recorded.")),
        ("people", _("different people with a file"), figures.people, _("Each person with a file once.")),
        ("new", _("people for the first time"), people[NEW], _("Their first accompaniment is in the period.")),
        ("again", _("visits of people already known"), people[AGAIN], _("Accompaniments after the first one.")),
        (
            "anonymous",
            _("people without a file"),
            people[ANONYMOUS] + people[HELPED_BEFORE],
            _("One for each person without a file, each time they come."),
        ),
        ("hours", _("hours with people"), round(total.minutes / 60), _("Length of activities, once each.")),
        (
            "per_workshop",
            _("people per workshop"),
            round(mean, 1),
            _("Accompaniments at workshops, divided by workshops."),
        ),
    ]


def share_of(part: int, whole: int) -> int:
    """A part in percent of the whole."""
    return shares([part, max(whole - part, 0)])[0] if whole else 0
