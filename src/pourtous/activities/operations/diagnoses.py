"""Skills checks: begun, answered step by step, finished, thrown away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.activities.enums import Moment
from pourtous.activities.models import Diagnosis, DiagnosisAnswer
from pourtous.activities.queries.diagnoses import levels_of
from pourtous.activities.rules.diagnosis import is_complete, stops
from pourtous.activities.rules.questions import BY_KEY, CONTEXT_BY_KEY, LEVELS, VERSION
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, shorten
from pourtous.people.models import Person
from pourtous.people.operations import contacted

_LEVELS = {level for level, _words in LEVELS}


@transaction.atomic
def start(*, person: Person, unit: Unit, actor: Any, now: datetime) -> Diagnosis:
    """Begin a check; the one that is open for this person and unit is gone on with instead.

    The first finished one of a person is "before"; from then on they are "on the way" until somebody says "after".
    """
    Person.objects.select_for_update().get(pk=person.pk)
    mine = Diagnosis.objects.filter(person=person, unit=unit)
    if (opened := mine.filter(finished_at=None).first()) is not None:
        return opened
    is_first = not Diagnosis.objects.filter(person=person, finished_at__isnull=False).exists()
    today = paris(now).date()
    made = Diagnosis.objects.create(
        person=person,
        unit=unit,
        by=actor,
        on=today,
        moment=Moment.BEFORE if is_first else Moment.DURING,
        version=VERSION,
    )
    contacted(person=person, on=today)
    record(actor=actor, verb="activities.start_diagnosis", subject=person, now=now)
    return made


@transaction.atomic
def answer(
    *, diagnosis: Diagnosis, levels: Mapping[str, int], terms: Mapping[str, str], wish: str | None = None
) -> None:
    """Keep answers (a question may be answered again until the check is finished). DomainError for what is not one."""
    locked = _open(diagnosis)
    if any(key not in BY_KEY or level not in _LEVELS for key, level in levels.items()):
        raise DomainError(_("One of the answers cannot be read. Choose again."))
    if any(not _is_an_answer(key, term) for key, term in terms.items()):
        raise DomainError(_("One of the answers cannot be read. Choose again."))
    for key, level in levels.items():
        DiagnosisAnswer.objects.update_or_create(diagnosis=locked, question=key, defaults={"level": level})
    for key, term in terms.items():
        DiagnosisAnswer.objects.update_or_create(diagnosis=locked, question=key, defaults={"term": term})
    if wish is not None:
        locked.wish = shorten(clean(wish), 300)
        locked.save(update_fields=["wish"])


def _is_an_answer(key: str, term: str) -> bool:
    return key in CONTEXT_BY_KEY and term in {known for known, _words in CONTEXT_BY_KEY[key].answers}


@transaction.atomic
def finish(*, diagnosis: Diagnosis, is_last: bool, actor: Any, now: datetime) -> Diagnosis:
    """Close the check. `is_last`: the person's help ends with it ("after"). DomainError when answers are missing."""
    locked = _open(diagnosis)
    levels = levels_of(locked)
    if not is_complete(levels):
        raise DomainError(_("Some questions have no answer yet."))
    locked.stopped_early = stops(levels)
    if is_last and locked.moment == Moment.DURING:
        locked.moment = Moment.AFTER
    locked.finished_at = now
    locked.save(update_fields=["stopped_early", "moment", "finished_at"])
    record(actor=actor, verb="activities.finish_diagnosis", subject=locked.person, now=now)
    return locked


@transaction.atomic
def discard(*, diagnosis: Diagnosis, actor: Any, now: datetime) -> None:
    """Throw away a check that is not finished."""
    locked = _open(diagnosis)
    record(actor=actor, verb="activities.discard_diagnosis", subject=locked.person, now=now)
    locked.delete()


def _open(diagnosis: Diagnosis) -> Diagnosis:
    locked = Diagnosis.objects.select_for_update(of=("self",)).select_related("person").filter(pk=diagnosis.pk).first()
    if locked is None or locked.finished_at is not None:
        raise DomainError(_("This check is finished. Begin another one."))
    return locked
