"""What becomes of places whose row is no longer in their collector's file: the team decides, one by one."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.places.enums import PlaceState
from pourtous.places.models import Layer, Place

CLOSE = "close"
KEEP = "keep"


def settle(*, layers: Collection[UUID], decision: str, actor: User, now: datetime) -> int:
    """Close or keep the places of these rows, those still waiting. Returns how many.

    A place kept stays as it is, and is not asked about again unless its row comes back and goes again.
    Raises DomainError when nothing was chosen.
    """
    if not layers or decision not in {CLOSE, KEEP}:
        raise DomainError(_("Tick at least one row, then choose."))
    with transaction.atomic():
        waiting = Layer.objects.select_for_update().filter(
            pk__in=list(layers), absent_since__isnull=False, absence_settled_at=None
        )
        found = list(waiting.select_related("place"))
        Layer.objects.filter(pk__in=[one.pk for one in found]).update(absence_settled_at=now)
        if decision == CLOSE:
            places = Place.objects.filter(pk__in=[one.place_id for one in found])
            places.update(state=PlaceState.CLOSED, modified_at=now)
        for one in found:
            record(actor=actor, verb=f"places.absent_{decision}", subject=one.place, now=now)
    return len(found)
