"""Charts with a scale: columns over time, and lines."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Unpack

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pourtous.ui.charts.chart import Chart, Number, Told, Words, head, key, percent, value_text

_HEIGHT = 200  # pixels of the plot
_NARROW, _WIDE = 5, 12  # labels under the plot that fit a phone, a screen
_LEAST = 0.001  # below it, a scale of 0 to 1
_SHORT = 5  # letters of a label that leave room for twelve
_MOST_SERIES = 4  # lines one tells apart without colour
_MARKS = ("M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z", "M-5-5h10v10h-10z", "M0-7L7 6H-7z", "M0-7L7 0L0 7L-7 0z")

Values = Sequence[Number | None]
Series = Sequence[tuple[Words, Values]]


def columns(title: Words, rows: Sequence[tuple[Words, Number]], **told: Unpack[Told]) -> Chart:
    """Values over time, by month or by day, from the oldest."""
    unit = told.get("unit", "")
    values = [value for _label, value in rows]
    steps = scale(max(values, default=0), whole=all(isinstance(value, int) for value in values))
    drawn = [_column(n, len(rows), value, steps[-1], unit) for n, value in enumerate(values)]
    return Chart(
        title,
        _plot(_join(drawn), [label for label, _value in rows], steps) if rows else SafeString(),
        [_("Period"), head(_("Value"), unit)],
        list(rows),
        told,
        _highest(rows, unit),
    )


def lines(
    title: Words,
    labels: Sequence[Words],
    series: Series,
    *,
    goal: Number | Sequence[Number | None] | None = None,
    **told: Unpack[Told],
) -> Chart:
    """One to four lines over the same labels; None leaves a gap. `goal`: a level, or one value a label, drawn dashed.

    ValueError for more than four lines, or a line whose length is not that of the labels.
    """
    unit = told.get("unit", "")
    aims = _aims(goal, len(labels))
    every = _numbered(series, aims)
    if len(series) > _MOST_SERIES or any(len(values) != len(labels) for _n, _name, values in every):
        msg = "at most four lines, each with a value a label"
        raise ValueError(msg)
    known = [value for _n, _name, values in every for value in values if value is not None]
    steps = scale(max(known, default=0), whole=all(isinstance(value, int) for value in known))
    drawn = [_line(n, values, steps[-1]) for n, _name, values in every]
    return Chart(
        title,
        _plot(_join(drawn), labels, steps) if labels and known else SafeString(),
        [_("Period"), *(head(name, unit) for _n, name, _values in every)],
        [(label, *(values[at] for _n, _name, values in every)) for at, label in enumerate(labels)],
        told,
        _latest(series, labels, unit),
        key([(_sample(n), _last_of(name, values, unit)) for n, name, values in every]),
    )


def _numbered(series: Series, aims: Values) -> list[tuple[int, Words, Values]]:
    """Each line with the number of its style; the goal has 0."""
    numbered = [(n, name, values) for n, (name, values) in enumerate(series, 1)]
    return [*numbered, *([(0, _("Goal"), aims)] if aims else [])]


def _aims(goal: Number | Sequence[Number | None] | None, count: int) -> list[Number | None]:
    if goal is None:
        return []
    return [goal] * count if isinstance(goal, int | float) else list(goal)


def scale(top: Number, *, whole: bool = False) -> list[Number]:
    """Round steps from 0 to at least `top`, three to five intervals: 930 → 0, 250, 500, 750, 1000.

    `whole`: no step between whole numbers.
    """
    if top < _LEAST:
        return [0, 1]
    unit = 10 ** floor(log10(top / 4))
    step = next(size * unit for size in (1, 2, 2.5, 5, 10) if size * unit * 4 >= top * 0.999)
    step = max(1, ceil(step)) if whole else step
    count = max(1, ceil(top / step - 1e-9))
    return [round(step * n, 6) if step % 1 else int(step) * n for n in range(count + 1)]


def _y(value: Number, top: Number) -> float:
    return round(_HEIGHT * (1 - min(max(value / top, 0), 1)), 1)


def _middle(n: int, count: int) -> str:
    return percent((n + 0.5) / count)


def _column(n: int, count: int, value: Number, top: Number, unit: Words) -> SafeString:
    y = _y(value, top)
    bar = format_html(
        '<rect class="chart__fill" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        percent((n + 0.14) / count),
        y,
        percent(0.72 / count),
        round(_HEIGHT - y, 1),
    )
    if count > _WIDE:
        return bar
    wide = "" if count <= _NARROW else " chart__wide"
    text = '<text class="chart__top{}" x="{}" y="{}">{}</text>'
    return bar + format_html(text, wide, _middle(n, count), max(y - 6, 8), value_text(value, unit))


def _style(number: int) -> str:
    return f"chart__line--{number}" if number else "chart__line--goal"


def _line(number: int, values: Values, top: Number) -> SafeString:
    count, classes = len(values), _style(number)
    points = [(n, _y(value, top)) for n, value in enumerate(values) if value is not None]
    path = "".join(
        f"{'L' if order and points[order - 1][0] == n - 1 else 'M'}{round(1000 * (n + 0.5) / count, 1):g} {y:g}"
        for order, (n, y) in enumerate(points)
    )
    drawn = format_html(
        '<svg viewBox="0 0 1000 {}" width="100%" height="{}" preserveAspectRatio="none" overflow="visible">'
        '<path class="chart__line {}" d="{}" vector-effect="non-scaling-stroke"/></svg>',
        _HEIGHT,
        _HEIGHT,
        classes,
        path,
    )
    if not number:
        return drawn
    marks = ((_middle(n, count), y, classes, _MARKS[number - 1]) for n, y in points)
    return drawn + format_html_join(
        "", '<svg x="{}" y="{}" overflow="visible"><path class="chart__mark {}" d="{}"/></svg>', marks
    )


def _plot(content: SafeString, labels: Sequence[Words], steps: Sequence[Number]) -> SafeString:
    rules = ((y := _y(step, steps[-1]), y) for step in steps)
    grid = format_html_join("", '<line class="chart__grid" x1="0" x2="100%" y1="{}" y2="{}"/>', rules)
    axis = format_html_join("", "<span>{}</span>", ((value_text(step),) for step in reversed(steps)))
    return format_html(
        '<div class="chart__plot"><div class="chart__axis num">{}</div>'
        '<svg class="chart__area" width="100%" height="{}">{}{}</svg>'
        '<svg class="chart__labels" width="100%" height="26">{}</svg></div>',
        axis,
        _HEIGHT,
        grid,
        content,
        _labels(labels),
    )


def _labels(labels: Sequence[Words]) -> SafeString:
    """Names under the plot, as many as fit: on a screen, and of those on a phone."""
    room = _WIDE if all(len(str(label)) <= _SHORT for label in labels) else _WIDE // 2
    on_screen = ceil(len(labels) / room)
    on_phone = ceil(len(labels) / _NARROW)
    on_phone += -on_phone % on_screen
    return format_html_join(
        "",
        '<text class="chart__tick{}" x="{}" y="20">{}</text>',
        (
            ("" if n % on_phone == 0 else " chart__wide", _middle(n, len(labels)), label)
            for n, label in enumerate(labels)
            if n % on_screen == 0
        ),
    )


def _sample(number: int) -> SafeString:
    name = _style(number)
    mark = format_html('<path class="chart__mark {}" transform="translate(18 10)" d="{}"/>', name, _MARKS[number - 1])
    return format_html(
        '<svg class="chart__swatch" width="36" height="20"><path class="chart__line {}" d="M1 10H35"/>{}</svg>',
        name,
        mark if number else "",
    )


def _last_of(name: Words, values: Values, unit: Words) -> str:
    last = next((value for value in reversed(values) if value is not None), None)
    return f"{name}" if last is None else _("%(name)s: %(value)s") % {"name": name, "value": value_text(last, unit)}


def _join(pieces: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _highest(rows: Sequence[tuple[Words, Number]], unit: Words) -> str:
    if not any(value for _label, value in rows):
        return ""
    label, value = max(rows, key=lambda row: row[1])
    return _("Highest: %(label)s, %(value)s.") % {"label": label, "value": value_text(value, unit)}


def _latest(series: Series, labels: Sequence[Words], unit: Words) -> str:
    if not series or not labels or series[0][1][-1] is None:
        return ""
    told = {"name": series[0][0], "label": labels[-1], "value": value_text(series[0][1][-1], unit)}
    return _("%(name)s, %(label)s: %(value)s.") % told
