"""Bringing a file of the national address base in: streets and house numbers of the communes of the reference.

One transaction a batch, so that nobody waits; a run killed half-way leaves usable rows, and the next one ends the
work: each row carries the number of the run that last saw it, and what the communes of the file no longer have goes
at the end.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.kernel.files import open_text
from pourtous.kernel.tables import read_csv
from pourtous.territories.importers.address_rows import AddressRow, Rejected, StreetRow, missing_columns, read_row
from pourtous.territories.models import Address, Commune, FormerCommune, Street

BATCH = 5000
MAX_EXAMPLES = 20
Progress = Callable[[int, int], None]
# Plain SQL, the same on both databases: five times faster than bulk_create on 300,000 rows.
_UPSERT_ADDRESS = """
    INSERT INTO territories_address (id, street_id, number, suffix, postcode, latitude, longitude, revision)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (id) DO UPDATE SET street_id = excluded.street_id, number = excluded.number,
    suffix = excluded.suffix, postcode = excluded.postcode, latitude = excluded.latitude,
    longitude = excluded.longitude, revision = excluded.revision
"""


@dataclass
class Report:
    """What an import did. Counts are of rows, but for `streets`, `addresses`, `new` and `gone` (house numbers)."""

    rows: int = 0
    used: int = 0
    elsewhere: int = 0  # of communes that are not in the reference
    aliases: int = 0  # other names of an address that is there under its own
    rejected: Counter[str] = field(default_factory=Counter)  # by reason
    examples: list[tuple[int, str, str]] = field(default_factory=list)  # line, reason, value
    communes: set[str] = field(default_factory=set)
    streets: int = 0
    addresses: int = 0
    new: int = 0
    gone: int = 0


@dataclass
class _Place:
    """A street as the rows seen so far tell it."""

    row: StreetRow
    points: int = 0
    lat: float = 0.0
    lon: float = 0.0

    def add(self, row: AddressRow) -> None:
        self.points += 1
        self.lat += row.point.lat
        self.lon += row.point.lon


def run(path: Path, *, revision: int, progress: Progress) -> Report:
    """Read the whole file; `revision` is greater than that of any run before. Raises DomainError for a wrong file."""
    if not path.is_file():
        raise DomainError(_("There is no file %(path)s.") % {"path": path})
    report = Report()
    before = Address.objects.count()
    places: dict[str, _Place] = {}
    with open_text(path) as file:
        total = path.stat().st_size
        rows = _usable(read_csv(file), _communes(), report)
        while batch := list(islice(rows, BATCH)):
            _write(batch, places, revision)
            progress(min(_position(file), total), total)
    if not report.rows:
        raise DomainError(_("This file has no row."))
    _settle(places, revision)
    report.gone = _remove_vanished(report.communes, revision)
    report.streets = len(places)
    report.addresses = Address.objects.filter(revision=revision).count()
    report.new = Address.objects.count() - before + report.gone
    return report


def _position(file: IO[str]) -> int:
    """Bytes read so far of the file on disk, unpacked or not."""
    buffer: Any = file.buffer  # type: ignore[attr-defined]
    return int(getattr(buffer, "fileobj", buffer).tell())


def _communes() -> dict[str, str]:
    """Code of any year → code of today."""
    present = {code: code for code in Commune.objects.values_list("code", flat=True)}
    former = dict(FormerCommune.objects.order_by("until").values_list("code", "successor_id"))
    return former | present


def _usable(rows: Iterator[dict[str, str]], communes: dict[str, str], report: Report) -> Iterator[AddressRow]:
    for line, row in enumerate(rows, start=2):
        if line == 2:  # noqa: PLR2004 (the first row under the header)
            _check_columns(row)
        report.rows += 1
        commune = communes.get(row["code_insee"]) if row.keys() >= {"code_insee", "id", "numero"} else None
        if commune is None:
            report.elsewhere += 1
        elif row.get("alias"):
            report.aliases += 1
        else:
            report.communes.add(commune)
            yield from _read(row, commune, line, report)


def _read(row: dict[str, str], commune: str, line: int, report: Report) -> Iterator[AddressRow]:
    try:
        address = read_row(row, commune)
    except Rejected as verdict:
        report.rejected[verdict.reason] += 1
        if len(report.examples) < MAX_EXAMPLES:
            report.examples.append((line, verdict.reason, verdict.value[:80]))
        return
    report.used += 1
    yield address


def _check_columns(row: dict[str, str]) -> None:
    missing = missing_columns(row)
    if missing:
        raise DomainError(
            _("This is not a file of the national address base: no column %(names)s.") % {"names": ", ".join(missing)}
        )


@transaction.atomic
def _write(batch: list[AddressRow], places: dict[str, _Place], revision: int) -> None:
    """Store a batch: streets first, with the position known so far."""
    touched: dict[str, _Place] = {}
    for row in batch:
        place = places.setdefault(row.street.id, _Place(row.street))
        if not place.points:
            touched[row.street.id] = place
        place.add(row)
    _upsert_streets(touched.values(), revision)
    addresses = {
        row.id: (
            *(row.id, row.street.id, row.number, row.suffix, row.street.postcode, row.point.lat, row.point.lon),
            revision,
        )
        for row in batch
        if row.id
    }
    if addresses:
        with connection.cursor() as cursor:
            cursor.executemany(_UPSERT_ADDRESS, list(addresses.values()))


def _upsert_streets(places: Any, revision: int) -> None:
    Street.objects.bulk_create(
        [
            Street(
                id=place.row.id,
                commune_id=place.row.commune,
                name=place.row.name,
                postcode=place.row.postcode,
                former_commune=place.row.former_commune,
                is_locality=place.row.is_locality,
                latitude=place.lat / place.points,
                longitude=place.lon / place.points,
                revision=revision,
            )
            for place in places
        ],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[
            *("commune", "name", "postcode", "former_commune", "is_locality", "latitude", "longitude", "revision")
        ],
    )


def _settle(places: dict[str, _Place], revision: int) -> None:
    """Give each street the middle of all its addresses."""
    everything = iter(places.values())
    while batch := list(islice(everything, BATCH)):
        with transaction.atomic():
            _upsert_streets(batch, revision)


def _remove_vanished(communes: set[str], revision: int) -> int:
    """Delete what the communes of the file had and no longer have; returns how many house numbers went."""
    gone = 0
    for commune in sorted(communes):
        with transaction.atomic():
            old = Address.objects.filter(street__commune=commune, revision__lt=revision)
            gone += old.delete()[0]
            Street.objects.filter(commune=commune, revision__lt=revision).delete()
    return gone
