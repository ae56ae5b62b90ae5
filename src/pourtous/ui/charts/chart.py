"""What a chart is: a title, a sentence, a drawing, a table, and where the figures come from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pourtous.ui import format as written

Number = int | float
Words = str | Promise
NOTHING = SafeString()


class Told(TypedDict, total=False):
    """What is said around a drawing; all of it optional.

    `unit`: of the values ("h", "%", "personnes"). `note`: the one sentence the chart says, else one is made. `rule`: how
    the figure is made. `source`: where it comes from. `on`: the day it was true. `empty`: the sentence when nothing is.
    """

    unit: Words
    note: Words
    rule: Words
    source: Words
    on: date
    empty: Words


@dataclass(frozen=True)
class Chart:
    """A drawing with its table. `plot` is safe HTML, empty when there is nothing to draw.

    `columns` are the heads of the table; `rows` its cells, raw (a label, then numbers or None), as a CSV wants them.
    """

    title: Words
    plot: SafeString
    columns: Sequence[Words]
    rows: Sequence[tuple[Any, ...]]
    told: Told
    finding: str = ""
    key: SafeString = NOTHING

    @property
    def note(self) -> Words:
        """The one sentence it says."""
        return self.told.get("note") or self.finding

    @property
    def name(self) -> str:
        """What a screen reader says instead of the drawing."""
        end = _("The figures are in the table that follows.")
        return " ".join(str(part).strip() for part in (f"{self.title}.", self.note, end) if part)

    @property
    def empty(self) -> Words:
        """What stands in place of a drawing."""
        return self.told.get("empty") or _("Nothing to count yet.")

    @property
    def foot(self) -> list[str]:
        """Rule, source and date of the figures, as far as they are known."""
        told = self.told
        rule = _("Rule: %(rule)s") % {"rule": told["rule"]} if told.get("rule") else ""
        source = _("Source: %(source)s") % {"source": told["source"]} if told.get("source") else ""
        day = _("On %(day)s") % {"day": written.date_in_full(told["on"])} if "on" in told else ""
        return [_sentence(part) for part in (rule, source, day) if part]

    def cells(self) -> list[tuple[str, list[str]]]:
        """The rows of the table as people read them: a label, then values."""
        return [(str(label), [value_text(value) for value in values]) for label, *values in self.rows]


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


_SHORT_UNIT = 3  # letters


def value_text(value: Any, unit: Words = "") -> str:
    """A value for people: "1 840", "12,5 %", a dash for what is not known."""
    if value is None:
        return "–"
    if not isinstance(value, int | float):
        return str(value)
    text = written.number(value)
    short = str(unit)
    return f"{text}{written.NBSP}{short}" if short and len(short) <= _SHORT_UNIT else text


def head(label: Words, unit: Words = "") -> str:
    """The head of a column of values, with its unit."""
    return f"{label} ({unit})" if unit else str(label)


def key(entries: Sequence[tuple[SafeString, Words]]) -> SafeString:
    """What each mark means, in words."""
    items = format_html_join("", '<li class="chart__key-item">{}<span>{}</span></li>', entries)
    return format_html('<ul class="chart__key" aria-hidden="true">{}</ul>', items) if entries else SafeString()


def swatch(classes: str, pattern: str = "") -> SafeString:
    """The mark of an area in the key."""
    return format_html(
        '<svg class="chart__swatch" width="28" height="18"><rect class="{}"{} x="1" y="1" width="26" height="16" '
        'rx="3"/></svg>',
        classes,
        fill(pattern) if pattern else "",
    )


def fill(pattern: str) -> SafeString:
    """The attribute that fills with a pattern of the drawing."""
    return format_html(' fill="url(#{})"', pattern)


def hatch(identity: str) -> SafeString:
    """Definition of the oblique lines that mark a loss or the worst class."""
    return format_html(
        '<svg class="chart__defs" width="0" height="0"><defs><pattern id="{}" width="7" height="7" '
        'patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="chart__hatch-ground" width="7" '
        'height="7"/><rect class="chart__hatch-line" width="2.5" height="7"/></pattern></defs></svg>',
        identity,
    )


def percent(part: float) -> str:
    """A position as SVG wants it: "62.5%"."""
    return f"{round(100 * min(max(part, 0.0), 1.0), 2):g}%"
