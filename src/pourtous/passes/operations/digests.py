"""One mail a day to each prescriber: which persons were written to about their book, and whom to call."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Role
from pourtous.accounts.models import User
from pourtous.kernel.clock import paris
from pourtous.messaging.models import Message
from pourtous.messaging.operations import send_email
from pourtous.passes.enums import ToldKind
from pourtous.passes.models import HandOver, Movement, Told
from pourtous.passes.queries.not_started import to_copy
from pourtous.people.enums import Reach
from pourtous.people.queries import following_unit_ids
from pourtous.ui.format import day as day_words


def copy_to_prescribers(*, now: datetime) -> int:
    """Send the digests of the day. Again the same day: what came since waits for tomorrow's. How many mails."""
    by_user: dict[User, list[Told]] = {}
    for told in to_copy():
        user = _prescriber(told.hand_over) if told.way != Reach.NONE else None
        if user is None:
            Told.objects.filter(pk=told.pk).update(copied_at=now)
        else:
            by_user.setdefault(user, []).append(told)
    return sum(_send(user, rows, now) for user, rows in by_user.items())


def _prescriber(made: HandOver) -> User | None:
    """Who handed the book over, while they are of the unit; else a manager of the unit."""
    team = User.objects.filter(is_active=True)
    still = team.filter(pk=made.by_id, memberships__unit=made.unit_id).first() if made.by_id else None
    managers = team.filter(memberships__unit=made.unit_id, memberships__role=Role.MANAGER)
    return still or managers.order_by("email").first()


@transaction.atomic
def _send(user: User, rows: list[Told], now: datetime) -> bool:
    key = f"passes.digest:{user.pk}:{paris(now).date():%Y-%m-%d}"
    if Message.objects.filter(key=key).exists():
        return False
    if not Told.objects.filter(pk__in=[told.pk for told in rows], copied_at=None).update(copied_at=now):
        return False
    with translation.override("fr"):
        link = f"{settings.PUBLIC_URL}{reverse('hand-overs')}?quoi=pas-commence"
        send_email(
            to=user.email,
            subject=_("Books of passes: who has not begun yet"),
            text=_("Hello,\n\n%(parts)sThe list, with sessions to book: %(link)s\n")
            % {"parts": _parts(rows, now), "link": link},
            now=now,
            about="passes.digest",
            key=key,
        )
    return True


def _parts(rows: list[Told], now: datetime) -> str:
    started = [told for told in rows if told.kind == ToldKind.START]
    groups = (
        (_("We could not write to these people. Please call them:"), [one for one in rows if one.way == Reach.CALL]),
        (_("We reminded these people of their passes:"), [one for one in started if one.way != Reach.CALL]),
        (
            _("We told these people that their passes will be cancelled:"),
            [one for one in rows if one.kind == ToldKind.DORMANT and one.way != Reach.CALL],
        ),
    )
    return "".join(f"{head}\n{_lines(group, now)}\n" for head, group in groups if group)


def _lines(rows: Iterable[Told], now: datetime) -> str:
    return "".join(f"- {_line(told, now)}\n" for told in rows)


def _line(told: Told, now: datetime) -> str:
    made = told.hand_over
    facts = {
        "who": _who(made, now),
        "serial": made.book.serial,
        "day": day_words(made.handed_on),
        "way": told.get_way_display(),
    }
    return _("%(who)s: book %(serial)s, handed over on %(day)s (%(way)s)") % facts


def tell_of_loss(made: HandOver, slip: Movement, *, actor: User | None, now: datetime) -> None:
    """The prescriber hands a new book over: they read of the loss at once, unless they wrote it down themselves."""
    user = _prescriber(made)
    if user is None or (actor is not None and user.pk == actor.pk):
        return
    with translation.override("fr"):
        facts = {
            "who": _who(made, now),
            "serial": made.book.serial,
            "what": slip.get_kind_display(),
            "link": f"{settings.PUBLIC_URL}{reverse('hand-over-lost', args=(made.pk,))}",
        }
        send_email(
            to=user.email,
            subject=_("Book %(serial)s: %(what)s") % facts,
            text=_(
                "Hello,\n\nA book you handed over is gone.\n\nFor: %(who)s\nBook: %(serial)s\nWhat: %(what)s\n"
                "It is blocked. To hand another one over, with what was left: %(link)s\n"
            )
            % facts,
            now=now,
            about="passes.loss",
            key=f"passes.loss:{slip.pk}",
        )


def _who(made: HandOver, now: datetime) -> str:
    """The code of the file while the unit follows the person, else the number of the book: no name."""
    person = made.person
    follows = person is not None and made.unit_id in following_unit_ids(person, on=paris(now).date())
    return person.code if person is not None and follows else made.book.serial
