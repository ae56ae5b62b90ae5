"""Making one file of two, and undoing it within thirty days."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit, User
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import PersonState
from pourtous.people.holdings import holdings
from pourtous.people.models import FollowUp, Merge, Person
from pourtous.people.operations.facts import settle_searched
from pourtous.people.own_holdings import EMPTY
from pourtous.people.rules.merging import PARTS, UNDO_FOR, merged

_COLUMNS = tuple(column for columns in PARTS.values() for column in columns)
_FOLLOWING = ("last_contact_on", "notified_on", "agrees_to_be_found", "search_text", "name_hash", "phone_hash")


def merge(
    *, kept: Person, absorbed: Person, unit: Unit, actor: User, now: datetime, take: Collection[str] = ()
) -> Merge:
    """Give all that one file holds to the other. The kept file wins; the other fills gaps, and wins for parts in `take`.

    `unit` is the one that follows both. DomainError when one of them is no longer there.
    """
    with transaction.atomic():
        kept, absorbed = _both(kept, absorbed)
        before = _columns(kept)
        _fill(kept, absorbed, take)
        kept.save(update_fields=[*_COLUMNS, *_FOLLOWING])
        rows = {named.name: named.holding.move(absorbed=absorbed, kept=kept) for named in holdings()}
        absorbed.state, absorbed.merged_into = PersonState.MERGED, kept
        absorbed.save(update_fields=("state", "merged_into"))
        done = Merge.objects.create(
            kept=kept, absorbed=absorbed, by=actor, unit=unit, at=now, moved=_remembered(before, _columns(kept), rows)
        )
        record(actor=actor, verb="people.merge", subject=kept, now=now, details={"absorbed": absorbed.code})
    return done


def _both(kept: Person, absorbed: Person) -> tuple[Person, Person]:
    if kept.pk == absorbed.pk:
        raise DomainError(_("This is one and the same file."))
    keys = (kept.pk, absorbed.pk)
    found = {one.pk: one for one in Person.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}
    both = found.get(kept.pk), found.get(absorbed.pk)
    if any(one is None or one.state != PersonState.ACTIVE for one in both):
        raise DomainError(_("One of these files is no longer there. Open the other one again."))
    return both  # type: ignore[return-value]


def _columns(person: Person) -> dict[str, Any]:
    """What a merge may change, as JSON."""
    return {name: _plain(getattr(person, name)) for name in (*_COLUMNS, *_FOLLOWING)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if hasattr(value, "hex") else value


def _fill(kept: Person, absorbed: Person, take: Collection[str]) -> None:
    ours = {name: getattr(kept, name) for name in _COLUMNS}
    theirs = {name: getattr(absorbed, name) for name in _COLUMNS}
    for name, value in merged(ours, theirs, take).items():
        setattr(kept, name, value)
    if absorbed.last_contact_on > kept.last_contact_on:
        kept.last_contact_on, kept.notified_on = absorbed.last_contact_on, absorbed.notified_on
    kept.agrees_to_be_found = kept.agrees_to_be_found and absorbed.agrees_to_be_found
    settle_searched(kept)


def _remembered(before: dict[str, Any], after: dict[str, Any], rows: dict[str, list[str]]) -> dict[str, Any]:
    changed = {name: [was, after[name]] for name, was in before.items() if was != after[name]}
    return {"columns": changed, "rows": {name: keys for name, keys in rows.items() if keys}}


def undo(*, done: Merge, actor: User, now: datetime) -> Person:
    """Take the two files apart again: rows go back, columns nobody changed since too. Returns the file that is back.

    DomainError when it was undone, when thirty days are over, or when the kept file has become part of another.
    """
    with transaction.atomic():
        still = Merge.objects.filter(pk=done.pk, undone_at=None, settled_at=None, at__gt=now - UNDO_FOR)
        if not still.update(undone_at=now, undone_by=actor):
            raise DomainError(_("This can no longer be undone: it is over thirty days old, or was undone before."))
        done.refresh_from_db()
        kept, absorbed = _apart(done)
        for named in reversed(holdings()):
            keys = done.moved["rows"].get(named.name, [])
            named.holding.move_back(keys=keys, absorbed=absorbed, kept=kept)
        _put_back(kept, done.moved["columns"])
        absorbed.state, absorbed.merged_into = PersonState.ACTIVE, None
        absorbed.save(update_fields=("state", "merged_into"))
        Merge.objects.filter(pk=done.pk).update(moved={})
        record(actor=actor, verb="people.unmerge", subject=kept, now=now, details={"absorbed": absorbed.code})
    return absorbed


def _apart(done: Merge) -> tuple[Person, Person]:
    keys = (done.kept_id, done.absorbed_id)
    found = {one.pk: one for one in Person.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")}
    kept, absorbed = found[done.kept_id], found[done.absorbed_id]
    if kept.state != PersonState.ACTIVE or absorbed.state != PersonState.MERGED or absorbed.merged_into_id != kept.pk:
        raise DomainError(_("The file has since become part of another one. Undo that first."))
    return kept, absorbed


def _put_back(kept: Person, columns: dict[str, list[Any]]) -> None:
    now_there = _columns(kept)
    back = {name: was for name, (was, became) in columns.items() if now_there[name] == became}
    if back:
        Person.objects.filter(pk=kept.pk).update(**back)
    if len(back) < len(columns):  # somebody corrected the file since: what it is found by follows what is there
        kept.refresh_from_db()
        settle_searched(kept)
        kept.save(update_fields=("search_text", "name_hash", "phone_hash"))


def settle_old(*, now: datetime, dry_run: bool = False) -> int:
    """Thirty days after a merge: what it remembers goes, and so does what is left in the absorbed file. Returns how many."""
    old = Merge.objects.filter(at__lte=now - UNDO_FOR, undone_at=None, settled_at=None)
    if dry_run:
        return old.count()
    return sum(_settle(done, now) for done in list(old))


def _settle(done: Merge, now: datetime) -> int:
    with transaction.atomic():
        if not Merge.objects.filter(pk=done.pk, undone_at=None, settled_at=None).update(settled_at=now, moved={}):
            return 0
        Person.objects.filter(pk=done.absorbed_id, state=PersonState.MERGED).update(**EMPTY)
        FollowUp.objects.filter(person=done.absorbed_id).exclude(note="").update(
            note=""
        )  # what the kept file has already
    return 1
