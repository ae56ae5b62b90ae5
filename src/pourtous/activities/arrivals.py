"""Entries typed without network, as they arrive: once, in any order, however often they are sent."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.activities.forms.desk import desk_of, include
from pourtous.activities.forms.entry import ActivityForm, seen_of
from pourtous.activities.models import Activity
from pourtous.activities.operations import edit, record
from pourtous.activities.operations.record import ConflictError
from pourtous.activities.queries.facts import facts_of
from pourtous.activities.shown import summary
from pourtous.kernel.errors import DomainError

MOST_FIELDS = 120
STORED, CONFLICT, REFUSED = "stored", "conflict", "refused"


@dataclass(frozen=True)
class Entry:
    """One entry: the id its device made, the fields of the form as they were typed.

    `instead_of` is the moment ("seen") of the recorded version that the mediator chose to replace; "" usually.
    """

    id: UUID
    fields: tuple[tuple[str, str], ...]
    instead_of: str = ""

    @property
    def mark(self) -> str:
        """The entry in 64 letters: the same for the same entry."""
        return hashlib.sha256(json.dumps([str(self.id), *self.fields]).encode()).hexdigest()


@dataclass(frozen=True)
class Answer:
    """What became of an entry.

    `theirs` is the recorded version in words, `seen` its moment when the entry may replace it.
    """

    id: str
    state: str
    sentence: str = ""
    theirs: tuple[tuple[str, str], ...] = ()
    seen: str = ""


def read_entry(given: Any) -> Entry:
    """An entry of a request. Raises ValueError when it is none."""
    if not isinstance(given, dict) or not isinstance(given.get("fields"), list):
        raise ValueError(given)  # noqa: TRY004 (a value of the request)
    pairs = [(str(name), str(value)) for name, value in given["fields"]]
    if len(pairs) > MOST_FIELDS:
        raise ValueError(len(pairs))
    return Entry(UUID(str(given.get("id"))), tuple(pairs), str(given.get("instead_of") or ""))


def arrive(*, entry: Entry, user: User, now: datetime) -> Answer:
    """Record an entry, or say why not. Nothing of it is lost: what is refused stays on the device."""
    known = Activity.objects.filter(pk=entry.id, mediator=user).first()
    if known is not None and known.recorded_mark == entry.mark:
        return Answer(str(entry.id), STORED)
    form = _form(entry, user, known, now)
    if not form.is_valid():
        return Answer(str(entry.id), REFUSED, _sentence(form))
    try:
        if known is not None and entry.instead_of:
            seen = datetime.fromisoformat(entry.instead_of)
            edit(activity=known, facts=form.facts(), actor=user, now=now, seen=seen)
        else:
            record(identity=entry.id, facts=form.facts(), actor=user, now=now, sent=entry.mark)
    except ConflictError as conflict:
        return _conflict(entry, conflict)
    except (DomainError, ValueError) as error:
        return Answer(str(entry.id), REFUSED, str(error))
    return Answer(str(entry.id), STORED)


def _form(entry: Entry, user: User, known: Activity | None, now: datetime) -> ActivityForm:
    data = QueryDict(mutable=True)
    for name, value in entry.fields:
        data.appendlist(name, value)
    data["id"] = str(entry.id)
    desk = desk_of(user, now=now)
    before = facts_of(known) if known else None
    if before is not None:
        include(desk, before, is_edit=True)
    return ActivityForm(data, desk=desk, before=before)


def _sentence(form: ActivityForm) -> str:
    return " ".join(dict.fromkeys(str(text) for texts in form.errors.values() for text in texts))


def _conflict(entry: Entry, conflict: ConflictError) -> Answer:
    found = conflict.activity
    if found is None:
        return Answer(str(entry.id), REFUSED, conflict.message)
    seen = seen_of(found) if found.pk == entry.id else ""
    return Answer(str(entry.id), CONFLICT, conflict.message, tuple(summary(found)), seen)


def unreadable(given: Any) -> Answer:
    """What is said of an entry that is none."""
    identity = given.get("id") if isinstance(given, dict) else ""
    return Answer(str(identity)[:40], REFUSED, _("This entry cannot be read. Type it again."))
