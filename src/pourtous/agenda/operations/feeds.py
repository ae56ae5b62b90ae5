"""Addresses at which other programs read our calendars: a secret of 256 bits, kept as a digest only."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction

from pourtous.accounts.models import User
from pourtous.agenda.models import Feed, Resource
from pourtous.agenda.rules.secret import digest
from pourtous.audit.operations import record
from pourtous.places.models import Place


def renew(*, resource: Resource | None = None, place: Place | None = None, actor: User, now: datetime) -> str:
    """A new secret for the calendar of an agenda or of a place; the one before no longer works."""
    token = secrets.token_urlsafe(32)
    whose: dict[str, Any] = {"resource": resource, "place": place}
    with transaction.atomic():
        Feed.objects.update_or_create(**whose, defaults={"digest": digest(token), "made_by": actor, "made_at": now})
        record(actor=actor, verb="agenda.renew_feed", subject=resource or place, now=now)
    return token


def turn_off(*, resource: Resource | None = None, place: Place | None = None, actor: User, now: datetime) -> None:
    """The address no longer answers. The same twice changes nothing."""
    with transaction.atomic():
        if Feed.objects.filter(resource=resource, place=place).delete()[0]:
            record(actor=actor, verb="agenda.turn_off_feed", subject=resource or place, now=now)
