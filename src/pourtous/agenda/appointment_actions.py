"""What one can do from the page of an appointment: each app above adds its links in its `appointment_page.py`.

@appointment_action(order=10)
def record(appointment: Appointment, user: User, now: datetime) -> Action | None:
return Action(_("Record an activity"), reverse("…"), "edit")
"""

from collections.abc import Callable
from datetime import datetime

from pourtous.accounts.models import User
from pourtous.agenda.models import Appointment
from pourtous.people.actions import Action

Source = Callable[[Appointment, User, datetime], Action | None]
_sources: dict[str, tuple[int, Source]] = {}


def appointment_action(*, order: int = 100) -> Callable[[Source], Source]:
    """Declare something one can do; None when this user may not, or it makes no sense for this appointment."""

    def declare(give: Source) -> Source:
        _sources[f"{give.__module__}.{give.__qualname__}"] = (order, give)
        return give

    return declare


def actions(appointment: Appointment, user: User, *, now: datetime) -> list[Action]:
    """What this user can do about this appointment, in order."""
    ordered = sorted(_sources.items(), key=lambda named: (named[1][0], named[0]))
    return [found for _name, (_order, give) in ordered if (found := give(appointment, user, now)) is not None]
