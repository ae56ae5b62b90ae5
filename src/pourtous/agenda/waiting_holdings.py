"""People who wait for an earlier hour: access file, merges, anonymisation."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.agenda.models import WaitingEntry
from pourtous.people.holdings import Holding, Record, holding
from pourtous.people.models import Person
from pourtous.ui.format import date_in_full, phone


@holding("agenda.waiting", gettext_lazy("Earlier hours you wait for"), order=51)
class Waiting(Holding):
    """Each time one waits."""

    def records(self, person: Person) -> Iterable[Record]:
        """One a time, oldest first."""
        for row in WaitingEntry.objects.filter(person=person).select_related("kind").order_by("created_at", "id"):
            facts = (
                (_("First name"), row.first_name),
                (_("Phone"), phone(row.phone) if row.phone else ""),
                (_("E-mail"), row.email),
                (_("State"), row.get_state_display()),
            )
            told = tuple((label, str(value)) for label, value in facts if value)
            what = row.kind.name if row.kind else _("A first hour")
            yield Record(f"{what}, {date_in_full(row.created_at)}", told)

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """All of them."""
        rows = WaitingEntry.objects.filter(person=absorbed)
        keys = [str(key) for key in rows.order_by("pk").values_list("pk", flat=True)]
        rows.update(person=kept)
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Those that moved and are still there."""
        WaitingEntry.objects.filter(person=kept, pk__in=keys).update(person=absorbed)

    def anonymise(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 (the same for all)
        """They go: nothing counts them."""
        WaitingEntry.objects.filter(person=person).delete()
