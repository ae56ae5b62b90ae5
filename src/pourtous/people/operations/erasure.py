"""Letting go of a person: every holding empties what is personal; rows that count stay, under an emptied row."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from pourtous.accounts.models import User
from pourtous.audit.operations import record
from pourtous.people.enums import PersonState
from pourtous.people.holdings import holdings
from pourtous.people.models import Person


def whole(person: Person) -> Iterator[Person]:
    """A file and all those made one with it, directly or not: what is held about one person."""
    yield person
    for absorbed in Person.objects.filter(merged_into=person, state=PersonState.MERGED).order_by("pk"):
        yield from whole(absorbed)


def anonymise(*, person: Person, reason: str, actor: User | None, now: datetime) -> bool:
    """Empty a file and those made one with it. Returns whether it was there to be emptied.

    `reason` ("retention", "erasure") goes to the journal. Doing it twice does no harm.
    """
    with transaction.atomic():
        kept = Person.objects.select_for_update().filter(pk=person.pk, state=PersonState.ACTIVE).first()
        if kept is None:
            return False
        for one in list(whole(kept)):
            for named in reversed(holdings()):  # the person's own row last: others are found by what stands in it
                named.holding.anonymise(one, now=now)
        record(actor=actor, verb="people.anonymise", subject=kept, now=now, details={"reason": reason})
    return True
