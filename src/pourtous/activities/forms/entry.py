"""One form for an activity, on one screen: typed online, or offline and sent later under the same names."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pourtous.activities.enums import (
    ActivityKind,
    Autonomy,
    Dimension,
    Equipment,
    Orientation,
    PlaceKind,
    Procedure,
    Topic,
    label_of,
)
from pourtous.activities.forms.chips import CheckChips, Chips, CountInput
from pourtous.activities.forms.desk import Desk
from pourtous.activities.forms.finding import find_commune, find_people, find_place
from pourtous.activities.models import Activity
from pourtous.activities.rules.facts import DONE, HELPED_BEFORE, ActivityFacts, Count
from pourtous.activities.rules.valid_activity import LENGTHS, VALUES
from pourtous.agenda.enums import Level
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import AgeBand, Gender, Status
from pourtous.people.fields import PersonField
from pourtous.places.models import Place
from pourtous.ui import format as written
from pourtous.ui.forms import Form

ONE_OFF = "ponctuel"
NO_NAME = "anonyme"
OTHER_LENGTH = "autre"
AT_PLACE = "lieu:"
KINDS = (
    (ActivityKind.INDIVIDUAL.value, _("One person")),
    (ActivityKind.WORKSHOP.value, _("A workshop")),
    (ONE_OFF, _("A help in passing")),
)
_DIMENSIONS = {Dimension.GENDER: Gender, Dimension.AGE: AgeBand, Dimension.STATUS: Status}
TOPICS_SHOWN = 8
_MOST = 500
_DIGITS = 5


def count_name(dimension: Dimension, value: str) -> str:
    """The name of the field that counts anonymous participants of a value."""
    return f"n_{dimension.value}_{value}"


def _of_one(dimension: Dimension) -> list[tuple[str, Any]]:
    labels = _DIMENSIONS[dimension]
    return [("", _("Not told")), *((value, labels(value).label) for value in VALUES[dimension])]


def _number(label: Any = "", most: int = _MOST) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most, widget=CountInput)


class _Open(forms.ChoiceField):
    """Takes any value: what is offered may be older than what is read (offline); it is looked up afterwards."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002
        """Whether it exists is found out later."""
        return True


class _OpenChoices(forms.MultipleChoiceField):
    """The same for several values."""

    def valid_value(self, value: Any) -> bool:  # noqa: ARG002
        """Whether it exists is found out later."""
        return True


