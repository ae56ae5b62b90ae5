"""Writes: reference data, zones."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from pourtous.territories import loading, reference
from pourtous.territories.models import Dataset

REFERENCE = "reference"


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
