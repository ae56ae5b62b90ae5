"""Adding to the journal, and letting go of what has outlived its time."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model

from pourtous.audit.models import Event
from pourtous.kernel.text import clean, shorten

KEPT_FOR = timedelta(days=3 * 365)


def record(
    *, actor: Any | None, verb: str, subject: Model | None, now: datetime, details: dict[str, Any] | None = None
) -> Event:
    """Add one act to the journal, inside the caller's transaction.

    `actor` is a user, or None (or an anonymous user) for the public and for the platform itself; `verb` is
    "app.act"; `details` must be JSON and hold no personal data.
    """
    known = actor if actor is not None and actor.pk is not None else None
    return Event.objects.create(
        at=now,
        actor=known,
        actor_label=_label(known),
        verb=verb,
        subject_type=subject._meta.label if subject is not None else "",  # noqa: SLF001
        subject_id=str(subject.pk) if subject is not None else "",
        subject_label=_label(subject),
        details=details or {},
    )


def _label(thing: Any | None) -> str:
    return "" if thing is None else shorten(clean(str(thing)), 200)


def forget_actor(*, user_id: Any) -> int:
    """Empty the name of a user whose account is erased, where they acted and where acts were about them.

    Acts stay, with the number of the account, which names nobody any more. Returns the number of rows.
    """
    acted = Event.unguarded().filter(actor_id=user_id).update(actor_label="")
    about = {"subject_type": get_user_model()._meta.label, "subject_id": str(user_id)}  # noqa: SLF001
    return acted + Event.unguarded().filter(**about).exclude(subject_label="").update(subject_label="")


def purge(*, now: datetime, dry_run: bool = False) -> int:
    """Delete the acts older than three years. Returns how many."""
    old = Event.unguarded().filter(at__lt=now - KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]
