"""What this app lets go of when its time has come. Books, passes and money stay: accounting evidence."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from pourtous.passes.models import ApiToken, RefusedTry, Tablet, TabletPin

KEPT = timedelta(days=365)


def old_refusals(*, now: datetime, dry_run: bool) -> int:
    """Passes shown and refused, a year after. How many."""
    return _delete(RefusedTry.objects.filter(at__lt=now - KEPT), dry_run=dry_run)


def old_tablets(*, now: datetime, dry_run: bool) -> int:
    """Tablets and programs' keys a year after they were withdrawn, and PINs that open no tablet since. How many.

    Passes taken with them stay; they no longer say with what.
    """
    before = now - KEPT
    gone = (
        TabletPin.objects.filter(set_at__lt=before).exclude(unit__in=_still_needed(before).values("unit")),
        Tablet.objects.filter(withdrawn_at__lt=before),
        ApiToken.objects.filter(revoked_at__lt=before),
    )
    return sum(_delete(rows, dry_run=dry_run) for rows in gone)


def _still_needed(before: datetime) -> QuerySet[Tablet]:
    return Tablet.objects.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gte=before))


def _delete(rows: QuerySet[Any], *, dry_run: bool) -> int:
    if dry_run:
        return rows.count()
    return rows.delete()[1].get(rows.model._meta.label, 0)  # noqa: SLF001
