"""Writes: reference data, addresses, zones."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.files import sha256
from pourtous.territories import loading, reference
from pourtous.territories.geocoder import index
from pourtous.territories.importers import addresses
from pourtous.territories.models import Dataset

REFERENCE = "reference"
ADDRESSES = "addresses"


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
