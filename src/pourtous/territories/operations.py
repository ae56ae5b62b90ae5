"""Writes: reference data, addresses, zones."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.files import sha256
from pourtous.kernel.text import clean, shorten
from pourtous.territories import loading, queries, reference
from pourtous.territories.geocoder import index
from pourtous.territories.importers import addresses
from pourtous.territories.models import Commune, Dataset, Zone

REFERENCE = "reference"
ADDRESSES = "addresses"
MAX_TOLD = 8


@transaction.atomic
def load_reference(*, now: datetime) -> bool:
    """Load the shipped reference data of the territory's départements; False when it already is the one loaded.

    Communes that a newer edition no longer has stay: places, addresses and zones may still refer to them.
    """
    departements = settings.TERRITORY["departements"]
    digest = reference.digest(departements)
    dataset, _created = Dataset.objects.select_for_update().get_or_create(name=REFERENCE)
    if dataset.digest == digest:
        return False
    for departement in departements:
        loading.upsert(reference.read(departement))
    dataset.digest, dataset.loaded_at = digest, now
    dataset.revision += 1
    dataset.save()
    return True


@transaction.atomic
def note_dataset(*, name: str, digest: str, now: datetime) -> int:
    """Say that streets or communes were written as a whole: processes that keep a copy read it again.

    Returns the new revision.
    """
    revision = _grow(name)
    Dataset.objects.filter(name=name).update(digest=digest, loaded_at=now)
    index.forget()
    return revision


@dataclass(frozen=True)
class ZoneFacts:
    """What one says of a zone: codes of communes of any year, SIREN of EPCI, and a pasted list, put together."""

    name: str
    valid_from: date
    note: str = ""
    valid_until: date | None = None
    is_confirmed: bool = False
    codes: tuple[str, ...] = ()
    epci: tuple[str, ...] = ()
    pasted: str = ""


@transaction.atomic
def create_zone(*, facts: ZoneFacts, actor: Any, now: datetime) -> Zone:
    """A new zone; DomainError tells by name what is not understood."""
    return _save_zone(Zone(), facts, verb="territories.create_zone", actor=actor, now=now)


@transaction.atomic
def edit_zone(zone: Zone, *, facts: ZoneFacts, actor: Any, now: datetime) -> Zone:
    """Say everything of a zone anew: what the facts do not name is out."""
    return _save_zone(zone, facts, verb="territories.edit_zone", actor=actor, now=now)


@transaction.atomic
def close_zone(zone: Zone, *, until: date, actor: Any, now: datetime) -> Zone:
    """Close a zone: `until` is the first day on which it no longer counts."""
    if until <= zone.valid_from:
        raise DomainError(_("A zone closes after the day it opens."), field="until")
    zone.valid_until = until
    zone.save(update_fields=["valid_until"])
    record(
        actor=actor, verb="territories.close_zone", subject=zone, now=now, details={"valid_until": until.isoformat()}
    )
    return zone


def _save_zone(zone: Zone, facts: ZoneFacts, *, verb: str, actor: Any, now: datetime) -> Zone:
    zone.name, zone.note = clean(facts.name), clean(facts.note)
    zone.valid_from, zone.valid_until, zone.is_confirmed = facts.valid_from, facts.valid_until, facts.is_confirmed
    if not zone.name:
        raise DomainError(_("Give the zone a name."), field="name")
    if zone.valid_until is not None and zone.valid_until <= zone.valid_from:
        raise DomainError(_("A zone closes after the day it opens."), field="valid_from")
    communes = _communes_of(facts)
    try:
        with transaction.atomic():
            zone.save()
    except IntegrityError as error:
        raise DomainError(_("There is already a zone of this name from this day on."), field="name") from error
    zone.communes.set(communes)
    record(actor=actor, verb=verb, subject=zone, now=now, details={"communes": sorted(c.code for c in communes)})
    return zone


def _communes_of(facts: ZoneFacts) -> set[Commune]:
    """All communes that the facts name; DomainError with what is not understood."""
    coded = queries.resolve_codes(facts.codes)
    pasted = queries.read_list(facts.pasted)
    pasted.unknown += [code for code in facts.codes if code not in coded]
    _refuse_misunderstood(pasted)
    communes = {*coded.values(), *pasted.communes, *Commune.objects.filter(epci__in=facts.epci).defer("outline")}
    if not communes:
        raise DomainError(_("A zone has at least one commune."), field="pasted")
    return communes


def _refuse_misunderstood(pasted: queries.PastedList) -> None:
    if pasted.unknown:
        message = _("We do not know: %(names)s. Write the INSEE code or the name of a commune of the territory.")
        raise DomainError(message % {"names": _told(pasted.unknown)}, field="pasted")
    if pasted.postcodes:
        message = _(
            "These are postcodes: %(names)s. A postcode may serve several communes: write INSEE codes or names."
        )
        raise DomainError(message % {"names": _told(pasted.postcodes)}, field="pasted")
    if pasted.ambiguous:
        message = _("Several communes have this name: %(names)s. Write their INSEE codes.")
        raise DomainError(message % {"names": _told(pasted.ambiguous)}, field="pasted")


def _told(items: list[str]) -> str:
    shown = ", ".join(shorten(item, 40) for item in items[:MAX_TOLD])
    return shown + (f"… (+{len(items) - MAX_TOLD})" if len(items) > MAX_TOLD else "")


def import_addresses(
    *, path: Path, actor: Any, now: datetime, progress: addresses.Progress = lambda _done, _total: None
) -> addresses.Report:
    """Bring in a file of the national address base; one transaction a batch (see `importers.addresses`).

    Raises DomainError for a wrong file, and when another import is running on this machine.
    """
    with _alone("addresses"):
        revision = _grow(ADDRESSES)
        report = addresses.run(path, revision=revision, progress=progress)
        with transaction.atomic():
            Dataset.objects.filter(name=ADDRESSES).update(
                digest=sha256(path), loaded_at=now, revision=F("revision") + 1
            )
            details = {"rows": report.rows, "used": report.used, "new": report.new, "gone": report.gone}
            record(actor=actor, verb="territories.import_addresses", subject=None, now=now, details=details)
        index.forget()
    return report


@transaction.atomic
def _grow(name: str) -> int:
    """The next revision of a dataset, greater than any before."""
    dataset, _created = Dataset.objects.select_for_update().get_or_create(name=name)
    dataset.revision += 1
    dataset.save(update_fields=["revision"])
    return dataset.revision


@contextmanager
def _alone(work: str) -> Iterator[None]:
    """Only one process of this machine does this work; the lock falls with the process, even a killed one."""
    with (settings.DATA_DIR / f"{work}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise DomainError(_("Another import of addresses is running. Wait until it has ended.")) from error
        yield
