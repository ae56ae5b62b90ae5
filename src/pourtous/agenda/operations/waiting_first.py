"""Somebody without an appointment waits for an hour that suits: no free hour, or none they can come to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.enums import NoLongerWaits, WaitingState
from pourtous.agenda.models import WaitingEntry
from pourtous.agenda.operations.appointments import Who
from pourtous.agenda.operations.waiting import WAITED_FOR
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import fold
from pourtous.people.rules.phones import is_mobile
from pourtous.places.models import Place
from pourtous.runtime.idempotency import fingerprint, once
from pourtous.territories.models import Commune


@dataclass(frozen=True)
class Wish:
    """What somebody waits for: services of the standard (none: any), a place or near a commune, weekdays ("0" Monday)."""

    services: Sequence[str] = ()
    place: Place | None = None
    commune: Commune | None = None
    weekdays: Sequence[str] = ()


def wait_for_an_hour(*, wish: Wish, who: Who, key: str, now: datetime) -> WaitingEntry:
    """Keep that somebody waits, two months at most. Sent twice, or asked again for the same, it is one.

    DomainError (field `phone`) when no message could reach them, or when they wait for enough already.
    """
    if not is_mobile(who.phone) and not who.email:
        raise DomainError(_("To tell you, we need a mobile phone or an e-mail."), field="phone")
    asked = fingerprint(
        [list(wish.services), wish.place and wish.place.pk, wish.commune and wish.commune.pk, who.phone]
    )

    def act() -> dict[str, Any]:
        return {"entry": _entry(wish, who, now).pk}

    answer = once(key, asked, act, scope="agenda.wait", now=now)
    found = WaitingEntry.objects.filter(pk=answer["entry"]).first()
    if found is None:
        raise DomainError(_("You no longer wait for this. Ask again."))
    return found


def _entry(wish: Wish, who: Who, now: datetime) -> WaitingEntry:
    reach = Q(pk=None)
    for name in ("phone", "email"):
        if value := getattr(who, name):
            reach |= Q(**{name: value})
    mine = WaitingEntry.objects.filter(reach, kind=None, state=WaitingState.WAITING)
    same = [one for one in mine if _is_same(one, wish, who)]
    if same:
        WaitingEntry.objects.filter(pk=same[0].pk).update(weekdays=list(wish.weekdays), before=now + WAITED_FOR)
        return same[0]
    if len(mine) >= settings.BOOKING["per_contact"]:
        raise DomainError(_("You wait for several hours already. For another one, call us."))
    lists: dict[str, Any] = {"services": list(wish.services), "weekdays": list(wish.weekdays)}
    made = WaitingEntry.objects.create(
        **lists,
        place=wish.place,
        commune=None if wish.place else wish.commune,
        first_name=who.columns["first_name"],
        phone=who.columns["phone"],
        email=who.columns["email"],
        language=who.language,
        before=now + WAITED_FOR,
        created_at=now,
    )
    record(actor=None, verb="agenda.wait_first", subject=made, now=now)
    return made


def _is_same(one: WaitingEntry, wish: Wish, who: Who) -> bool:
    commune = None if wish.place else wish.commune
    where = (wish.place and wish.place.pk, commune and commune.pk)
    is_there = list(one.services) == list(wish.services) and (one.place_id, one.commune_id) == where
    return is_there and fold(one.first_name) == fold(who.first_name)


@transaction.atomic
def give_up(*, entry: WaitingEntry, now: datetime, why: NoLongerWaits | None = None, actor: User | None = None) -> None:
    """They no longer wait, as they say themselves or as `actor` heard (`why`). Twice does no harm."""
    mine = WaitingEntry.objects.filter(pk=entry.pk, state=WaitingState.WAITING)
    if mine.update(state=WaitingState.GIVEN_UP, closed_at=now):
        details = {"why": why.value} if why else {}
        record(actor=actor, verb="agenda.stop_waiting", subject=entry, now=now, details=details)
