"""What this app itself holds about a person (`holdings.py` of this app is the registry)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pourtous.kernel.clock import paris
from pourtous.messaging.enums import Channel, MessageState
from pourtous.messaging.models import Enclosure, Message
from pourtous.people.enums import CriterionKind, Gender, HomeKind, PersonState, Reach, Status
from pourtous.people.holdings import Fact, Holding, Record, holding
from pourtous.people.models import (
    Criterion,
    EliminationRow,
    FileOpening,
    FileReading,
    FollowUp,
    Mandate,
    Merge,
    Person,
    Relation,
    RightsRequest,
)
from pourtous.ui.format import date_in_full, phone

_NOTE_LENGTH = 500
ANSWER = "people.request_answer"  # what an answer to a request is about, in the outbox

# What an anonymised person is: what every column that is personal becomes.
EMPTY: dict[str, Any] = {
    "first_name": "",
    "last_name": "",
    "birth_year": None,
    "gender": Gender.UNKNOWN,
    "status": Status.UNKNOWN,
    "commune": None,
    "home_kind": HomeKind.RESIDENCE,
    "reach": Reach.NONE,
    "phone": "",
    "email": "",
    "postal_address": "",
    "reach_through": None,
    "language": "fr",
    "agrees_to_be_found": False,
    "name_hash": "",
    "phone_hash": "",
    "search_text": "",
}


def facts(*pairs: tuple[Any, Any]) -> tuple[Fact, ...]:
    """Labels with what is held under them; what is empty stays out."""
    return tuple((label, str(value)) for label, value in pairs if value not in {None, ""})


class Rows(Holding):
    """Rows of one model that point at the person, and move or go as they are."""

    model: ClassVar[type[Model]]

    def rows(self, person: Person) -> QuerySet[Any]:
        """All of the person's."""
        return self.model._default_manager.filter(person=person).order_by("pk")  # noqa: SLF001

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """All of them."""
        keys = [str(key) for key in self.rows(absorbed).values_list("pk", flat=True)]
        self.rows(absorbed).order_by().update(person=kept)
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Those that moved and are still there."""
        self.rows(kept).order_by().filter(pk__in=keys).update(person=absorbed)

    def anonymise(self, person: Person, *, now: datetime) -> None:  # noqa: ARG002 (all holdings are asked alike)
        """The rows go."""
        self.rows(person).order_by().delete()


@holding("people.file", gettext_lazy("Who you are and how to reach you"), order=0)  # emptied last: erasure.py
class File(Holding):
    """The person's own row. Merging its columns is the merge's own business (`operations/merges.py`)."""

    def records(self, person: Person) -> Iterable[Record]:
        """One record."""
        yield Record(
            _("File %(code)s") % {"code": person.code},
            facts(
                (_("First name"), person.first_name),
                (_("Last name"), person.last_name),
                (_("Birth year"), person.birth_year),
                (_("Gender"), person.get_gender_display()),
                (_("Situation"), person.get_status_display()),
                (_("Commune"), person.commune.name if person.commune else ""),
                (_("What this commune is"), person.get_home_kind_display()),
                (_("How to reach you"), person.get_reach_display()),
                (_("Organisation that passes messages on"), person.reach_through),
                (_("Telephone"), phone(person.phone) if person.phone else ""),
                (_("E-mail"), person.email),
                (_("Postal address"), person.postal_address),
                (_("Language"), person.language),
                (_("Another unit may be told who to ask"), _("Yes") if person.agrees_to_be_found else _("No")),
                (_("File opened on"), date_in_full(person.created_at)),
                (_("By"), person.created_by_unit),
                (_("Last contact"), date_in_full(person.last_contact_on)),
            ),
        )

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:  # noqa: ARG002
        """Nothing here."""
        return []

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Nothing here."""

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """The row is emptied; its id and code stay, so that what points at it still counts."""
        Person.objects.filter(pk=person.pk).update(
            **EMPTY, state=PersonState.ANONYMISED, merged_into=None, notified_on=None, anonymised_at=now
        )


@holding("people.criteria", gettext_lazy("What was checked, without any document"), order=10)
class Criteria(Rows):
    """Each check."""

    model = Criterion

    def records(self, person: Person) -> Iterable[Record]:
        """One a check."""
        for row in self.rows(person).select_related("unit__organisation"):
            yield Record(
                str(CriterionKind(row.kind).label),
                facts(
                    (_("Checked on"), date_in_full(row.checked_on)),
                    (_("By"), _unit(row.unit)),
                    (_("Valid until"), date_in_full(row.valid_until) if row.valid_until else ""),
                    (_("Withdrawn on"), date_in_full(row.withdrawn_on) if row.withdrawn_on else ""),
                ),
            )


