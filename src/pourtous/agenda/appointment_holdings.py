"""Appointments of a person: access file, merges, anonymisation."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.agenda.models import Appointment
from pourtous.agenda.operations.letting_go import EMPTY
from pourtous.kernel.clock import paris
from pourtous.people.holdings import Holding, Record, holding
from pourtous.people.models import Person
from pourtous.ui.format import date_in_full, hour, phone


@holding("agenda.appointments", gettext_lazy("Your appointments"), order=50)
class Appointments(Holding):
    """Each appointment, whatever became of it."""

    def records(self, person: Person) -> Iterable[Record]:
        """One an appointment, oldest first."""
        rows = Appointment.objects.filter(person=person).select_related("kind", "unit__organisation", "place")
        for row in rows.order_by("starts_at", "id"):
            at = paris(row.starts_at)
            facts = (
                (_("With which team"), f"{row.unit.name} ({row.unit.organisation.name})"),
                (_("How"), row.get_mode_display()),
                (_("Place"), row.place.name if row.place else ""),
                (_("Address"), row.home_address),
                (_("What for"), row.need),
                (_("First name"), row.first_name),
                (_("Phone"), phone(row.phone) if row.phone else ""),
                (_("E-mail"), row.email),
                (_("State"), row.get_state_display()),
                (_("Booked on"), date_in_full(row.booked_at)),
            )
            told = tuple((label, str(value)) for label, value in facts if value)
            yield Record(f"{row.kind.name}, {date_in_full(at)}, {hour(at)}", told)

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """All of them."""
        rows = Appointment.objects.filter(person=absorbed)
        keys = [str(key) for key in rows.order_by("pk").values_list("pk", flat=True)]
        rows.update(person=kept)
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Those that moved and are still there."""
        Appointment.objects.filter(person=kept, pk__in=keys).update(person=absorbed)

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """Words and contacts go; the rows stay under the emptied person, for counting."""
        Appointment.objects.filter(person=person).update(**EMPTY, emptied_at=now)
