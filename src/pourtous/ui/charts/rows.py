"""Charts made of rows: a label, a bar, a value. They need no scale: the values are written."""

import hashlib
from collections.abc import Sequence
from itertools import pairwise
from typing import Unpack

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pourtous.kernel.figures import shares
from pourtous.ui.charts.chart import (
    Chart,
    Number,
    Told,
    Words,
    fill,
    hatch,
    head,
    key,
    percent,
    swatch,
    value_text,
)

Rows = Sequence[tuple[Words, Number]]
_HEIGHT = 28  # pixels of a bar
_LEVELS = 3  # steps of a skill: 0 to 3
_MOST_PARTS = 5  # shades one tells apart
_ROOM_FOR_TEXT = 0.14  # of the width: a percentage fits inside
# Shades of the ramp by number of parts, so that neighbours differ in grey print.
_SHADES = {1: (4,), 2: (4, 1), 3: (5, 3, 1), 4: (5, 4, 2, 1), 5: (5, 4, 3, 2, 1)}


def bars(title: Words, rows: Rows, *, compared: Rows | None = None, **told: Unpack[Told]) -> Chart:
    """Values beside each other, in the order given. `compared`: the same labels at another time, drawn thin."""
    unit = told.get("unit", "")
    before = dict(compared or ())
    top = max([*(value for _label, value in rows), *before.values(), 0]) or 1
    drawn = [
        (label, value, _bar(value / top, before.get(label, 0) / top if compared else None)) for label, value in rows
    ]
    entries = [(swatch("chart__fill"), _("Now")), (swatch("chart__before"), _("Before"))] if compared else []
    return Chart(
        title,
        _rows((label, value_text(value, unit), bar) for label, value, bar in drawn),
        [_("Label"), head(_("Value"), unit), *([head(_("Before"), unit)] if compared else [])],
        [(label, value, *([before.get(label)] if compared else [])) for label, value in rows],
        told,
        _extremes(rows, unit),
        key(entries),
    )


def funnel(title: Words, rows: Rows, **told: Unpack[Told]) -> Chart:
    """What is left after each step, as a share of the first; the largest loss is hatched."""
    unit = told.get("unit", "")
    values = [value for _label, value in rows]
    first = (values[0] if values else 0) or 1
    losses = [0, *(max(a - b, 0) for a, b in pairwise(values))]
    worst = losses.index(max(losses)) if any(losses) else -1
    identity = _identity(title, rows)
    drawn = [
        (label, value_text(value, unit), _funnel_bar(value / first, losses[n] / first, losses[n], identity, n == worst))
        for n, (label, value) in enumerate(rows)
    ]
    return Chart(
        title,
        format_html("{}{}", hatch(identity), _rows(drawn)) if rows else SafeString(),
        [_("Step"), head(_("Value"), unit), _("Share of the first (%)"), _("Lost since the step before")],
        [(label, value, round(100 * value / first), losses[n]) for n, (label, value) in enumerate(rows)],
        told,
        _biggest_loss(rows, losses, worst),
    )


def stacked(
    title: Words, rows: Sequence[tuple[Words, Sequence[int]]], parts: Sequence[Words], **told: Unpack[Told]
) -> Chart:
    """How each whole is made of parts, in percentages that add to 100. Beyond five parts, the last are drawn together."""
    names, merged = _merged(rows, parts)
    shades = _SHADES.get(len(names), ())
    drawn = [(label, value_text(sum(counts)), _segments(counts, shades)) for label, counts in merged]
    return Chart(
        title,
        _rows(drawn) if parts else SafeString(),
        [_("Label"), *parts, _("Total")],
        [(label, *counts, sum(counts)) for label, counts in rows],
        told,
        _main_part(merged, names),
        key([(swatch(f"chart__part chart__part--{shade}"), name) for shade, name in zip(shades, names, strict=False)]),
    )


def steps_before_after(
    title: Words, rows: Sequence[tuple[Words, int | None, int | None]], **told: Unpack[Told]
) -> Chart:
    """Skills on four steps, 0 to 3: an open mark before, a full one after. None: not asked."""
    drawn = [
        (label, f"{value_text(before)} → {value_text(after)}", _steps(before, after)) for label, before, after in rows
    ]
    entries = [(_mark("chart__was"), _("Before")), (_mark("chart__is"), _("After"))]
    return Chart(
        title,
        _rows(drawn),
        [_("Skill"), _("Before (0 to 3)"), _("After (0 to 3)")],
        list(rows),
        told,
        _progress(rows),
        key(entries) if rows else SafeString(),
    )


def _rows(rows: "Sequence[tuple[Words, str, SafeString]] | object") -> SafeString:
    inner = format_html_join(
        "",
        '<span class="chart__label">{}</span><span class="chart__value num">{}</span>{}',
        rows,  # type: ignore[arg-type]
    )
    return format_html('<div class="chart__rows">{}</div>', inner) if inner else SafeString()


def _svg(content: SafeString, extra: str = "") -> SafeString:
    return format_html('<svg class="chart__bar{}" width="100%" height="{}">{}</svg>', extra, _HEIGHT, content)


def _bar(part: float, before: float | None) -> SafeString:
    if before is None:
        return _svg(format_html("{}{}", _TRACK, _rect("chart__fill", 0, part)))
    thin = format_html('<rect class="chart__before" y="19" width="{}" height="8" rx="2"/>', percent(before))
    now = format_html('<rect class="chart__fill" width="{}" height="17" rx="3"/>', percent(part))
    return _svg(format_html("{}{}{}", _TRACK, now, thin))