@holding("people.follow_ups", gettext_lazy("Which teams follow you, and why"), order=20)
class FollowUps(Rows):
    """Each follow-up. Two of one unit for one purpose cannot both be in one file: then only the note moves."""

    model = FollowUp

    def records(self, person: Person) -> Iterable[Record]:
        """One a follow-up."""
        for row in self.rows(person).select_related("unit__organisation"):
            yield Record(
                _unit(row.unit),
                facts(
                    (_("Why"), row.get_purpose_display()),
                    (_("You were told about your data"), row.get_notice_kind_display()),
                    (_("On"), date_in_full(row.notice_on)),
                    (_("From"), date_in_full(row.started_on)),
                    (_("Until"), date_in_full(row.ended_on) if row.ended_on else ""),
                    (_("Note of the team"), row.note),
                ),
            )

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:
        """Keys: the id of a row that moved, or what a note was and became, as JSON."""
        open_in_kept = {(row.unit_id, row.purpose): row for row in self.rows(kept).filter(ended_on=None)}
        keys = []
        for row in self.rows(absorbed):
            double = None if row.ended_on else open_in_kept.get((row.unit_id, row.purpose))
            if double is None:
                row.person = kept
                row.save(update_fields=("person",))
                keys.append(str(row.pk))
            elif row.note and row.note not in double.note:
                keys.append(_join_notes(double, row.note))
        return keys

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Rows that moved; notes that are still as the merge left them."""
        notes = [json.loads(key) for key in keys if key.startswith("{")]
        super().move_back(keys=[key for key in keys if not key.startswith("{")], absorbed=absorbed, kept=kept)
        for note in notes:
            FollowUp.objects.filter(pk=note["row"], note=note["became"]).update(note=note["was"])

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """The fact that a unit followed somebody stays for counting; the note goes, what was open ends."""
        today = paris(now).date()
        self.rows(person).exclude(note="").update(note="")
        self.rows(person).filter(ended_on=None).update(ended_on=today)


def _join_notes(row: FollowUp, more: str) -> str:
    was = row.note
    row.note = "\n".join(part for part in (was, more) if part)[:_NOTE_LENGTH]
    row.save(update_fields=("note",))
    return json.dumps({"row": str(row.pk), "was": was, "became": row.note})


@holding("people.relations", gettext_lazy("Who stands beside you"), order=30)
class Relations(Rows):
    """Each relation."""

    model = Relation

    def records(self, person: Person) -> Iterable[Record]:
        """One a relation."""
        for row in self.rows(person):
            yield Record(
                row.get_kind_display(),
                facts(
                    (_("Name"), row.name),
                    (_("Telephone"), phone(row.phone) if row.phone else ""),
                    (_("E-mail"), row.email),
                    (_("May be contacted in your place"), _("Yes") if row.may_be_contacted else _("No")),
                ),
            )


@holding("people.mandates", gettext_lazy("What you allowed somebody to do for you"), order=40)
class Mandates(Rows):
    """Each mandate."""

    model = Mandate

    def records(self, person: Person) -> Iterable[Record]:
        """One a mandate."""
        for row in self.rows(person).select_related("unit__organisation"):
            yield Record(
                row.get_act_display(),
                facts(
                    (_("Helper"), row.helper_name),
                    (_("Team"), _unit(row.unit)),
                    (_("For"), ", ".join(row.procedures)),
                    (_("From"), date_in_full(row.starts_on)),
                    (_("Until"), date_in_full(row.ends_on)),
                    (_("Signed on"), date_in_full(row.signed_on) if row.signed_on else ""),
                    (_("Withdrawn on"), date_in_full(row.withdrawn_on) if row.withdrawn_on else ""),
                ),
            )


@holding("people.requests", gettext_lazy("What you asked about your data"), order=200)
class Requests(Rows):
    """Each request. Kept three years after the answer: it is the proof that it was answered."""

    model = RightsRequest

    def records(self, person: Person) -> Iterable[Record]:
        """One a request."""
        for row in self.rows(person):
            yield Record(
                _("Request %(number)s") % {"number": row.number},
                facts(
                    (_("What you asked"), row.get_kind_display()),
                    (_("In your words"), row.words),
                    (_("Received on"), date_in_full(row.received_on)),
                    (_("To be answered by"), date_in_full(row.due_on)),
                    (_("Why more time is needed"), row.extension_reason),
                    (_("State"), row.get_state_display()),
                    (_("Answer"), row.answer),
                ),
            )

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """They stay, as declared, until their own time is over."""


@holding("people.openings", gettext_lazy("Who else opened your file, and why"), order=210)
class Openings(Rows):
    """Openings by people whose unit does not follow the person: the unit and the reason, never a private name."""

    model = FileOpening

    def records(self, person: Person) -> Iterable[Record]:
        """One an opening."""
        for row in self.rows(person).select_related("unit__organisation"):
            yield Record(
                date_in_full(row.opened_at), facts((_("Team"), _unit(row.unit)), (_("Reason given"), row.reason))
            )


_WAITING = (MessageState.QUEUED, MessageState.FAILED)


class _Silent(Rows):
    """Rows that follow the person and are told elsewhere in the access file, or say nothing about them."""

    def records(self, person: Person) -> Iterable[Record]:  # noqa: ARG002
        """Nothing here."""
        return ()


@holding("people.merges", gettext_lazy("Files made one"), order=230)
class Merges(_Silent):
    """What a merge remembers holds names: it goes with the file."""

    model = Merge

    def rows(self, person: Person) -> QuerySet[Any]:
        """Merges into this file, and of it."""
        return Merge.objects.filter(kept=person) | Merge.objects.filter(absorbed=person)

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:  # noqa: ARG002
        """Each stays where it was made."""
        return []

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Nothing moved."""


