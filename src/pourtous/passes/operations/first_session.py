"""A book and its first session in one minute: both, or neither."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.agenda.enums import Booker
from pourtous.agenda.models import Registration, Session
from pourtous.agenda.operations.registrations import Attendee, register
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.passes.models import Book, HandOver
from pourtous.passes.operations.hand_over import How, hand_over
from pourtous.people.models import Person


@transaction.atomic
def hand_over_with_session(
    *, book: Book, person: Person, unit: Unit, session: Session | None, how: How, actor: Any, now: datetime
) -> HandOver:
    """Register the person, then hand the book over. DomainError of either undoes both."""
    if session is not None:
        seat = register(
            session=session,
            who=Attendee(person=person),
            through=Booker.PRESCRIBER,
            actor=actor,
            now=now,
            prescriber_unit=unit,
        )
        how = replace(how, first_registration=seat)
    return hand_over(book=book, person=person, unit=unit, how=how, actor=actor, now=now)


@transaction.atomic
def book_session(*, made: HandOver, session: Session, unit: Unit, actor: Any, now: datetime) -> Registration:
    """Book a session for who has had the book for a while. DomainError when it takes nobody, or the book is back."""
    if made.person is None or made.undone_at is not None:
        raise DomainError(_("Nobody holds this book any more."))
    seat = register(
        session=session,
        who=Attendee(person=made.person),
        through=Booker.PRESCRIBER,
        actor=actor,
        now=now,
        prescriber_unit=unit,
    )
    HandOver.objects.filter(pk=made.pk).update(first_registration=seat, unbooked="")
    record(actor=actor, verb="passes.book_first", subject=made, now=now)
    return seat
