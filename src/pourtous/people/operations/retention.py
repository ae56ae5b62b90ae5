"""Two years after the last contact: the person is told, a list waits for the archivist's visa, then the files go.

Code du patrimoine, article L212-2: public archives are eliminated with the visa of the person in charge of archives.
"""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.people.contacts import contact_of
from pourtous.people.enums import ListState, PersonState, StillThere
from pourtous.people.models import (
    BulkReading,
    EliminationList,
    EliminationRow,
    FileOpening,
    FileReading,
    Person,
)
from pourtous.people.operations.erasure import anonymise
from pourtous.people.operations.persons import contacted
from pourtous.people.operations.telling import tell
from pourtous.people.queries.leaving import OPEN_LISTS, due, leaving
from pourtous.people.rules.deadlines import NOTICE, goes_on, months_after
from pourtous.runtime import jobs
from pourtous.runtime.models import Job
from pourtous.runtime.progress import Progress
from pourtous.ui.format import date_in_full, phone

ELIMINATE = "people.eliminate"
SEVERAL = 200  # files told in one run of the daily work, so that it stays short


def tell_leaving(*, now: datetime, dry_run: bool = False) -> int:
    """Tell those whose file goes in thirty days, by the way they chose; their teams see it on their home page."""
    today = paris(now).date()
    found = leaving(today).filter(notified_on=None)
    if dry_run:
        return found.count()
    return sum(_tell(one, now) for one in list(found.select_related("reach_through")[:SEVERAL]))


def _tell(person: Person, now: datetime) -> int:
    today = paris(now).date()
    with transaction.atomic():
        if not Person.objects.filter(pk=person.pk, notified_on=None).update(notified_on=today):
            return 0
        day = date_in_full(max(goes_on(person.last_contact_on), today + NOTICE))
        said = {"day": day, "who": settings.TERRITORY["publisher"], "phone": _help()}
        tell(
            contact=contact_of(person),
            subject=_("Your file will be erased"),
            text=_(
                "Hello,\n\nWe have not met for almost two years. We will erase your file after %(day)s.\n\n"
                "You want help again? You want us to keep it? Call us%(phone)s.\n\nYou have nothing else to do.\n%(who)s"
            )
            % said,
            short_text=_("Your file will be erased after %(day)s. To keep it, call us%(phone)s. %(who)s") % said,
            now=now,
            about="people.leaving",
            key=f"people.person:{person.pk}:leaving",
        )
    return 1


def _help() -> str:
    number = str(settings.TERRITORY["help_phone"])
    return _(": %(phone)s") % {"phone": phone(number)} if number else ""


def still_in_contact(*, person: Person, reason: str, actor: User, now: datetime) -> None:
    """The person was met or heard of: the two years start again, and the file leaves any list that is not carried out."""
    if reason not in StillThere.values:
        raise DomainError(_("Choose one of the answers."), field="reason")
    today = paris(now).date()
    with transaction.atomic():
        contacted(person=person, on=today)
        waiting = EliminationRow.objects.filter(person=person, taken_off_on=None, listed_in__state__in=OPEN_LISTS)
        waiting.update(taken_off_on=today)
        record(actor=actor, verb="people.still_in_contact", subject=person, now=now, details={"reason": reason})


def draw_up(*, now: datetime, dry_run: bool = False) -> int:
    """Once a month, put the files that are due on a list for the archivist. Returns how many."""
    today = paris(now).date()
    month = EliminationList.objects.filter(drawn_up_on__year=today.year, drawn_up_on__month=today.month)
    if month.exists():
        return 0
    if dry_run:
        return due(today).count()
    with transaction.atomic():
        found = list(due(today).values_list("pk", "last_contact_on"))
        if found:
            made = EliminationList.objects.create(drawn_up_on=today, count=len(found))
            rows = [EliminationRow(listed_in=made, person_id=pk, last_contact_on=last) for pk, last in found]
            EliminationRow.objects.bulk_create(rows, batch_size=500)
            record(actor=None, verb="people.draw_up_list", subject=made, now=now, details={"count": len(found)})
    return len(found)


def record_visa(
    *, listed: EliminationList, approved: bool, by: str, on: date, note: str = "", actor: User, now: datetime
) -> Job | None:
    """Write down the archivist's visa; once it is given the work begins. A refusal says why, and the files stay."""
    who, why = clean(by)[:120], clean(note)[:300]
    _check_visa(who, why, on, paris(now).date(), approved=approved)
    state = ListState.APPROVED if approved else ListState.REFUSED
    with transaction.atomic():
        moved = EliminationList.objects.filter(pk=listed.pk, state=ListState.DRAFT, drawn_up_on__lte=on).update(
            state=state, visa_by=who, visa_on=on, visa_note=why, recorded_by=actor
        )
        if not moved:
            raise DomainError(_("The visa of this list is recorded already, or is older than the list."))
        record(actor=actor, verb="people.record_visa", subject=listed, now=now, details={"state": state.value})
        if approved:
            return jobs.start(ELIMINATE, arguments={"listed": str(listed.pk)}, actor=actor, now=now)
    return None


def _check_visa(who: str, why: str, on: date, today: date, *, approved: bool) -> None:
    if not who:
        raise DomainError(_("Name the archivist who gave or refused the visa."), field="by")
    if on > today:
        raise DomainError(_("This day is still to come."), field="on")
    if not approved and not why:
        raise DomainError(_("Say why the visa was refused."), field="note")


def eliminate(*, listed: EliminationList, now: datetime, progress: Progress) -> int:
    """Let go of the files of an approved list; whoever came back meanwhile is taken off. Returns how many went.

    Each file is a transaction of its own: begun again after a stop, it goes on where it was.
    """
    if listed.state != ListState.APPROVED:
        raise DomainError(_("Only a list that has its visa can be carried out."))
    rows = list(listed.rows.filter(taken_off_on=None).select_related("person"))
    progress.start(len(rows))
    for row in rows:
        _let_go(row, listed, now)
        progress.advance()
    gone = listed.rows.filter(taken_off_on=None).count()
    with transaction.atomic():
        if EliminationList.objects.filter(pk=listed.pk, state=ListState.APPROVED).update(
            state=ListState.DONE, done_at=now, count=gone
        ):
            record(actor=listed.recorded_by, verb="people.eliminate", subject=listed, now=now, details={"count": gone})
    return gone


def _let_go(row: EliminationRow, listed: EliminationList, now: datetime) -> None:
    today = paris(now).date()
    with transaction.atomic():
        if row.person.state == PersonState.ANONYMISED:
            return
        if leaving(today).filter(pk=row.person_id, last_contact_on=row.last_contact_on).exists():
            anonymise(person=row.person, reason="retention", actor=listed.recorded_by, now=now)
        else:
            EliminationRow.objects.filter(pk=row.pk).update(taken_off_on=today)


def forget_readings(*, now: datetime, dry_run: bool = False) -> int:
    """Delete what says who read or opened files, a year later. Returns how many rows."""
    day = months_after(paris(now).date(), -12)
    old = (
        FileReading.objects.filter(at__date__lt=day),
        FileOpening.objects.filter(until__date__lt=day),
        BulkReading.objects.filter(on__lt=day),
    )
    if dry_run:
        return sum(one.count() for one in old)
    return sum(one.order_by().delete()[0] for one in old)
