"""Writing to who was handed a book and has not come yet. Once a step, in the day only; again after a standstill."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.queries.near_sessions import NearSession
from pourtous.agenda.rules.notices import fitted, unbroken
from pourtous.agenda.rules.wording import when
from pourtous.audit.operations import record
from pourtous.messaging.models import Message
from pourtous.passes.enums import PassState, ToldKind
from pourtous.passes.models import HandOver, Pass, Told
from pourtous.passes.operations.digests import copy_to_prescribers
from pourtous.passes.queries.handovers import first_sessions
from pourtous.passes.queries.not_started import due_reminders
from pourtous.passes.rules.daytime import end_of_daytime, is_daytime
from pourtous.people.contacts import Contact, contact_of
from pourtous.people.enums import Reach
from pourtous.people.models import Person
from pourtous.people.operations import tell
from pourtous.people.rules.phones import is_mobile
from pourtous.ui import format as written

_OFFERED = 3


def remind(*, now: datetime) -> int:
    """Remind all who are due, then tell their prescribers, in one mail each a day. How many persons; none at night."""
    if not is_daytime(now):
        return 0
    done = sum(_remind(made, step, now) for made, step in due_reminders(now=now))
    copy_to_prescribers(now=now)
    return done


@transaction.atomic
def _remind(made: HandOver, step: int, now: datetime) -> bool:
    """One person; the mark is taken first by a guarded UPDATE, so that two workers never write twice."""
    if not HandOver.objects.filter(pk=made.pk, reminders=made.reminders).update(reminders=step):
        return False
    tell_holder(made, ToldKind.START, step, now=now)
    return True


def tell_holder(made: HandOver, kind: ToldKind, step: int, *, now: datetime, until: date | None = None) -> Told:
    """Write to the person of a book, in their language and by their way; remembered with how it went.

    `until`: the day on which unused passes are cancelled, when that is what is told.
    """
    person = made.person
    if person is None:
        msg = f"hand-over {made.pk} has nobody to write to"
        raise ValueError(msg)
    contact = contact_of(person)
    with translation.override(_language(contact)):
        words = _WORDS[kind](_facts(made, person, now, until))
        message = tell(
            contact=contact,
            now=now,
            about=f"passes.{kind}",
            key=f"passes.{kind}:{made.pk}:{step}",
            ttl=end_of_daytime(now) if _rings(contact) else None,
            **words,
        )
    told = Told.objects.create(hand_over=made, kind=kind, step=step, way=_way(contact, message), at=now)
    record(actor=None, verb="passes.tell_holder", subject=made, now=now, details={"kind": kind, "step": step})
    return told


def _language(contact: Contact) -> str:
    known: Mapping[str, object] = dict(settings.LANGUAGES)
    return contact.language if contact.language in known else "fr"


def _rings(contact: Contact) -> bool:
    """Whether a telephone would ring: it must not be later in the night, when the operator was out of order."""
    return contact.reach == Reach.SMS and is_mobile(contact.phone)


def _way(contact: Contact, message: Message | None) -> Reach:
    if message is None:
        return Reach.NONE if contact.reach == Reach.NONE else Reach.CALL
    return Reach.ORGANISATION if contact.reach == Reach.ORGANISATION else Reach(message.channel)


def _facts(made: HandOver, person: Person, now: datetime, until: date | None) -> dict[str, str]:
    near = first_sessions(made.campaign, person, now=now)[:_OFFERED]
    left = Pass.objects.filter(book=made.book_id, state=PassState.HANDED).count()
    help_phone = written.phone(made.campaign.help_phone or str(settings.TERRITORY["help_phone"]))
    return {
        "name": contact_of(person).first_name,
        "serial": made.book.serial,
        "handed": unbroken(written.day(made.handed_on, year=True)),
        "left": ngettext("%(n)s pass", "%(n)s passes", left) % {"n": left},
        "last": unbroken(written.day(made.book.valid_until, year=True)) if made.book.valid_until else "",
        "until": unbroken(written.day(until, year=True)) if until else "",
        "near": "".join(f"- {_session(one)}\n" for one in near),
        "next": _short(near[0]) if near else "",
        "link": _link(near),
        "call": _("Or call us: %(phone)s\n") % {"phone": unbroken(help_phone)} if help_phone else "",
    }


def _session(one: NearSession) -> str:
    return unbroken(f"{one.session.course.title}, {when(one.session.starts_at)}, {place_words(one.session)}")


def _short(one: NearSession) -> str:
    return unbroken(f"{one.session.course.title}, {when(one.session.starts_at)}")


def _link(near: list[NearSession]) -> str:
    path = reverse("session", args=(near[0].session.code,)) if near else reverse("courses")
    return f"{settings.PUBLIC_URL}{path}"


def _start(facts: dict[str, str]) -> dict[str, Any]:
    """A first session to take. One call decides between an offer and none, so that both read as sentences."""
    near = _("Near you:\n%(near)s\n") % facts if facts["near"] else ""
    text = _(
        "Hello %(name)s,\n\nYou have a book of passes since %(handed)s.\nNo pass is used yet: %(left)s wait for you.\n"
        "They pay for your sessions. You pay nothing.\n\n%(offer)sTo register: %(link)s\n%(call)s"
    )
    if facts["next"]:
        short = fitted(_("Your passes wait for you. First session: %(next)s. To register: %(link)s"), facts, "next")
    else:
        short = _("Your passes wait for you. They pay for your sessions. To choose one: %(link)s") % facts
    return {"subject": _("Your passes wait for you"), "text": text % (facts | {"offer": near}), "short_text": short}


def _dormant(facts: dict[str, str]) -> dict[str, Any]:
    """The day is in each of them: nobody loses a pass without having read when."""
    text = _(
        "Hello %(name)s,\n\nYour book of passes %(serial)s has not been used for a long time.\n"
        "On %(until)s, the passes left are cancelled: %(left)s.\n\n"
        "You want to keep them? Register for a session before that day.\nTo register: %(link)s\n%(call)s"
    )
    short = _("Your passes are cancelled on %(until)s. To keep them, register for a session: %(link)s")
    return {
        "subject": _("Your passes are cancelled on %(until)s") % facts,
        "text": text % facts,
        "short_text": short % facts,
    }


_WORDS = {ToldKind.START: _start, ToldKind.DORMANT: _dormant}
