"""When and where a session is, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from pourtous.kernel.clock import paris
from pourtous.ui import format as written


def when(starts_at: datetime, ends_at: datetime | None = None) -> str:
    """Like "mardi 1er décembre à 10 h", or with its end "mardi 1er décembre, de 10 h à 12 h"."""
    day = written.day(paris(starts_at).date())
    if ends_at is None:
        return _("%(day)s at %(hour)s") % {"day": day, "hour": written.hour(starts_at)}
    hours = {"day": day, "start": written.hour(starts_at), "end": written.hour(ends_at)}
    return _("%(day)s, from %(start)s to %(end)s") % hours


def seats_left(free: int, waiting: int = 0) -> str:
    """Like "3 seats left", or "Full: waiting list"; never a bare "0/3"."""
    if free > 1:
        return _("%(n)s seats left") % {"n": free}
    if free == 1:
        return _("1 seat left")
    return _("Full: waiting list (%(n)s before you)") % {"n": waiting} if waiting else _("Full: waiting list")