@holding("people.eliminations", gettext_lazy("Lists of files to let go of"), order=240)
class Eliminations(_Silent):
    """Lines of lists: they hold a date and no name; an approved list is a proof."""

    model = EliminationRow

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:  # noqa: ARG002
        """Each stays with the file it named."""
        return []

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Nothing moved."""

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """They stay."""


def _unit(unit: Any) -> str:
    return f"{unit.name} ({unit.organisation.name})"


@holding("people.readings", gettext_lazy("Who read your file"), order=220)
class Readings(Rows):
    """Readings by day and team.

    Names of agents stay out: they act under their employer's authority and are no recipients (CJEU, 22 June 2023,
    C-579/21); a person who must know them to use their rights asks by a request. The organisation is always named
    (CJEU, 12 January 2023, C-154/21).
    """

    model = FileReading

    def records(self, person: Person) -> Iterable[Record]:
        """One a day and a team, oldest first."""
        counted: dict[tuple[Any, str], int] = {}
        for row in self.rows(person).select_related("unit__organisation").order_by("at", "pk"):
            team = _unit(row.unit) if row.unit else _("A team that no longer exists")
            key = (paris(row.at).date(), team)
            counted[key] = counted.get(key, 0) + 1
        for (day, team), count in counted.items():
            times = ngettext("Once", "%(n)s times", count) % {"n": count}
            yield Record(date_in_full(day), facts((_("Team"), team), (_("How often"), times)))


@holding("people.messages", gettext_lazy("What was sent to you lately"), order=190)
class Messages(_Silent):
    """Messages of the last thirty days to the person's own numbers and addresses."""

    def rows(self, person: Person) -> QuerySet[Any]:
        """Those whose words are still there; what goes to somebody else's number as well is left out."""
        own = {person.phone, person.email} - {""}
        others = Person.objects.filter(state=PersonState.ACTIVE).exclude(pk=person.pk)
        shared = others.filter(phone__in=own).values_list("phone", flat=True), others.filter(email__in=own)
        own -= {*shared[0], *shared[1].values_list("email", flat=True)}
        found = Q(to__in=own)
        if person.postal_address and person.name:
            found |= Q(channel=Channel.LETTER, to__startswith=f"{person.name}\n")
        return Message.objects.filter(found, emptied_at=None).order_by("queued_at", "pk")

    def records(self, person: Person) -> Iterable[Record]:
        """One a message, with its words."""
        for row in self.rows(person):
            yield Record(
                date_in_full(row.queued_at),
                facts((_("How"), row.get_channel_display()), (_("About"), row.subject), (_("Text"), row.text)),
            )

    def move(self, *, absorbed: Person, kept: Person) -> list[str]:  # noqa: ARG002
        """A message belongs to a number, not to a file."""
        return []

    def move_back(self, *, keys: list[str], absorbed: Person, kept: Person) -> None:
        """Nothing moved."""

    def anonymise(self, person: Person, *, now: datetime) -> None:
        """What waits is cancelled, what left is emptied; the answer that says so still goes."""
        found = self.rows(person).exclude(about=ANSWER).order_by()
        found.filter(state__in=_WAITING).update(state=MessageState.CANCELLED, closed_at=now)
        keys = list(found.values_list("pk", flat=True))
        Enclosure.objects.filter(message__in=keys).delete()
        Message.objects.filter(pk__in=keys).update(to="", subject="", text="", emptied_at=now)
