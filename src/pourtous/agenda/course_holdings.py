"""What this app holds about a person: registrations for sessions."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.agenda.enums import RegistrationState
from pourtous.agenda.models import Registration
from pourtous.agenda.operations.forgetting import empty_contacts
from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.rules.wording import when
from pourtous.people.holdings import Holding, Record, holding
from pourtous.people.models import Person
from pourtous.ui.format import date_in_full


@holding("agenda.registrations", gettext_lazy("Courses and sessions"), order=35)
class Registrations(Holding):
    """Registrations move with their person, but those for a session where both files were registered."""

    def records(self, person: Person) -> Iterable[Record]:
        """Each registration, oldest session first."""
        rows = Registration.objects.filter(person=person)
        rows = rows.select_related("session__course", "session__place", "session__commune")
        return [_record(row) for row in rows.order_by("session__starts_at", "id")]

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """All but those for a session where the kept file has a seat or waits: two seats were taken, and stay so."""
        counting = Registration.objects.filter(person=kept).exclude(state=RegistrationState.CANCELLED)
        moving = Registration.objects.filter(person=absorbed).exclude(session__in=counting.values("session"))
        keys = [str(key) for key in moving.values_list("pk", flat=True)]
        Registration.objects.filter(pk__in=keys).update(person=kept)
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Those that moved, unless they are gone since."""
        Registration.objects.filter(pk__in=keys, person=kept).update(person=absorbed)

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """Contacts are emptied; the seat stays counted, under the emptied person."""
        empty_contacts(Registration.objects.filter(person=person), now=now)


def _record(row: Registration) -> Record:
    facts = [
        (_("Course"), row.session.course.title),
        (_("Place"), place_words(row.session)),
        (_("What became of it"), str(RegistrationState(row.state).label)),
        (_("Registered on"), date_in_full(row.created_at)),
    ]
    return Record(
        when(row.session.starts_at, row.session.ends_at), tuple((label, said) for label, said in facts if said)
    )
