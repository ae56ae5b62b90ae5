"""The directory as files: bytes that are the same whenever the places are."""

import csv
import hashlib
import io
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from pourtous.places.exporters.standard import rows
from pourtous.places.standard import NAMES

Row = dict[str, str]


@dataclass(frozen=True)
class File:
    """A file ready to be served: its bytes, media type, number of places, and a digest for ETag."""

    content: bytes
    media_type: str
    count: int
    digest: str


def csv_bytes(found: Iterable[Row]) -> bytes:
    """The standard's own CSV: comma, UTF-8, one line a place, nothing escaped."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, fieldnames=NAMES, lineterminator="\n")
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue().encode()


def json_bytes(found: Iterable[Row]) -> bytes:
    """A list of objects with the 32 columns; what is unknown is null, positions are numbers."""
    return _dumped([_object(row) for row in found])


def geojson_bytes(found: Iterable[Row]) -> bytes:
    """A FeatureCollection whose properties are the 32 columns; a place without position has a null geometry."""
    return _dumped({"type": "FeatureCollection", "features": [_feature(row) for row in found]})


FORMATS: dict[str, tuple[Callable[[Iterable[Row]], bytes], str]] = {
    "csv": (csv_bytes, "text/csv; charset=utf-8"),
    "json": (json_bytes, "application/json; charset=utf-8"),
    "geojson": (geojson_bytes, "application/geo+json; charset=utf-8"),
}


def build(name: str, *, source: str = "") -> File:
    """The directory in a format of `FORMATS`, whole or one collector's. Raises DomainError for an unknown collector."""
    write, media_type = FORMATS[name]
    found = list(rows(source))
    content = write(found)
    return File(content, media_type, len(found), hashlib.sha256(content).hexdigest())


def _object(row: Row) -> dict[str, Any]:
    numbers = {name: float(row[name]) for name in ("latitude", "longitude") if row[name]}
    return {name: text or None for name, text in row.items()} | numbers


def _feature(row: Row) -> dict[str, Any]:
    properties = _object(row)
    position = [properties["longitude"], properties["latitude"]]
    geometry = {"type": "Point", "coordinates": position} if None not in position else None
    return {"type": "Feature", "id": row["id"], "geometry": geometry, "properties": properties}


def _dumped(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