def _rect(classes: str, start: float, width: float, pattern: str = "") -> SafeString:
    return format_html(
        '<rect class="{}"{} x="{}" width="{}" height="{}" rx="3"/>',
        classes,
        fill(pattern) if pattern else "",
        percent(start),
        percent(width),
        _HEIGHT,
    )


_TRACK = format_html('<rect class="chart__track" width="100%" height="{}" rx="3"/>', _HEIGHT)


def _text(classes: str, at: float, shift: int, text: str) -> SafeString:
    return format_html('<text class="{}" x="{}" dx="{}" y="20">{}</text>', classes, percent(at), shift, text)


def _funnel_bar(part: float, lost: float, count: Number, identity: str, is_worst: bool) -> SafeString:  # noqa: FBT001
    pieces = [_TRACK, _rect("chart__fill", 0, part)]
    inside = part >= _ROOM_FOR_TEXT
    share = value_text(round(100 * part), "%")
    end = part
    if is_worst:
        end = min(part + lost, 1.0)
        pieces.append(_rect("chart__loss", part, end - part, identity))
    pieces.append(_text("chart__in" if inside else "chart__out", part if inside else end, -8 if inside else 8, share))
    if is_worst and inside:
        room = end + _ROOM_FOR_TEXT <= 1
        minus = f"−{value_text(count)}"
        pieces.append(_text("chart__lost" if room else "chart__lost chart__lost--end", end, 8 if room else -8, minus))
    return _svg(format_html_join("", "{}", ((piece,) for piece in pieces)))


def _merged(
    rows: Sequence[tuple[Words, Sequence[int]]], parts: Sequence[Words]
) -> tuple[list[Words], list[tuple[Words, list[int]]]]:
    if len(parts) <= _MOST_PARTS:
        return list(parts), [(label, list(counts)) for label, counts in rows]
    kept = _MOST_PARTS - 1
    return [*parts[:kept], _("Others")], [(label, [*counts[:kept], sum(counts[kept:])]) for label, counts in rows]


def _segments(counts: Sequence[int], shades: Sequence[int]) -> SafeString:
    total = sum(counts)
    pieces, start = [_TRACK], 0
    for count, share, shade in zip(counts, shares(counts), shades, strict=False):
        if not count:
            continue
        pieces.append(_rect(f"chart__part chart__part--{shade}", start / total, count / total))
        if count / total >= _ROOM_FOR_TEXT:
            middle = (start + count / 2) / total
            pieces.append(_text("chart__share", middle, 0, value_text(share, "%")))
        start += count
    return _svg(format_html_join("", "{}", ((piece,) for piece in pieces)))


_RAIL = SafeString('<line class="chart__rail" x1="5%" x2="95%" y1="14" y2="14"/>')


def _place(level: int) -> str:
    return percent(0.05 + 0.9 * min(max(level, 0), _LEVELS) / _LEVELS)


def _steps(before: int | None, after: int | None) -> SafeString:
    pieces = [_RAIL]
    pieces += [
        format_html('<circle class="chart__stop" cx="{}" cy="14" r="3"/>', _place(n)) for n in range(_LEVELS + 1)
    ]
    if before is not None and after is not None and before != after:
        way = '<line class="chart__way" x1="{}" x2="{}" y1="14" y2="14"/>'
        pieces.append(format_html(way, _place(before), _place(after)))
    for classes, level, radius in (("chart__is", after, 7), ("chart__was", before, 10)):
        if level is not None:
            mark = '<circle class="{}" cx="{}" cy="14" r="{}"/>'
            pieces.append(format_html(mark, classes, _place(level), radius))
    return _svg(format_html_join("", "{}", ((piece,) for piece in pieces)), " chart__bar--steps")


def _mark(classes: str) -> SafeString:
    radius = 7 if classes == "chart__is" else 8
    return format_html(
        '<svg class="chart__swatch" width="22" height="20"><circle class="{}" cx="11" cy="10" r="{}"/></svg>',
        classes,
        radius,
    )


def _identity(title: Words, rows: object) -> str:
    return "hatch-" + hashlib.sha256(f"{title}{rows}".encode()).hexdigest()[:10]


def _extremes(rows: Rows, unit: Words) -> str:
    if not any(value for _label, value in rows):
        return ""
    label, value = max(rows, key=lambda row: row[1])
    return _("First: %(label)s, %(value)s.") % {"label": label, "value": value_text(value, unit)}


def _biggest_loss(rows: Rows, losses: Sequence[Number], worst: int) -> str:
    if worst < 0:
        return ""
    told = {"label": rows[worst - 1][0], "count": value_text(losses[worst])}
    return _("The largest loss comes after “%(label)s”: %(count)s.") % told


def _main_part(rows: Sequence[tuple[Words, Sequence[int]]], names: Sequence[Words]) -> str:
    totals = [sum(counts) for counts in zip(*(counts for _label, counts in rows), strict=False)]
    if not any(totals):
        return ""
    largest = totals.index(max(totals))
    told = {"part": names[largest], "share": value_text(shares(totals)[largest], "%")}
    return _("Largest part: %(part)s, %(share)s.") % told


def _progress(rows: Sequence[tuple[Words, int | None, int | None]]) -> str:
    known = [(before, after) for _label, before, after in rows if before is not None and after is not None]
    if not known:
        return ""
    better = sum(after > before for before, after in known)
    return _("%(better)s of %(all)s skills have grown.") % {"better": better, "all": len(known)}
