"""Requests that may come twice are answered the same twice."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.kernel.errors import DomainError
from pourtous.runtime.models import IdempotencyKey

KEPT_FOR = timedelta(days=7)
KEY_LENGTH = 255


def fingerprint(request: Any) -> str:
    """What was asked, in 64 letters: the same for the same request (JSON, whatever the order of its keys)."""
    return hashlib.sha256(json.dumps(request, sort_keys=True, cls=DjangoJSONEncoder).encode()).hexdigest()


def once(
    key: str, fingerprint: str, action: Callable[[], dict[str, Any]], *, scope: str, now: datetime
) -> dict[str, Any]:
    """Do `action` and remember its answer (JSON); on a repeat, give the same answer without doing it again.

    `scope` names what is asked and by whom, so that keys of two users never meet. Action and memory are one
    transaction: a failure leaves neither. Two at once: the second waits for the first. DomainError when the
    key was used for another request, or cannot be one.
    """
    if not 0 < len(key) <= KEY_LENGTH or "\0" in key:
        raise DomainError(_("This request has no usable key."))
    with transaction.atomic():
        memory, is_new = IdempotencyKey.objects.get_or_create(
            scope=scope, key=key, defaults={"fingerprint": fingerprint, "created_at": now}
        )
        if memory.fingerprint != fingerprint:
            raise DomainError(_("This key was already used for another request."))
        if is_new:
            memory.answer = json.loads(json.dumps(action(), cls=DjangoJSONEncoder))
            memory.save(update_fields=("answer",))
        return dict(memory.answer or {})


def purge(*, now: datetime, dry_run: bool = False) -> int:
    """Forget answers after a week. Returns how many."""
    old = IdempotencyKey.objects.filter(created_at__lt=now - KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]
