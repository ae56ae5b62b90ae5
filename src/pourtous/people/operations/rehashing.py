"""Writing the hashes of files anew, after the key of the installation has changed."""

from datetime import datetime

from django.db import transaction

from pourtous.audit.operations import record
from pourtous.people.enums import PersonState
from pourtous.people.hashing import name_hashes, phone_hashes
from pourtous.people.models import Person

BATCH = 1000


def rehash(*, now: datetime) -> int:
    """Hash all active files with the present key. Harmless to repeat. Returns how many changed."""
    changed = 0
    with transaction.atomic():
        found = Person.objects.filter(state=PersonState.ACTIVE).order_by("pk")
        batch: list[Person] = []
        for person in found.iterator(chunk_size=BATCH):
            if _put_right(person):
                batch.append(person)
            if len(batch) == BATCH:
                changed += _save(batch)
                batch = []
        changed += _save(batch)
        record(actor=None, verb="people.rehash", subject=None, now=now, details={"count": changed})
    return changed


def _put_right(person: Person) -> bool:
    before = person.name_hash, person.phone_hash
    names = name_hashes(person.first_name, person.last_name, person.birth_year)
    person.name_hash = names[0] if names else ""
    phones = phone_hashes(person.phone)
    person.phone_hash = phones[0] if phones else ""
    return before != (person.name_hash, person.phone_hash)


def _save(batch: list[Person]) -> int:
    if batch:
        Person.objects.bulk_update(batch, ["name_hash", "phone_hash"])
    return len(batch)
