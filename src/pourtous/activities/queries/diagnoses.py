"""Reads of skills checks."""

from typing import Any
from uuid import UUID

from pourtous.activities.enums import Moment
from pourtous.activities.models import Diagnosis
from pourtous.people.models import Person


def levels_of(diagnosis: Diagnosis) -> dict[str, int]:
    """Levels by key of the question."""
    rows = diagnosis.answers.filter(level__isnull=False)
    return {key: level for key, level in rows.values_list("question", "level") if level is not None}


def context_of(diagnosis: Diagnosis) -> dict[str, str]:
    """Terms by key of the question."""
    return dict(diagnosis.answers.exclude(term="").values_list("question", "term"))


def checks_of(person: Person) -> list[Diagnosis]:
    """The finished checks of a person, oldest first, with who did them."""
    return list(Diagnosis.objects.filter(person=person, finished_at__isnull=False).select_related("by", "unit"))


def open_check(person: Person, unit_ids: list[UUID]) -> Diagnosis | None:
    """The check one of these units has begun and not finished."""
    return Diagnosis.objects.filter(person=person, unit__in=unit_ids, finished_at=None).first()


def check_of(identity: Any) -> Diagnosis | None:
    """A check by its key, with the person."""
    return Diagnosis.objects.select_related("person", "unit", "by").filter(pk=identity).first()


def compared_with(diagnosis: Diagnosis) -> Diagnosis | None:
    """The check a later one is held against: the person's first finished one of the same set of questions."""
    earlier = Diagnosis.objects.filter(
        person_id=diagnosis.person_id, finished_at__isnull=False, version=diagnosis.version
    ).exclude(pk=diagnosis.pk)
    before = earlier.filter(moment=Moment.BEFORE).first() or earlier.order_by("on", "id").first()
    return before if before is not None and before.on <= diagnosis.on else None
