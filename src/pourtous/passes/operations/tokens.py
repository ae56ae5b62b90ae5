"""Making and revoking the keys with which programs of hosts take passes."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.passes.models import ApiToken
from pourtous.passes.queries.tokens import PREFIX
from pourtous.passes.sealing import digest

MOST_LIVE = 20
_MAX_NAME = 80


@transaction.atomic
def make_token(*, unit: Unit, name: str, actor: Any, now: datetime) -> str:
    """A new key of a unit: its text, which is never shown again. DomainError without name, or when there are many."""
    name = clean(name)
    if not 0 < len(name) <= _MAX_NAME:
        raise DomainError(_("Say which program it is for, in 80 characters at most."), field="name")
    if ApiToken.objects.filter(unit=unit, revoked_at=None).count() >= MOST_LIVE:
        raise DomainError(_("This team has too many keys. Revoke one first."), field="name")
    secret = PREFIX + secrets.token_urlsafe(32)
    made = ApiToken.objects.create(unit=unit, name=name, digest=digest(secret), made_by=actor, made_at=now)
    record(actor=actor, verb="passes.make_token", subject=made, now=now)
    return secret


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: Any, now: datetime) -> None:
    """The key opens nothing from now on. DomainError when it was revoked before."""
    if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        raise DomainError(_("This key is already revoked."))
    record(actor=actor, verb="passes.revoke_token", subject=token, now=now)


def used(*, token: ApiToken, now: datetime) -> None:
    """Note the day a key was last used: one write a day at most."""
    day = paris(now).date()
    if token.used_on != day:
        ApiToken.objects.filter(Q(used_on=None) | Q(used_on__lt=day), pk=token.pk).update(used_on=day)
