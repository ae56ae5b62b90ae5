"""Calls to give back: asked for by anybody, taken by one operator at a time, closed with what came of them."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.enums import CallState
from pourtous.agenda.models import CallBack
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, shorten
from pourtous.messaging.operations import send_sms
from pourtous.people.rules.phones import read_phone
from pourtous.territories.models import Commune
from pourtous.ui import format as written

TRIES = 3
TAKEN_FOR = timedelta(minutes=30)  # then anybody may take it: an operator may have been called away
KEPT_AFTER = timedelta(days=30)
MAX_AN_HOUR = 60


@transaction.atomic
def ask_to_be_called(
    *, first_name: str, phone: str, best_time: str, about: str, commune: Commune | None, now: datetime
) -> CallBack:
    """Keep a call to give back. A number that waits already is called once. DomainError when it is no number."""
    number = read_phone(phone)
    if not number:
        raise DomainError(_("Write a phone number, for example 06 39 98 00 01."), field="telephone")
    known = CallBack.objects.filter(phone=number, state=CallState.WAITING).first()
    if known is not None:
        return known
    if CallBack.objects.filter(asked_at__gt=now - timedelta(hours=1)).count() >= MAX_AN_HOUR:
        raise DomainError(_("Many people have just asked for a call. Try again in an hour, or call us."))
    call = CallBack.objects.create(
        first_name=shorten(clean(first_name), 80),
        phone=number,
        best_time=shorten(clean(best_time), 120),
        about=shorten(clean(about), 300),
        commune=commune,
        asked_at=now,
    )
    record(actor=None, verb="agenda.ask_call", subject=call, now=now)
    return call


@transaction.atomic
def take(*, call: CallBack, actor: User, now: datetime) -> CallBack:
    """This operator calls. One guarded UPDATE: two never take the same. DomainError for the second."""
    waiting = CallBack.objects.filter(pk=call.pk, state=CallState.WAITING)
    free = waiting.filter(taken_by=None) | waiting.filter(taken_at__lt=now - TAKEN_FOR) | waiting.filter(taken_by=actor)
    if not free.update(taken_by=actor, taken_at=now):
        raise DomainError(_("Somebody else is calling this person, or has done so."))
    record(actor=actor, verb="agenda.take_call", subject=call, now=now)
    call.refresh_from_db()
    return call


def _mine(call: CallBack, actor: User) -> CallBack:
    found = CallBack.objects.select_for_update().filter(pk=call.pk, state=CallState.WAITING, taken_by=actor).first()
    if found is None:
        raise DomainError(_("Take the call first."))
    return found


@transaction.atomic
def done(*, call: CallBack, outcome: str, actor: User, now: datetime) -> CallBack:
    """Somebody answered."""
    mine = _mine(call, actor)
    mine.state, mine.outcome, mine.closed_at = CallState.DONE, shorten(clean(outcome), 200), now
    mine.save(update_fields=["state", "outcome", "closed_at"])
    record(actor=actor, verb="agenda.call_done", subject=mine, now=now)
    return mine


@transaction.atomic
def nobody_answered(*, call: CallBack, actor: User, now: datetime) -> CallBack:
    """Back in the queue; after three times it is closed, and a message says whom to call."""
    mine = _mine(call, actor)
    CallBack.objects.filter(pk=mine.pk).update(tries=F("tries") + 1, taken_by=None, taken_at=None)
    mine.refresh_from_db()
    if mine.tries >= TRIES:
        mine.state, mine.closed_at = CallState.UNREACHED, now
        mine.save(update_fields=["state", "closed_at"])
        _say_we_tried(mine, now)
    record(actor=actor, verb="agenda.call_tried", subject=mine, now=now, details={"tries": mine.tries})
    return mine


def _say_we_tried(call: CallBack, now: datetime) -> None:
    phone = written.phone(str(settings.TERRITORY["help_phone"]))
    text = _("We called you three times. To reach us: %(phone)s") % {"phone": phone or settings.PUBLIC_URL}
    try:
        with transaction.atomic():
            send_sms(to=call.phone, text=text, now=now, about="agenda.call", key=f"agenda.call:{call.pk}")
    except DomainError:
        return


def forget_calls(*, now: datetime, dry_run: bool = False) -> int:
    """Delete calls thirty days after they were closed. Returns how many."""
    old = CallBack.objects.filter(closed_at__lt=now - KEPT_AFTER)
    return old.count() if dry_run else old.delete()[0]