class ActivityForm(Form):
    """What was done. `facts` says it; `show` puts a DomainError beside the field it is about."""

    id = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    appointment = forms.CharField(widget=forms.HiddenInput, required=False)
    session = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label=_("Who?"), choices=KINDS, widget=Chips)
    who = _Open(label=_("The person"), required=False, widget=Chips)
    other = PersonField(label=_("Another person"), required=False)
    age = forms.ChoiceField(label=_("Age"), required=False, choices=_of_one(Dimension.AGE), widget=Chips)
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=_of_one(Dimension.GENDER), widget=Chips)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=_of_one(Dimension.STATUS), widget=Chips)
    known = forms.BooleanField(label=_("Helped before"), required=False)
    title = forms.CharField(label=_("Name of the workshop"), required=False, max_length=LENGTHS["title"])
    persons = _OpenChoices(label=_("Who came, with a file"), required=False, widget=CheckChips)
    persons_words = forms.CharField(
        label=_("Other people: one name or code a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    anonymous_count = _number(_("Others, without file"))
    level = forms.ChoiceField(
        label=_("Level"), required=False, choices=[("", _("Not told")), *Level.choices], widget=Chips
    )
    topics = _OpenChoices(label=_("What for?"), required=False, widget=CheckChips)
    procedures = _OpenChoices(label=_("Which procedures?"), required=False, widget=CheckChips)
    procedure_name = forms.CharField(
        label=_("Name of the procedure"), required=False, max_length=LENGTHS["procedure_name"]
    )
    minutes = _Open(label=_("How long?"), required=False, widget=Chips)
    hours = forms.IntegerField(label=_("Hours"), required=False, min_value=0, max_value=23)
    more_minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=59)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    where = _Open(label=_("Where?"), required=False, widget=Chips)
    place_words = forms.CharField(label=_("Another place: its name, its commune"), required=False, max_length=120)
    commune = forms.CharField(
        label=_("Commune"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"list": "communes", "autocomplete": "off"}),
    )
    equipment = _OpenChoices(label=_("Equipment"), required=False, widget=CheckChips)
    autonomy = _Open(label=_("How the person did it"), required=False, widget=Chips)
    orientation = _Open(label=_("Sent on to"), required=False)
    oriented_to = forms.CharField(label=_("Name of the structure"), required=False, max_length=LENGTHS["oriented_to"])
    tags = _OpenChoices(label=_("Tags"), required=False, widget=CheckChips)
    notes = forms.CharField(
        label=_("Notes"),
        required=False,
        max_length=LENGTHS["notes"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For you alone. Never health, never a password, never an opinion."),
    )
    unit = _Open(label=_("For which team"), required=False)

    def __init__(self, *args: Any, desk: Desk, before: ActivityFacts | None = None, **kwargs: Any) -> None:
        """`desk`: what the mediator chooses from; `before`: what an edited activity says."""
        super().__init__(*args, **kwargs)
        self.desk = desk
        self.before = before
        self.place: Place | None = None
        self._ask_counts()
        self._offer()

    def _ask_counts(self) -> None:
        for dimension, values in VALUES.items():
            for value in values:
                label = _("Helped before") if dimension == Dimension.KNOWN else _DIMENSIONS[dimension](value).label
                self.fields[count_name(dimension, value)] = _number(label)

    def _offer(self) -> None:
        desk, before = self.desk, self.before
        other: Any = self.fields["other"]
        other.look_in(desk.user, now=desk.now)
        self._choices("who", [*desk.names(), (NO_NAME, _("Without name"))])
        self._choices("persons", desk.names())
        self._choices("topics", [(t, label_of(Topic, t)) for t in desk.topics(before)])
        self._choices("procedures", _known(Procedure, before.procedures if before else ()))
        self._choices("equipment", _known(Equipment, before.equipment if before else ()))
        not_told = [("", _("Not told"))]
        self._choices("autonomy", [*not_told, *_known(Autonomy, (before.autonomy,) if before else ())])
        self._choices("orientation", [("", _("Nobody")), *_known(Orientation, (before.orientation,) if before else ())])
        self._choices("minutes", [*desk.lengths(before), (OTHER_LENGTH, _("Other"))])
        self._choices("where", self._wheres())
        self._choices("tags", desk.tags)
        self._choices("unit", [(str(unit.pk), unit.name) for unit in desk.units])

    def _choices(self, name: str, choices: Iterable[tuple[str, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(choices)

    def _wheres(self) -> list[tuple[str, Any]]:
        places = [(f"{AT_PLACE}{code}", place.name) for code, place in self.desk.places.items()]
        elsewhere = (PlaceKind.HOME, PlaceKind.REMOTE, PlaceKind.OTHER)
        return [*places, *((kind.value, kind.label) for kind in elsewhere)]

    # --- How it is laid out.

    mixes_required = False  # what may be left out is folded away, or has a usual answer

    @property
    def first_topics(self) -> list[Any]:
        """The topics shown at once."""
        return list(self["topics"])[:TOPICS_SHOWN]

    @property
    def other_topics(self) -> list[Any]:
        """Those behind "Other topics"."""
        return list(self["topics"])[TOPICS_SHOWN:]

    @property
    def has_other_topics(self) -> bool:
        """Whether one of those is chosen."""
        return any(option.data["selected"] for option in self.other_topics)

    @property
    def where_words(self) -> str:
        """The place and the day, as they stand when the form opens."""
        chosen = str(self["where"].value() or "")
        labels = {str(value): str(label) for value, label in self._wheres()}
        day = self["day"].value()
        when = gettext("today") if day == self.desk.today else written.day(day) if isinstance(day, date) else ""
        return ", ".join(filter(None, [labels.get(chosen, ""), when])) or gettext("Where and when")

    @property
    def is_where_open(self) -> bool:
        """Whether the place is still to be chosen, or something about it is wrong."""
        names = ("where", "place_words", "commune", "day")
        return not self["where"].value() or any(self[name].errors for name in names)

    @property
    def count_groups(self) -> list[tuple[Any, list[Any]]]:
        """The counts of anonymous participants by dimension."""
        return [(d.label, [self[count_name(d, value)] for value in values]) for d, values in VALUES.items()]

    @property
    def has_counts(self) -> bool:
        """Whether one of them is told."""
        return any(field.value() for _label, fields in self.count_groups for field in fields)

    # --- What was said.

    def clean(self) -> Any:
        """Names, places and lengths found behind the words; each trouble beside its field."""
        super().clean()
        for step in (self._read_length, self._read_where, self._read_people):
            try:
                step()
            except DomainError as error:
                self.show(error)
        return self.cleaned_data

    def _said(self, name: str) -> Any:
        return self.cleaned_data.get(name)

    def _read_length(self) -> None:
        chosen = self._said("minutes")
        if chosen and chosen != OTHER_LENGTH:
            self.cleaned_data["length"] = int(chosen) if chosen.isdecimal() and len(chosen) < _DIGITS else 0
            return
        self.cleaned_data["length"] = (self._said("hours") or 0) * 60 + (self._said("more_minutes") or 0)
        if not chosen and not self.cleaned_data["length"]:
            raise DomainError(gettext("Say how long it lasted."), field="minutes")

    def _read_where(self) -> None:
        chosen = self._said("where") or ""
        self.cleaned_data["place_kind"] = PlaceKind.PLACE if chosen.startswith(AT_PLACE) else chosen
        if words := self._said("place_words"):
            self.place = find_place(words)
            self.cleaned_data["place_kind"] = PlaceKind.PLACE
        elif chosen.startswith(AT_PLACE):
            self.place = self.desk.place(chosen.removeprefix(AT_PLACE))
        elif not chosen:
            raise DomainError(gettext("Say where it took place."), field="where")
        typed = "" if self.place else self._said("commune")
        self.cleaned_data["insee_code"] = find_commune(typed) if typed else ""

    def _read_people(self) -> None:
        if self._said("kind") == ActivityKind.WORKSHOP:
            ticked = find_people(self.desk, self._said("persons") or [], field="persons_words")
            written = find_people(self.desk, (self._said("persons_words") or "").split("\n"), field="persons_words")
            self.cleaned_data["found"] = [*ticked, *written]
        elif other := self._said("other"):
            self.cleaned_data["found"] = [other]
        elif (who := self._said("who") or NO_NAME) == NO_NAME:
            self.cleaned_data["found"] = []
        else:
            self.cleaned_data["found"] = find_people(self.desk, [who], field="who")

    def show(self, error: DomainError) -> None:
        """The sentence beside its field, or above all."""
        name = {"place": "where", "person": "who", "counts": "anonymous_count"}.get(error.field or "", error.field)
        self.add_error(name if name in self.fields else None, ValidationError(error.message))

    def facts(self) -> ActivityFacts:
        """What was said, as facts; only for a valid form."""
        said = self.cleaned_data
        is_workshop = said["kind"] == ActivityKind.WORKSHOP
        found = list(dict.fromkeys(person.pk for person in said["found"]))
        anonymous = (said["anonymous_count"] or 0) if is_workshop else int(not found)
        before = self.before
        return ActivityFacts(
            kind=ActivityKind.WORKSHOP if is_workshop else ActivityKind.INDIVIDUAL,
            is_one_off=said["kind"] == ONE_OFF,
            unit=self.desk.unit(said["unit"], before),
            day=said["day"],
            minutes=said["length"],
            place_kind=said["place_kind"],
            place=self.place.pk if self.place else None,
            insee_code=said["insee_code"],
            topics=tuple(said["topics"]),
            procedures=tuple(said["procedures"]) if Topic.PROCEDURES in said["topics"] else (),
            procedure_name=said["procedure_name"] if Topic.PROCEDURES in said["topics"] else "",
            equipment=tuple(said["equipment"]),
            autonomy="" if is_workshop else said["autonomy"],
            level=said["level"] if is_workshop else "",
            title=said["title"] if is_workshop else "",
            notes=said["notes"],
            orientation=said["orientation"],
            oriented_to=said["oriented_to"] if said["orientation"] else "",
            persons=tuple(found),
            anonymous_count=anonymous,
            counts=tuple(_counts(said, is_workshop=is_workshop)) if anonymous else (),
            tags=self.desk.tag_ids(said["tags"]),
            appointment=self.desk.appointment(said["appointment"], before),
            session=self.desk.session(said["session"], before),
        )


def _known(choices: Any, said: Iterable[str]) -> list[tuple[str, Any]]:
    """A list's choices, and what an edited activity says besides."""
    strange = [term for term in said if term and term not in choices.values]
    return [*choices.choices, *((term, term) for term in strange)]


def _counts(said: Mapping[str, Any], *, is_workshop: bool) -> Iterable[Count]:
    if is_workshop:
        named = ((d, v, said.get(count_name(d, v)) or 0) for d, values in VALUES.items() for v in values)
        yield from (Count(d.value, v, count) for d, v, count in named if count)
        return
    ones = {Dimension.AGE: "age", Dimension.GENDER: "gender", Dimension.STATUS: "status"}
    yield from (Count(d.value, said[name], 1) for d, name in ones.items() if said[name])
    if said["known"]:
        yield Count(Dimension.KNOWN.value, HELPED_BEFORE, 1)


def initial_of(facts: ActivityFacts, desk: Desk, *, day: date) -> dict[str, Any]:
    """What the form shows of facts, on another day when asked."""
    people = [code for code, person in desk.people.items() if person.pk in facts.persons]
    places = {place.pk: code for code, place in desk.places.items()}
    offered = {value for value, _label in desk.lengths(facts)}
    shown: dict[str, Any] = {
        "kind": ONE_OFF if facts.is_one_off else facts.kind,
        "who": people[0] if people else NO_NAME,
        "persons": people,
        "minutes": str(facts.minutes) if str(facts.minutes) in offered else OTHER_LENGTH,
        "hours": facts.minutes // 60,
        "more_minutes": facts.minutes % 60,
        "day": day,
        "where": f"{AT_PLACE}{places[facts.place]}" if facts.place in places else facts.place_kind,
        "commune": desk.commune_name(facts.insee_code),
        "unit": str(facts.unit),
        "tags": [str(tag) for tag in facts.tags],
    }
    shown["appointment"], shown["session"] = desk.booking_codes(facts)
    shown |= {name: getattr(facts, name) for name in (*DONE, "oriented_to", "anonymous_count")}
    return shown | _initial_counts(facts)


def _initial_counts(facts: ActivityFacts) -> dict[str, Any]:
    shown: dict[str, Any] = {f"n_{c.dimension}_{c.value}": c.count for c in facts.counts}
    if not facts.is_workshop:
        shown |= {c.dimension: c.value for c in facts.counts if c.dimension != Dimension.KNOWN}
        shown["known"] = any(c.dimension == Dimension.KNOWN for c in facts.counts)
    return shown


def seen_of(activity: Activity) -> str:
    """What tells whether an activity changed since it was shown."""
    return activity.modified_at.isoformat()
