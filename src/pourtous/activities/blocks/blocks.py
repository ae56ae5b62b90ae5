"""Each block of a page of figures: one breakdown, drawn and as a table."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pourtous.activities.blocks.words import Dictionary, dictionary, order_of
from pourtous.activities.queries.figures import Figures
from pourtous.activities.queries.meetings import Meetings
from pourtous.activities.rules.small_counts import shown
from pourtous.activities.rules.tally import Tally
from pourtous.agenda.enums import AppointmentState
from pourtous.kernel.figures import shares
from pourtous.territories.queries import map_outlines
from pourtous.ui.charts import Chart, Told, bars, columns, commune_map

Words = str | Promise
MOST_DRAWN = 12
MOST_MONTHS = 36


@dataclass(frozen=True)
class Block:
    """A breakdown: its key in addresses, and its chart (`columns` and `rows` are the table)."""

    key: str
    chart: Chart

    @property
    def is_open(self) -> bool:
        """The two that say most stand open on the page; the others are one line each."""
        return self.key in {"mois", "novelty"}


@dataclass(frozen=True)
class _Kind:
    """How a dimension is shown. `by` names what of a tally is counted; `adds_up`: each is counted once."""

    dimension: str
    title: Words
    rule: Words
    by: str = "accompaniments"
    adds_up: bool = True


_ONCE = gettext_lazy("One accompaniment for each person at each activity.")
_SEVERAL = gettext_lazy("An activity with several counts once in each.")
_PER_ACTIVITY = gettext_lazy("Each activity once.")
_PEOPLE = gettext_lazy("People with and without a file, as they were that day.")
_KINDS = (
    _Kind("topic", gettext_lazy("Topics"), _SEVERAL, adds_up=False),
    _Kind("procedure", gettext_lazy("Administrative procedures"), _SEVERAL, adds_up=False),
    _Kind("kind", gettext_lazy("Kinds of activity"), _PER_ACTIVITY, by="activities"),
    _Kind("band", gettext_lazy("How long activities last"), _PER_ACTIVITY, by="activities"),
    _Kind("novelty", gettext_lazy("New and known people"), _ONCE),
    _Kind("age", gettext_lazy("Ages"), _PEOPLE),
    _Kind("gender", gettext_lazy("Women and men"), _PEOPLE),
    _Kind("status", gettext_lazy("Place in working life"), _PEOPLE),
    _Kind("autonomy", gettext_lazy("How people do it"), gettext_lazy("Activities where it was told."), by="activities"),
    _Kind("level", gettext_lazy("Levels of workshops"), gettext_lazy("Workshops where it was told."), by="activities"),
    _Kind("equipment", gettext_lazy("Equipment"), _SEVERAL, adds_up=False),
    _Kind(
        "orientation",
        gettext_lazy("Sent on to"),
        gettext_lazy("Activities after which people were sent on."),
        by="activities",
    ),
    _Kind(
        "outcome",
        gettext_lazy("What came of it"),
        gettext_lazy("Activities after which people were sent on, once asked about."),
        by="activities",
    ),
    _Kind("place_kind", gettext_lazy("Where people meet"), _ONCE),
    _Kind("place", gettext_lazy("Places"), gettext_lazy("Accompaniments at a place of the directory.")),
    _Kind("residence", gettext_lazy("Where people live"), gettext_lazy("Commune of residence, when it was told.")),
    _Kind("source", gettext_lazy("Where activities were recorded"), _PER_ACTIVITY, by="activities"),
)


@dataclass(frozen=True)
class Frame:
    """What all charts say at their foot; `hides_small` on pages without login."""

    source: Words
    on: date
    hides_small: bool = False

    def told(self, rule: Words, **more: Any) -> Told:
        """Rule, source and date of a chart."""
        told: Told = {"rule": rule, "source": self.source, "on": self.on}
        told.update(more)  # type: ignore[typeddict-item]  # names of Told
        return told


def blocks_of(figures: Figures, meetings: Meetings | None, frame: Frame) -> list[Block]:
    """All blocks that have something to show, in the order of the page. Without `meetings`, none about appointments."""
    names = dictionary(figures.of("place"), {*figures.of("commune"), *figures.of("residence")})
    found = [block for block in _blocks(figures, meetings, names, frame) if block.chart.rows]
    return [block for block in found if block.key != "source" or len(block.chart.rows) > 1]


def _blocks(figures: Figures, meetings: Meetings | None, names: Dictionary, frame: Frame) -> Iterator[Block]:
    yield _months(figures, frame)
    for kind in _KINDS:
        yield _breakdown(figures, kind, names, frame)
        if kind.dimension == "band":
            yield _time(figures, names, frame)
        if kind.dimension == "place":
            yield _communes(figures, names, frame)
    if meetings is not None:
        yield _meetings(meetings, frame)


# --- Over time.


def _months(figures: Figures, frame: Frame) -> Block:
    rows = [(month, one) for month, one in figures.months if month <= frame.on]
    by_year = len(rows) > MOST_MONTHS
    label = _year if by_year else _month
    sums: dict[str, Tally] = {}
    for month, one in rows:
        held = sums.get(label(month), Tally(0, 0, 0))
        sums[label(month)] = Tally(*(a + b for a, b in zip(held, one, strict=True)))
    kept = _kept({name: one.accompaniments for name, one in sums.items()}, frame)
    drawn = [(name, count) for name, count in kept.items()]
    title = _("Accompaniments by year") if by_year else _("Accompaniments by month")
    chart = columns(title, drawn, **frame.told(_ONCE, **_hidden(len(sums) - len(kept))))
    table = [(name, sums[name].accompaniments, *_unless_small(frame, sums[name].activities)) for name in kept]
    heads = [_("Period"), _("Accompaniments"), *_unless_small(frame, _("Activities"))]
    return Block("mois", replace(chart, columns=heads, rows=table if any(sums.values()) else []))


def _month(month: date) -> str:
    names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    return f"{names[month.month - 1]} {month:%y}"


def _year(month: date) -> str:
    return str(month.year)


def _unless_small(frame: Frame, cell: Any) -> tuple[Any, ...]:
    """A second count beside the first would let one work out what is hidden."""
    return () if frame.hides_small else (cell,)


def _kept(counts: Mapping[str, int], frame: Frame) -> dict[str, int]:
    return shown(counts) if frame.hides_small else dict(counts)


def _hidden(count: int) -> dict[str, Words]:
    """The sentence that says values are kept back."""
    if not count:
        return {}
    return {
        "note": ngettext(
            "%(count)s value is not shown: too few people.", "%(count)s values are not shown: too few people.", count
        )
        % {"count": count}
    }


# --- Breakdowns.


def _breakdown(figures: Figures, kind: _Kind, names: Dictionary, frame: Frame) -> Block:
    found = _ordered(figures, kind)
    counts = {value: getattr(one, kind.by) for value, one in found.items()}
    # What is hidden is decided on people, whatever is counted: an activity can be one person.
    kept = [value for value in counts if value in _kept({v: one.accompaniments for v, one in found.items()}, frame)]
    hidden = _hidden(len(counts) - len(kept))
    rows = [(names.label(kind.dimension, value), counts[value]) for value in kept]
    if kind.dimension == "outcome":
        rows = [(label, count) for label, count in rows if count]
    chart = bars(kind.title, rows[:MOST_DRAWN], **frame.told(kind.rule, **(hidden or _most_drawn(len(rows)))))
    heads, table = _table(kind, rows, counts, kept)
    return Block(kind.dimension.replace("_", "-"), replace(chart, columns=heads, rows=table))


def _ordered(figures: Figures, kind: _Kind) -> dict[str, Tally]:
    found = figures.of(kind.dimension)
    order: Callable[[str], Any] = order_of(kind.dimension) or (lambda value: -getattr(found[value], kind.by))
    kept = (value for value in sorted(found, key=order) if getattr(found[value], kind.by))
    named = (value for value in kept if value or kind.dimension != "residence")  # those who told where they live
    return {value: found[value] for value in named}


def _most_drawn(count: int) -> dict[str, Words]:
    if count <= MOST_DRAWN:
        return {}
    return {"note": _("The first %(drawn)s of %(count)s.") % {"drawn": MOST_DRAWN, "count": count}}


def _table(
    kind: _Kind, rows: list[tuple[Words, int]], counts: Mapping[str, int], kept: list[str]
) -> tuple[list[Words], list[tuple[Any, ...]]]:
    """Label and count; the share when each is counted once and nothing is hidden."""
    head = _("Activities") if kind.by == "activities" else _("Accompaniments")
    if not kind.adds_up or len(kept) < len(counts) or not rows:
        return [kind.title, head], list(rows)
    parts = shares([count for _label, count in rows])
    return [kind.title, head, _("Share (%)")], [(*row, part) for row, part in zip(rows, parts, strict=True)]


def _time(figures: Figures, names: Dictionary, frame: Frame) -> Block:
    """Hours by kind of activity; minutes of hidden kinds stay out."""
    found = figures.of("kind")
    kept = _kept({value: one.accompaniments for value, one in found.items()}, frame)
    rows = [(names.label("kind", value), round(found[value].minutes / 60)) for value in kept if found[value].minutes]
    rule = _("Length of activities, once each, rounded to the hour.")
    told = frame.told(rule, unit="h", **_hidden(len(found) - len(kept)))
    return Block("temps", bars(_("Time by kind of activity"), rows, **told))


def _communes(figures: Figures, names: Dictionary, frame: Frame) -> Block:
    counts = {code: one.accompaniments for code, one in figures.of("commune").items() if one.accompaniments}
    kept = {code: count for code, count in _kept(counts, frame).items() if code}
    hidden = len([code for code in counts if code]) - len(kept)
    title, rule = _("Communes where people are helped"), _("Commune of the place of the activity.")
    told = frame.told(rule, **_hidden(hidden))
    chart = commune_map(title, kept, map_outlines(), **told)
    if not chart.plot:
        chart = bars(
            title, [(names.label("commune", code), count) for code, count in kept.items()][:MOST_DRAWN], **told
        )
    table = [(names.label("commune", code), code, count) for code, count in kept.items()]
    heads = [_("Commune"), _("INSEE code"), _("Accompaniments")]
    return Block("communes", replace(chart, columns=heads, rows=table))


def _meetings(found: Meetings, frame: Frame) -> Block:
    rows = [(state.label, found.of(state)) for state in AppointmentState if found.of(state)]
    kept = rows if not frame.hides_small else []
    rule = _("Appointments of the period that are settled. Topics, places and tags do not narrow them.")
    note = {}
    if found.expected:
        missed = shares([found.of(AppointmentState.MISSED), found.of(AppointmentState.HONOURED)])[0]
        note = {"note": _("Of 100 people we waited for, %(count)s did not come.") % {"count": missed}}
    return Block("rendez-vous", bars(_("Appointments"), kept, **frame.told(rule, **note)))
