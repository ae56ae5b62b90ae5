"""How many text messages may be asked for in a day: against abuse, and for the cost."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.utils.translation import gettext as _

from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.messaging.models import SmsAllowance

KEPT_FOR = timedelta(days=2)


def spend(number: str, segments: int, *, now: datetime) -> None:
    """Take parts from the day's allowance, of this number and of all. DomainError when one is used up."""
    day = paris(now).date()
    if not _taken(day, number, segments, settings.SMS["per_number"]):
        raise DomainError(
            _("This number already gets many messages today. Try again tomorrow, or call."), field="phone"
        )
    if not _taken(day, "", segments, settings.SMS["per_day"]):
        raise DomainError(
            _("No more text message can leave today: the day’s limit is reached. Call, or write an e-mail.")
        )


def _taken(day: date, number: str, segments: int, most: int) -> bool:
    """One guarded UPDATE: two at once never go over."""
    SmsAllowance.objects.get_or_create(day=day, number=number)
    free = SmsAllowance.objects.filter(day=day, number=number, used__lte=most - segments)
    return free.update(used=F("used") + segments) == 1


def forget(*, now: datetime, dry_run: bool = False) -> int:
    """Drop counts of earlier days, numbers with them. Returns how many."""
    old = SmsAllowance.objects.filter(day__lt=paris(now).date() - KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]
