"""A map of communes, shaded by bands of a value. The caller gives the outlines (`territories.queries.map_outlines`)."""

import hashlib
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Unpack

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pourtous.ui.charts.chart import Chart, Number, Told, Words, fill, hatch, head, key, percent, swatch, value_text

MOST_BANDS = 5


@dataclass(frozen=True)
class Outline:
    """A commune on the drawing: its code, name, `path` (the d of an SVG path), and where its name stands."""

    code: str
    name: str
    path: str
    x: float
    y: float


@dataclass(frozen=True)
class Outlines:
    """Communes on one drawing of `width` by `height` units, y downwards."""

    width: int
    height: int
    communes: Sequence[Outline]


def commune_map(
    title: Words,
    values: Mapping[str, Number],
    outlines: Outlines,
    *,
    bands: int | Sequence[Number] = MOST_BANDS,
    worst_is_highest: bool = False,
    named: Collection[str] = (),
    **told: Unpack[Told],
) -> Chart:
    """Values by INSEE code: darker means more. Communes without a value are left blank.

    `bands`: how many (2 to 5, of about as many communes each), or the values where the second and next bands begin.
    `worst_is_highest`: the last band is hatched, as what must be seen first. `named`: codes of the few communes whose
    name is written. ValueError for more than five bands.
    """
    unit = told.get("unit", "")
    shown = [one for one in outlines.communes if one.code in values]
    limits = _limits([values[one.code] for one in shown], bands)
    if len(limits) >= MOST_BANDS:
        msg = "at most five bands"
        raise ValueError(msg)
    identity = "hatch-" + hashlib.sha256(f"{title}{sorted(values.items())}".encode()).hexdigest()[:10]
    fills = _fills(len(limits) + 1, identity if worst_is_highest else "")
    band_of = {one.code: bisect_right(limits, values[one.code]) for one in shown}
    blank = len(outlines.communes) - len(shown)
    drawing = format_html("{}{}", hatch(identity), _drawing(outlines, band_of, fills, set(named)))
    return Chart(
        title,
        drawing if shown else SafeString(),
        [_("Commune"), _("INSEE code"), head(_("Value"), unit)],
        [
            (one.name, one.code, values[one.code])
            for one in sorted(shown, key=lambda one: (-values[one.code], one.name))
        ],
        told,
        _most(shown, values, unit),
        _key(limits, fills, list(band_of.values()), blank, unit) if shown else SafeString(),
    )


def _limits(values: Sequence[Number], bands: int | Sequence[Number]) -> list[Number]:
    """Where bands begin, beyond the first; doubles dropped, so that each band may have a commune."""
    if not isinstance(bands, int):
        return sorted(set(bands))
    ordered = sorted(values)
    cuts = {ordered[len(ordered) * n // bands] for n in range(1, bands)} if ordered else set()
    return sorted(cut for cut in cuts if cut > ordered[0])


def _fills(count: int, identity: str) -> list[tuple[str, str]]:
    """Class and pattern of each band; the last is the darkest."""
    shades = {1: (3,), 2: (2, 4), 3: (1, 3, 4), 4: (1, 2, 3, 4), 5: (1, 2, 3, 4, 5)}[count]
    fills = [(f"chart__part chart__part--{shade}", "") for shade in shades]
    return [*fills[:-1], ("chart__loss", identity)] if identity else fills


def _drawing(
    outlines: Outlines, band_of: Mapping[str, int], fills: Sequence[tuple[str, str]], named: set[str]
) -> SafeString:
    groups = [("chart__blank", "", [one.path for one in outlines.communes if one.code not in band_of])]
    for band, (classes, pattern) in enumerate(fills):
        groups.append((classes, pattern, [one.path for one in outlines.communes if band_of.get(one.code) == band]))
    shapes = format_html_join(
        "",
        '<path class="{}"{} d="{}"/>',
        ((classes, fill(pattern) if pattern else "", "".join(paths)) for classes, pattern, paths in groups if paths),
    )
    names = format_html_join(
        "",
        '<circle class="chart__was" cx="{0}" cy="{1}" r="4"/><text class="chart__name{2}" x="{0}" y="{1}" dx="{3}" '
        'dy="5">{4}</text>',
        (_name(one, outlines) for one in outlines.communes if one.code in named),
    )
    return format_html(
        '<div class="chart__map"><svg class="chart__land" viewBox="0 0 {} {}">{}</svg><svg class="chart__names" '
        'width="100%" height="100%">{}</svg></div>',
        outlines.width,
        outlines.height,
        shapes,
        names,
    )


def _name(one: Outline, outlines: Outlines) -> tuple[str, str, str, int, str]:
    """Where a name is written: left of its dot in the right half."""
    is_right = one.x > outlines.width * 0.62
    x, y = percent(one.x / outlines.width), percent(one.y / outlines.height)
    return x, y, " chart__name--end" if is_right else "", -9 if is_right else 9, one.name


def _key(
    limits: Sequence[Number], fills: Sequence[tuple[str, str]], bands: Sequence[int], blank: int, unit: Words
) -> SafeString:
    entries: list[tuple[SafeString, Words]] = [
        (swatch(classes, pattern), f"{_range(limits, band, unit)} ({bands.count(band)})")
        for band, (classes, pattern) in enumerate(fills)
    ]
    if blank:
        entries.append((swatch("chart__blank"), _("No figure (%(count)s)") % {"count": blank}))
    return key(entries)


def _range(limits: Sequence[Number], band: int, unit: Words) -> str:
    if not limits:
        return _("All communes")
    if band == 0:
        return _("Less than %(value)s") % {"value": value_text(limits[0], unit)}
    start = value_text(limits[band - 1], unit)
    if band == len(limits):
        return _("%(value)s and more") % {"value": start}
    return _("From %(start)s to less than %(end)s") % {"start": start, "end": value_text(limits[band], unit)}


def _most(shown: Sequence[Outline], values: Mapping[str, Number], unit: Words) -> str:
    if not shown:
        return ""
    first = max(shown, key=lambda one: values[one.code])
    return _("Most: %(label)s, %(value)s.") % {"label": first.name, "value": value_text(values[first.code], unit)}
