"""Reading the journal."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, QuerySet

from pourtous.audit.models import Event
from pourtous.kernel.clock import PARIS


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What to look for; empty means anything. Days are those of Paris, both included."""

    verb: str = ""
    actor: str = ""  # part of a name
    first_day: date | None = None
    last_day: date | None = None


def history(subject: Model) -> QuerySet[Event]:
    """What was done to one thing, newest first."""
    return Event.objects.filter(subject_type=subject._meta.label, subject_id=str(subject.pk))  # noqa: SLF001


def search(wanted: Wanted) -> QuerySet[Event]:
    """Acts found, newest first."""
    found = Event.objects.all()
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.actor:
        found = found.filter(actor_label__icontains=wanted.actor)
    if wanted.first_day:
        found = found.filter(at__gte=_midnight(wanted.first_day))
    if wanted.last_day:
        found = found.filter(at__lt=_midnight(wanted.last_day + timedelta(days=1)))
    return found


def verbs() -> list[str]:
    """The acts the journal knows."""
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=PARIS)
