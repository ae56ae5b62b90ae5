"""What anybody who holds a pass may read about its book: what is left, until when, the next session. No name."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from pourtous.agenda.enums import RegistrationState, SessionState
from pourtous.agenda.models import Registration, Session
from pourtous.kernel.clock import paris
from pourtous.passes.enums import BookState, PassState
from pourtous.passes.models import HandOver, Pass
from pourtous.passes.rules.codes import TOKEN, read_typed
from pourtous.passes.sealing import digests

_IN_HANDS = (PassState.HANDED, PassState.REDEEMED, PassState.EXPIRED, PassState.RELEASED)


def pass_of_token(token: str) -> Pass | None:
    """The pass whose QR code holds this token, once its book was handed over; one look-up whatever was asked."""
    wanted = token if re.fullmatch(TOKEN, token) else ""
    found = Pass.objects.select_related("book__campaign").filter(token_digest__in=digests(wanted))
    return found.filter(state__in=_IN_HANDS).first()


def pass_of_code(typed: str) -> Pass | None:
    """The same for the code that is printed, as people type it."""
    found = Pass.objects.select_related("book__campaign").filter(code_digest__in=digests(read_typed(typed) or ""))
    return found.filter(state__in=_IN_HANDS).first()


@dataclass(frozen=True)
class BookLeft:
    """`left` passes can be used until `until` (this day included); `works`: whether the one shown is among them."""

    left: int
    until: date | None
    works: bool
    next_session: Session | None


def book_left(one: Pass, *, now: datetime) -> BookLeft:
    """What is left of the book of this pass, today."""
    book = one.book
    is_over = book.state != BookState.HANDED or (book.valid_until is not None and paris(now).date() > book.valid_until)
    left = 0 if is_over else Pass.objects.filter(book=book, state=PassState.HANDED).count()
    return BookLeft(left, book.valid_until, bool(left) and one.state == PassState.HANDED, _next_session(one, now))


def _next_session(one: Pass, now: datetime) -> Session | None:
    holder = HandOver.objects.filter(book=one.book_id, undone_at=None).exclude(person=None).first()
    if holder is None:
        return None
    coming = Registration.objects.filter(
        person=holder.person_id,
        state=RegistrationState.REGISTERED,
        session__starts_at__gt=now,
        session__state=SessionState.PLANNED,
    )
    related = ("session__course", "session__place__commune", "session__commune")
    first = coming.select_related(*related).order_by("session__starts_at", "id").first()
    return first.session if first else None
