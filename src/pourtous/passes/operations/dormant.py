"""Books nobody uses: their person is told when the passes go, then the team lets them go, and the fund has them back."""

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.audit.operations import record
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import CampaignState, ToldKind
from pourtous.passes.models import Book, Campaign, HandOver, Told
from pourtous.passes.operations.release import release_books
from pourtous.passes.operations.reminding import tell_holder
from pourtous.passes.queries.dormant import KEY, UNREACHED, must_tell, to_cancel, to_warn
from pourtous.passes.rules.daytime import is_daytime


def warn(*, now: datetime) -> int:
    """Tell who has not used their book that it will be cancelled, and when. How many; none at night."""
    if not is_daytime(now):
        return 0
    campaigns = Campaign.objects.filter(state__in=(CampaignState.OPEN, CampaignState.CLOSED))
    return sum(_warn(made, now) for one in campaigns for made in list(to_warn(one, now=now)))


def _warn(made: HandOver, now: datetime) -> bool:
    """The number of the notice is a key: two workers never write twice. Nobody reached: the day does not run yet."""
    today = paris(now).date()
    until = today + timedelta(days=made.campaign.notice_days)
    step = Told.objects.filter(hand_over=made, kind=ToldKind.DORMANT).count() + 1
    try:
        with transaction.atomic():
            told = tell_holder(made, ToldKind.DORMANT, step, now=now, until=until)
            warned_on = None if told.way in UNREACHED else today
            HandOver.objects.filter(pk=made.pk).update(warned_on=warned_on)
    except IntegrityError:
        return False
    return True


@transaction.atomic
def note_warned(*, made: HandOver, actor: Any, now: datetime) -> None:
    """The prescriber told the person, whom nobody could write to: the notice runs from today."""
    waits = HandOver.objects.filter(pk=made.pk, warned_on=None, released_on=None, undone_at=None)
    if not must_tell(made) or not waits.update(warned_on=paris(now).date()):
        raise DomainError(_("Nobody has to be told about this book."))
    record(actor=actor, verb="passes.note_warned", subject=made, now=now)


@transaction.atomic
def cancel_dormant(*, campaign: Campaign, actor: Any, now: datetime) -> int:
    """Cancel what is left of the books whose notice is over. Again: nothing. The cents that are back in the fund.

    Books are locked before they are looked at again: one used, or booked for, meanwhile is left alone.
    """
    keys = list(to_cancel(campaign, now=now).order_by().values_list("book", flat=True))
    list(Book.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    still = list(to_cancel(campaign, now=now).filter(book__in=keys).values_list("pk", "book"))
    books = Book.objects.filter(pk__in=[book for _made, book in still])
    key = f"{KEY}:{campaign.pk}:{now.isoformat()}"
    cents = release_books(campaign=campaign, books=books, key=key, actor=actor, now=now)
    if cents:
        today = paris(now).date()
        HandOver.objects.filter(pk__in=[made for made, _book in still]).update(released_on=today)
        books.update(blocked_on=today)
        record(actor=actor, verb="passes.release", subject=campaign, now=now, details={"cents": cents})
    return cents
