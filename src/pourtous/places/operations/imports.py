"""Importing a file of places: each row writes its collector's layer, and what the place shows follows.

Idempotent by (collector, id). Batches of 500 rows are written each in its own transaction: an import that is stopped
and run again leaves the same directory as one that was not. Nothing is ever closed or deleted by an import.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.audit.operations import record
from pourtous.kernel import clock
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.files import sha256
from pourtous.kernel.geometry import Point
from pourtous.kernel.ids import new_code
from pourtous.places.enums import RunState
from pourtous.places.exporters.standard import OURS, cells
from pourtous.places.importers import formats, standard
from pourtous.places.importers.problems import Problem, Severity, problem
from pourtous.places.importers.reading import Table
from pourtous.places.importers.rows import Reading, read, rejected_again
from pourtous.places.models import Collector, ImportRun, Layer, Place
from pourtous.places.operations import layers as shown
from pourtous.places.operations.derived import Derived
from pourtous.places.standard import BY_FIELD
from pourtous.runtime.models import StoredFile
from pourtous.runtime.progress import Progress

BATCH = 500
_CODE = re.compile(r"[-a-zA-Z0-9_]{1,40}")
MOST_STORED = 5_000  # problems in the stored report; their number is told whole


@dataclass
class Report:
    """What an import did. `rows` = created + updated + unchanged + rejected."""

    source: str
    format: str
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    warnings: int = 0
    problems: list[Problem] = field(default_factory=list)
    absent: int = 0  # rows of the collector that the file no longer has
    run_id: UUID | None = None  # None for a dry run

    def say(self, *problems: Problem) -> None:
        """Add problems, counting warnings."""
        self.problems.extend(problems)
        self.warnings += sum(one.severity is Severity.WARNING for one in problems)

    def as_json(self) -> dict[str, Any]:
        """The report as the command writes it: every problem."""
        counts = {name: getattr(self, name) for name in _COUNTS}
        return {
            "source": self.source,
            "format": self.format,
            **counts,
            "problems": [one._asdict() for one in self.problems],
        }

    def stored(self) -> dict[str, Any]:
        """The report as the database keeps it: the first problems, and how many there are."""
        whole = self.as_json()
        kept = whole["problems"][:MOST_STORED]
        return {**whole, "problems": kept, "problems_total": len(self.problems), "absent": self.absent}


_COUNTS = ("rows", "created", "updated", "unchanged", "rejected", "warnings")


def collector_code(text: str) -> str:
    """The code of a collector, as given. Raises DomainError when it is no code of 1 to 40 signs, or is ours."""
    if not _CODE.fullmatch(text):
        raise DomainError(
            _("Name the source with 1 to 40 letters without accents, digits and hyphens, such as france-services."),
            field="source",
        )
    if text.lower() == OURS:
        raise DomainError(_("“pourtous” is the name of the places made here: choose another source."), field="source")
    return text


def import_file(
    *,
    path: Path,
    source: str,
    actor: User | None,
    now: datetime,
    format_name: str = formats.AUTO,
    dry_run: bool = False,
    progress: Progress | None = None,
    file: StoredFile | None = None,
) -> Report:
    """Import a file for the collector `source`; with `dry_run`, only say what it would do.

    `file` is the private file `path` belongs to, when it was sent from a page. Raises DomainError, with nothing written, when the file cannot be read or is of no known format.
    """
    code = collector_code(source)
    table = Table(path)
    form = formats.of(table.columns, format_name)
    work = _Import(Report(code, form.name), now, dry_run=dry_run)
    run = None if dry_run else _start(code, form.name, path, file, actor, now)
    work.report.run_id = run.pk if run else None
    progress = progress or Progress()
    progress.start(table.count)
    try:
        work.note_unread_columns(table.columns, form)
        for readings in _batches(_readings(table, form, paris(now).date())):
            work.batch(readings)
            progress.advance(len(readings))
        work.mark_absent()
    except BaseException:
        if run:
            _end(run, RunState.FAILED, work.report, now)
        raise
    if run:
        _end(run, RunState.DONE, work.report, now)
    return work.report


def _start(
    code: str, format_name: str, path: Path, file: StoredFile | None, actor: User | None, now: datetime
) -> ImportRun:
    digest = sha256(path)
    with transaction.atomic():
        Collector.objects.get_or_create(code=code, defaults={"name": code})
        # A run of the same file that never ended was killed: this one takes its place.
        unended = ImportRun.objects.filter(collector_id=code, file_sha256=digest, state=RunState.RUNNING, is_dry=False)
        unended.update(state=RunState.FAILED, ended_at=now)
        return ImportRun.objects.create(
            collector_id=code,
            format=format_name,
            file_name=(file.name if file else path.name)[:200],
            file_sha256=digest,
            file=file,
            started_at=now,
            started_by=actor,
        )


def _end(run: ImportRun, state: RunState, report: Report, now: datetime) -> None:
    run.state, run.report, run.ended_at = state, report.stored(), clock.now()
    with transaction.atomic():
        run.save(update_fields=("state", "report", "ended_at"))
        counts = {name: getattr(report, name) for name in (*_COUNTS, "absent")}
        record(actor=run.started_by, verb="places.import", subject=run, now=now, details={"state": state, **counts})


def _readings(table: Table, form: formats.Format, today: date) -> Iterator[Reading]:
    """Each row understood; of rows with the same id the first counts, the others are rejected."""
    first: dict[str, int] = {}
    for number, row in enumerate(table, start=1):
        reading = read(form.draft(row), number=number, today=today)
        if reading.local_id and first.setdefault(reading.local_id, number) != number:
            told = _("This id is already that of row %(row)s.") % {"row": first[reading.local_id]}
            reading = rejected_again(reading, told)
        yield reading


def _batches(readings: Iterator[Reading]) -> Iterator[list[Reading]]:
    while batch := list(islice(readings, BATCH)):
        yield batch


@dataclass
class _Change:
    """One row to write: its layer, the place it belongs to, and the columns of the place that change."""

    layer: Layer
    place: Place
    is_new: bool
    columns: list[str]


class _Import:
    """One import at work: what it has seen so far and what it needs at hand for every row."""

    def __init__(self, report: Report, now: datetime, *, dry_run: bool) -> None:
        self.report = report
        self.now = now
        self.dry_run = dry_run
        self.derived = Derived()
        self.seen: set[str] = set()
        self.codes = set(Place.objects.values_list("code", flat=True))
        self.collectors = sorted(Collector.objects.values_list("code", flat=True), key=len, reverse=True)

    def note_unread_columns(self, columns: Sequence[str], form: formats.Format) -> None:
        """Say once which columns of the file the format does not read."""
        for name in columns:
            if name and name not in form.known:
                self.report.say(problem(name, "", _("We do not read this column."), Severity.NOTE))

    def batch(self, readings: Sequence[Reading]) -> None:
        """Write one batch; when another import wrote the same rows meanwhile, look again, once."""
        usable = [reading for reading in readings if reading.is_usable]
        try:
            counts, told = self._write(usable)
        except IntegrityError:
            self.codes |= set(Place.objects.values_list("code", flat=True))
            counts, told = self._write(usable)
        self.seen.update(reading.local_id for reading in readings)
        self.report.rows += len(readings)
        self.report.rejected += len(readings) - len(usable)
        for name, count in counts.items():
            setattr(self.report, name, getattr(self.report, name) + count)
        for reading in readings:
            self.report.say(*reading.problems, *told.get(reading.number, ()))

    def mark_absent(self) -> None:
        """Mark the collector's rows that the file no longer has: the team decides."""
        present = Layer.objects.filter(collector_id=self.report.source, absent_since=None)
        gone = sorted(set(present.values_list("local_id", flat=True)) - self.seen)
        self.report.absent = len(gone)
        message = _("This row is no longer in the file. The place stays until you decide.")
        self.report.say(*(problem("id", one, message, Severity.NOTE)._replace(id=one[:100]) for one in gone))
        if not self.dry_run:
            for start in range(0, len(gone), BATCH):
                with transaction.atomic():
                    present.filter(local_id__in=gone[start : start + BATCH]).update(absent_since=self.now)

    def _write(self, readings: Sequence[Reading]) -> tuple[dict[str, int], dict[int, list[Problem]]]:
        digests = {reading.local_id: _digest(reading) for reading in readings}
        todo = self._not_the_same(readings, digests)
        located = {reading.number: self.derived.locate(reading.values) for reading in todo}
        counts = {"created": 0, "updated": 0, "unchanged": len(readings) - len(todo)}
        with transaction.atomic():
            known = self._known(todo)
            changes = []
            for reading in todo:
                change = self._change(reading, known.get(reading.local_id), digests, located[reading.number])
                counts["created" if change and change.is_new else "updated" if change else "unchanged"] += 1
                changes.extend([change] if change else [])
            told = self._differences(readings)
            if not self.dry_run:
                self._save(changes)
        return counts, told

    def _not_the_same(self, readings: Sequence[Reading], digests: dict[str, str]) -> list[Reading]:
        layers = Layer.objects.filter(collector_id=self.report.source, local_id__in=list(digests), absent_since=None)
        stored = dict(layers.values_list("local_id", "digest"))
        return [reading for reading in readings if stored.get(reading.local_id) != digests[reading.local_id]]

    def _known(self, readings: Sequence[Reading]) -> dict[str, Layer]:
        """The layers that rows speak of: by the collector's own id, else by an id of our whole export."""
        ids = [reading.local_id for reading in readings]
        found = {layer.local_id: layer for layer in self._layers(self.report.source, ids)}
        for code in self.collectors:
            rest = {one.removeprefix(f"{code}-"): one for one in ids if one not in found and one.startswith(f"{code}-")}
            matched = self._layers(code, list(rest)) if rest else []
            found |= {rest[layer.local_id]: layer for layer in matched}
            if code == self.report.source:  # our whole export, brought back under the name of one of its collectors
                self.seen.update(layer.local_id for layer in matched)
        codes = {one.removeprefix(f"{OURS}-"): one for one in ids if one not in found and one.startswith(f"{OURS}-")}
        places = Place.objects.select_for_update().filter(code__in=list(codes)) if codes else []
        found |= {codes[place.code]: Layer(collector_id=OURS, local_id=place.code, place=place) for place in places}
        return found

    def _layers(self, code: str, ids: list[str]) -> list[Layer]:
        layers = Layer.objects.select_for_update().select_related("place").order_by("pk")
        return list(layers.filter(collector_id=code, local_id__in=ids))

    def _change(
        self, reading: Reading, layer: Layer | None, digests: dict[str, str], located: tuple[Point, str] | None
    ) -> _Change | None:
        """What a row changes; None when it says nothing new."""
        is_new = layer is None
        if layer is None:
            layer = Layer(collector_id=self.report.source, local_id=reading.local_id, place=Place(code=self._code()))
        elif layer.digest == digests[reading.local_id] or self._is_echo(layer.place, reading):
            self._back(layer)
            return None
        place = layer.place
        before = shown.snapshot(place)
        layer.values, layer.kept, layer.digest = reading.values, reading.kept, digests[reading.local_id]
        layer.imported_at, layer.absent_since, layer.absence_settled_at = self.now, None, None
        others = [] if is_new else list(Layer.objects.filter(place=place).exclude(pk=layer.pk))
        shown.show(place, [layer, *others], located)
        columns = [name for name, value in shown.snapshot(place).items() if value != before[name]]
        return _Change(layer, place, is_new, columns)

    def _is_echo(self, place: Place, reading: Reading) -> bool:
        """Whether the row is what we would export of the place: it teaches nothing."""
        ours = read(standard.draft(cells(place, "echo")), number=0, today=paris(self.now).date())
        return ours.values == reading.values and not reading.kept

    def _back(self, layer: Layer) -> None:
        """A row that says nothing new but had gone is there again."""
        if layer.absent_since and not self.dry_run:
            Layer.objects.filter(pk=layer.pk).update(absent_since=None, absence_settled_at=None)

    def _code(self) -> str:
        code = new_code()
        while code in self.codes:
            code = new_code()
        self.codes.add(code)
        return code

    def _differences(self, readings: Sequence[Reading]) -> dict[int, list[Problem]]:
        """Where the file and the manager of a place do not say the same, by row."""
        by_id = {reading.local_id: reading for reading in readings}
        layers = Layer.objects.filter(collector_id=self.report.source, local_id__in=list(by_id))
        told: dict[int, list[Problem]] = {}
        for layer in layers.exclude(place__managed=()).select_related("place"):
            reading = by_id[layer.local_id]
            for name in shown.differences(layer.place, reading.values):
                message = _("The place's manager says something else, which stands.")
                one = problem(_standard_name(name), _as_text(reading.values[name]), message, Severity.DIFFERENCE)
                told.setdefault(reading.number, []).append(one._replace(row=reading.number, id=reading.local_id[:100]))
        return told

    def _save(self, changes: Sequence[_Change]) -> None:
        for change in changes:
            self.derived.prepare(change.place)
        if any(change.layer.collector_id == OURS for change in changes):
            Collector.objects.get_or_create(code=OURS, defaults={"name": "Pourtous"})
        new = [change for change in changes if change.is_new]
        Place.objects.bulk_create([change.place for change in new])
        Layer.objects.bulk_create([change.layer for change in new])
        for change in changes:
            if not change.is_new:
                change.layer.save()
                change.place.save(update_fields=(*change.columns, *self.derived.COLUMNS, "modified_at"))


def _digest(reading: Reading) -> str:
    """SHA-256 of what a row says: the same row gives the same digest."""
    text = json.dumps([reading.values, reading.kept], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _standard_name(name: str) -> str:
    """The standard's name of a column of Place; our own columns keep theirs."""
    return BY_FIELD[name].name if name in BY_FIELD else name


def _as_text(value: Any) -> str:
    return "|".join(value) if isinstance(value, list) else str(value)
