"""The directory of the demonstration: places come in by real imports, then their managers say the rest.

The codes and ids that an import draws at random are replaced by fixed ones, so that addresses stay the same.
"""

import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from pourtous.accounts.models import User
from pourtous.audit.models import Event
from pourtous.demo.rows import Row, put
from pourtous.demo.scenario import FOLDER, fixed_code, fixed_id, read
from pourtous.kernel.files import sha256
from pourtous.places.enums import PositionOrigin, RunState
from pourtous.places.exporters.files import csv_bytes
from pourtous.places.exporters.standard import cells
from pourtous.places.models import Collector, ImportRun, Layer, Place
from pourtous.places.operations.derived import Derived
from pourtous.places.operations.editing import edit_place
from pourtous.places.operations.imports import import_file
from pourtous.places.operations.layers import FIELDS, show

_SECONDS = timedelta(seconds=4)  # how long an import of the demonstration is said to have lasted


def load_places(units: dict[str, str], now: datetime) -> int:
    """Import the files, make the edits of managers in between, then bring each place to what the scenario says.

    `units`: key of a place → key of the unit that looks after it. Returns how many places there are.
    """
    steps = [(row["moment"], _import, row) for row in read("imports")]
    steps += [(row["moment"], _edit, row) for row in read("edits")]
    for moment, step, row in sorted(steps, key=lambda one: one[0]):
        step(row, min(now, datetime.fromisoformat(moment)))
    derived = Derived()
    layers = {layer.place_id: layer for layer in Layer.objects.filter(collector__in=_codes())}
    places = [_said(row, layers.get(fixed_id("place", row["key"]))) for row in read("places")]
    for place in places:
        derived.prepare(place)
    put(Place, places)
    _hand_over(units)
    return Place.objects.filter(id__in=[place.id for place in places]).count()


def _codes() -> set[str]:
    return {row["collector"] for row in read("imports")}


def _hand_over(units: dict[str, str]) -> None:
    for unit in set(units.values()):
        managed = [fixed_id("place", key) for key, its in units.items() if its == unit]
        Place.objects.filter(id__in=managed).update(unit=fixed_id("unit", unit))


def _import(row: Row, moment: datetime) -> None:
    """Import a file for good, once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / row["file"]
        path.write_bytes(_content(row))
        runs = ImportRun.objects.filter(collector=row["collector"], file_sha256=sha256(path), state=RunState.DONE)
        if runs.filter(is_dry=False).exists():
            return
        by = User.objects.get(id=fixed_id("user", row["by"]))
        import_file(path=path, source=row["collector"], actor=by, now=moment)
    runs.filter(started_at=moment).update(ended_at=moment + _SECONDS)
    Collector.objects.filter(code=row["collector"]).update(name=row["name"], licence=row["licence"])
    _fix_identities(row["collector"])


def _content(row: Row) -> bytes:
    """The file of the scenario, else one made of the places of this collector."""
    written: Path = FOLDER / row["file"]
    if written.exists():
        return written.read_bytes()
    mine = [one for one in read("places") if one.get("collector") == row["collector"]]
    return csv_bytes(cells(_place(one), one["key"]) for one in mine)


def _fix_identities(collector: str) -> None:
    """Give the places just created the id and code that are always theirs."""
    layers = Layer.objects.filter(collector=collector).select_related("place")
    moved = [(layer, layer.place_id) for layer in layers if layer.place_id != fixed_id("place", layer.local_id)]
    for layer, _drawn in moved:
        layer.place.pk = fixed_id("place", layer.local_id)
        layer.place.code = fixed_code("place", layer.local_id)
    put(Place, (layer.place for layer, _drawn in moved))
    for layer, _drawn in moved:
        layer.place_id = fixed_id("place", layer.local_id)
    Layer.objects.bulk_update([layer for layer, _drawn in moved], ["place"])
    Place.objects.filter(pk__in=[drawn for _layer, drawn in moved]).delete()


def _edit(row: Row, moment: datetime) -> None:
    """What a manager said, once."""
    identity = fixed_id("place", row["place"])
    if Event.objects.filter(verb="places.edit", subject_id=str(identity), at=moment).exists():
        return
    by = User.objects.get(id=fixed_id("user", row["by"]))
    edit_place(place=Place.objects.get(pk=identity), changes=row["changes"], actor=by, now=moment)


def _said(row: Row, layer: Layer | None) -> Place:
    """A place as it stands: what its source says, what only its manager can say, what its manager has changed."""
    place = _place(row)
    if layer is None:
        place.managed = _differing(place, Place())
    else:
        shown = Place(id=place.id)
        show(shown, [layer])
        place.managed = _differing(place, shown)
        place.position_origin, place.position_level = shown.position_origin, shown.position_level
    for edit in (one for one in read("edits") if one["place"] == row["key"]):
        _change(place, edit["changes"], datetime.fromisoformat(edit["moment"]).date())
    return place


def _change(place: Place, changes: dict[str, Any], day: date) -> None:
    for name, value in changes.items():
        setattr(place, name, value)
    place.updated_on = day
    place.managed = tuple(sorted({*place.managed, *changes, "updated_on"}))


def _differing(place: Place, shown: Place) -> tuple[str, ...]:
    return tuple(sorted(name for name in FIELDS if _plain(place, name) != _plain(shown, name)))


def _plain(place: Place, name: str) -> Any:
    value = getattr(place, name)
    return tuple(value) if isinstance(value, list) else value


def _place(row: Row) -> Place:
    values = {name: value for name, value in row.items() if name not in {"key", "collector"}}
    values["updated_on"] = date.fromisoformat(row["updated_on"])
    return Place(
        id=fixed_id("place", row["key"]),
        code=fixed_code("place", row["key"]),
        position_origin=PositionOrigin.MANAGER,
        **values,
    )
