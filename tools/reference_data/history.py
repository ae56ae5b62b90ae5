"""Codes and names that no longer are communes: merged, delegated or renamed, and what they belong to now."""

from pathlib import Path
from typing import Any

from tools.reference_data import packages


def former_communes(departement: str, work: Path) -> list[list[str]]:
    """Rows of former code, former name, present code, first day on which it was no more (ISO).

    Up to 2020 from the dated events; from then on by comparing the vintages, which are all of 1 January.
    """
    present = {
        row["code"]: row["nom"]
        for row in packages.communes(max(packages.VINTAGES), work)
        if row["type"] == "commune-actuelle" and row.get("departement") == departement
    }
    found: dict[tuple[str, str], tuple[str, str]] = {}
    heirs = _heirs(departement, work)
    for code, name, until in [*_events(departement, work), *_between_vintages(departement, work)]:
        successor = heirs.get(code, code)
        if successor in present and (code, name) != (successor, present[successor]):
            found[code, name] = (successor, until)
    return [[code, name, successor, until] for (code, name), (successor, until) in sorted(found.items())]


def _in(departement: str, row: dict[str, Any]) -> bool:
    return str(row["code"]).startswith(departement)


def _heirs(departement: str, work: Path) -> dict[str, str]:
    """Former code → present code, through several mergers where there were."""
    steps: dict[str, str] = {}
    for row in packages.events(work):
        if _in(departement, row) and row.get("pole"):
            steps[row["code"]] = row["pole"].removeprefix("COM-").split("@")[0]
    for year in packages.VINTAGES:
        for row in packages.communes(year, work):
            if row["type"] != "commune-actuelle" and _in(departement, row):
                steps[row["code"]] = row["chefLieu"]
            for code in row.get("anciensCodes", []) if _in(departement, row) else []:
                steps[code] = row["code"]
    return {code: _last(code, steps) for code in steps}


def _last(code: str, steps: dict[str, str]) -> str:
    seen = {code}
    while (heir := steps.get(code, code)) not in seen:
        seen.add(heir)
        code = heir
    return code


def _events(departement: str, work: Path) -> list[tuple[str, str, str]]:
    return [
        (row["code"], row["nom"], row["dateFin"])
        for row in packages.events(work)
        if _in(departement, row) and row["type"] == "COM" and row.get("dateFin")
    ]


def _between_vintages(departement: str, work: Path) -> list[tuple[str, str, str]]:
    """What was a commune in one vintage and, under that code and name, is no more in the next."""
    gone = []
    years = sorted(packages.VINTAGES)
    names = {year: _names(departement, year, work) for year in years}
    names[min(years) - 1] = {
        (row["code"], row["nom"])
        for row in packages.events(work)
        if _in(departement, row) and row["type"] == "COM" and not row.get("dateFin")
    }
    for year in years:
        gone += [(code, name, f"{year}-01-01") for code, name in names[year - 1] - names[year]]
    return gone


def _names(departement: str, year: int, work: Path) -> set[tuple[str, str]]:
    return {
        (row["code"], row["nom"])
        for row in packages.communes(year, work)
        if row["type"] == "commune-actuelle" and row.get("departement") == departement
    }
