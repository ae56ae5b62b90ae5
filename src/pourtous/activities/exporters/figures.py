"""Figures in files: a workbook with a sheet a block, one block as CSV, one page for elected members."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from pourtous.activities.blocks import Block, Headline
from pourtous.activities.forms.figures import Asked
from pourtous.kernel.clock import paris
from pourtous.kernel.figures import shares
from pourtous.kernel.tables import csv_for_people, escape_formula
from pourtous.ui import format as written
from pourtous.ui.documents import pdf

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_SHEET_NAME = 31  # characters, the format's own limit
_MOST_BARS, _MOST_MONTHS = 6, 13


@dataclass(frozen=True)
class Figured:
    """What was asked and what it gave."""

    asked: Asked
    headlines: Sequence[Headline]
    blocks: Sequence[Block]


def xlsx(one: Figured, now: datetime) -> bytes:
    """A first sheet with what was asked, the main figures and their rules; then a sheet a block."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        bold = book.add_format({"bold": True})
        _first_sheet(book.add_worksheet(_("Main figures")[:_SHEET_NAME]), bold, one, now)
        used = {_("Main figures").lower()}
        for block in one.blocks:
            _block_sheet(book.add_worksheet(_sheet_name(str(block.chart.title), used)), bold, block)
    return out.getvalue()


def _sheet_name(title: str, used: set[str]) -> str:
    """A name a spreadsheet takes: short, without its signs, once only."""
    name = "".join(c for c in title if c not in "[]:*?/\\'").strip()[:_SHEET_NAME]
    if name.lower() in used:
        name = f"{name[: _SHEET_NAME - 3]} {len(used)}"
    used.add(name.lower())
    return name


def _first_sheet(sheet: Any, bold: Any, one: Figured, now: datetime) -> None:
    about = [
        (_("Whose figures"), one.asked.whose.label),
        (_("Period"), one.asked.days),
        (_("Compared with"), one.asked.days_before or "–"),
        *one.asked.narrowed,
        (_("Made on"), f"{written.date_in_full(paris(now))}, {written.hour(now)}"),
        (_("Source"), f"Pourtous, {settings.TERRITORY['publisher']}"),
    ]
    for row, pair in enumerate(about):
        sheet.write_row(row, 0, [escape_formula(str(cell)) for cell in pair])
    start = len(about) + 1
    sheet.write_row(start, 0, [_("Figure"), _("Value"), _("Before"), _("Difference"), _("Rule")], bold)
    for row, figure in enumerate(one.headlines, start=start + 1):
        before = "" if figure.before is None else figure.before
        gap = "" if figure.before is None else round(figure.value - figure.before, 1)
        sheet.write_row(row, 0, [str(figure.label), figure.value, before, gap, str(figure.rule)])
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 3, 16)
    sheet.set_column(4, 4, 60)


def _block_sheet(sheet: Any, bold: Any, block: Block) -> None:
    sheet.write(0, 0, str(block.chart.title), bold)
    sheet.write(1, 0, " ".join(block.chart.foot))
    sheet.write_row(3, 0, [str(column) for column in block.chart.columns], bold)
    for row, cells in enumerate(block.chart.rows, start=4):
        sheet.write_row(
            row, 0, [cell if isinstance(cell, int | float) else escape_formula(str(cell)) for cell in cells]
        )
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 3, 18)


def block_csv(block: Block) -> bytes:
    """One block as a table."""
    rows = [[cell if isinstance(cell, int | float) else str(cell) for cell in cells] for cells in block.chart.rows]
    return csv_for_people([str(column) for column in block.chart.columns], rows)


# --- One page for elected members.

_TILES = ("accompaniments", "people", "new", "hours")
_CHARTS = ("topic", "age")


def report(one: Figured, now: datetime) -> bytes:
    """The page, as PDF/UA: four figures, the months, two breakdowns, how it was counted."""
    figures = {figure.key: figure for figure in one.headlines}
    blocks = {block.key: block for block in one.blocks}
    narrowed = ", ".join(f"{name} : {words}" for name, words in one.asked.narrowed)
    data = {
        "kicker": _("Digital help, %(days)s") % {"days": one.asked.days},
        "heading": one.asked.whose.label,
        "lead": _lead(figures),
        "narrowed": _("Only: %(words)s.") % {"words": narrowed} if narrowed else "",
        "tiles": [_tile(figures[key]) for key in _TILES],
        "before": _("Before: %(days)s.") % {"days": one.asked.days_before} if one.asked.days_before else "",
        "months": _months(blocks.get("mois")),
        "charts": [_bars(blocks[key]) for key in _CHARTS if key in blocks],
        "rules_title": _("How these figures are made"),
        "rules": _("An accompaniment is one person at one activity. A person with a file counts once among the different "
            "people. A person without a file counts each time. No name is in this document."),
        "source": _("Source: Pourtous, %(publisher)s. Made on %(day)s.")
        % {"publisher": settings.TERRITORY["publisher"], "day": written.date_in_full(paris(now))},
    }  # fmt: skip
    title = f"{one.asked.whose.label}, {one.asked.days}"
    return pdf("activities/figures.typ", data, title=title)


def _lead(figures: dict[str, Headline]) -> str:
    words = {"people": figures["people"].text, "hours": figures["hours"].text, "activities": figures["activities"].text}
    return (
        _(
            "%(activities)s activities and %(hours)s hours with people, %(people)s of whom have a file and are different."
        )
        % words
    )


def _tile(figure: Headline) -> dict[str, str]:
    return {"number": figure.text, "label": str(figure.label), "delta": figure.delta}


def _months(block: Block | None) -> dict[str, Any]:
    rows = list(block.chart.rows)[-_MOST_MONTHS:] if block else []
    top = max((row[1] for row in rows), default=0) or 1
    return {
        "title": str(block.chart.title) if block else "",
        "rows": [{"label": str(row[0]), "value": written.number(row[1]), "part": row[1] / top} for row in rows],
    }


def _bars(block: Block) -> dict[str, Any]:
    rows = [(str(row[0]), int(row[1])) for row in block.chart.rows if row[1]]
    parts = shares([count for _label, count in rows]) if _adds_up(block) else [None] * len(rows)
    shown = list(zip(rows, parts, strict=True))[: _MOST_BARS + 2 if _adds_up(block) else _MOST_BARS]
    top = max((count for (_label, count), _part in shown), default=0) or 1
    return {
        "title": str(block.chart.title),
        "rows": [
            {
                "label": label,
                "value": written.number(count) if part is None else f"{part}{written.NBSP}%",
                "part": count / top,
            }
            for (label, count), part in shown
        ],
    }


def _adds_up(block: Block) -> bool:
    return len(block.chart.columns) > 2  # noqa: PLR2004 (label, count, share)
