"""Registering a person and correcting what is known of them."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.models import Unit
from pourtous.kernel.clock import paris
from pourtous.kernel.ids import uuid7
from pourtous.people.enums import Gender, HomeKind, NoticeKind, Purpose, Reach, RelationKind, Status
from pourtous.people.fields.communes import CommuneField
from pourtous.people.fields.units import UnitField
from pourtous.people.models import Person
from pourtous.people.operations.enrolment import Beside
from pourtous.people.operations.facts import COLUMNS, PersonFacts
from pourtous.people.queries.files import units_that_pass_on
from pourtous.people.rules import ages
from pourtous.people.rules.languages import LANGUAGES
from pourtous.people.rules.phones import is_mobile, read_phone
from pourtous.ui.forms import DateField, Form, Option, OptionCards

_PURPOSES: dict[str, Option] = {
    Purpose.MEDIATION: Option(icon="hand"),
    Purpose.TRAINING: Option(icon="ticket"),
    Purpose.DEVICE: Option(icon="laptop"),
    Purpose.CONNECTION: Option(icon="home-wifi"),
    Purpose.SUPPORT: Option(icon="people"),
}


class YearField(forms.IntegerField):
    """A birth year, spaces forgiven."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "input--short", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error_messages["invalid"] = _("Write the year with four digits. Example: 1961.")


class PersonForm(Form):
    """What may be known of a person; only a name is needed."""

    last_name = forms.CharField(label=_("Last name"), max_length=80, required=False)
    first_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    birth_year = YearField(label=_("Birth year"), required=False)
    is_fifteen = forms.BooleanField(label=_("This person is 15 already"), required=False)
    commune = CommuneField(label=_("Commune or postcode"), required=False)
    home_kind = forms.ChoiceField(label=_("This commune"), choices=HomeKind.choices, initial=HomeKind.RESIDENCE)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, widget=forms.TextInput({"inputmode": "email"})
    )
    reach = forms.ChoiceField(label=_("How to reach them"), choices=Reach.choices, initial=Reach.SMS)
    reach_through = UnitField(label=_("Through which organisation"), required=False, empty_label=_("None"))
    postal_address = forms.CharField(
        label=_("Postal address"),
        max_length=300,
        required=False,
        help_text=_("Only when letters must reach them."),
        widget=forms.Textarea({"rows": 3}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, initial="fr")
    gender = forms.ChoiceField(label=_("Gender"), choices=Gender.choices, initial=Gender.UNKNOWN)
    status = forms.ChoiceField(label=_("Situation"), choices=Status.choices, initial=Status.UNKNOWN)
    agrees_to_be_found = forms.BooleanField(
        label=_("Agrees that another organisation is told to ask us"),
        required=False,
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = paris(now).date()
        self.unit_field("reach_through").queryset = units_that_pass_on()

    def unit_field(self, name: str) -> UnitField:
        """One of the fields that choose a unit."""
        return cast("UnitField", self.fields[name])

    @property
    def mixes_required(self) -> bool:
        """The page says once that a name is enough."""
        return False

    @property
    def typed_year(self) -> int | None:
        """The birth year as typed, when it can be read."""
        text = "".join(str(self["birth_year"].value() or "").split())
        return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None  # noqa: PLR2004

    @property
    def asks_fifteen(self) -> bool:
        """Whether the person may be 14 or 15: only they can say."""
        return ages.may_be_too_young(self.typed_year, self.today.year)

    @property
    def more_is_open(self) -> bool:
        """Whether the part that is folded away holds something to see."""
        return any(self.errors.get(name) for name in MORE) if self.is_bound else False

    def facts(self) -> PersonFacts:
        """What was said, for the operations."""
        wanted = {*COLUMNS, "is_fifteen"}
        return cast("PersonFacts", {name: value for name, value in self.cleaned_data.items() if name in wanted})


MORE = ("home_kind", "email", "postal_address", "reach_through", "gender", "status", "agrees_to_be_found")


class RegisterForm(PersonForm):
    """A new person, for what, and how they were told."""

    unit = UnitField(label=_("Your unit"), empty_label=None)
    purpose = forms.ChoiceField(
        label=_("For what"), choices=Purpose.choices, widget=OptionCards(options=_PURPOSES, hide_label=True)
    )
    notice_kind = forms.ChoiceField(label=_("How you told them about their data"), choices=NoticeKind.choices)
    notice_on = DateField(label=_("When you told them"))
    representative_name = forms.CharField(label=_("Who represents this minor"), max_length=120, required=False)
    representative_phone = forms.CharField(label=_("Their telephone"), max_length=40, required=False)
    representative_later = forms.BooleanField(label=_("Not known today: I will note it later"), required=False)
    identity = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, units: list[Unit], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        self.units = units
        self.unit_field("unit").offer(units)
        if len(units) == 1:
            self.fields["unit"].required = False
            self.fields["unit"].widget = forms.HiddenInput()
        self.initial.setdefault("unit", units[0].pk if units else None)
        self.initial.setdefault("notice_kind", NoticeKind.ORAL)
        self.initial.setdefault("notice_on", self.today)
        self.initial.setdefault("identity", uuid7())
        if units:
            helps = "mediation" in units[0].capabilities
            self.initial.setdefault("purpose", Purpose.MEDIATION if helps else Purpose.TRAINING)

    @property
    def is_minor(self) -> bool:
        """Whether the birth year says under 18."""
        return ages.is_minor(self.typed_year, self.today.year)

    def clean(self) -> Any:
        """What depends on two answers."""
        said = super().clean() or self.cleaned_data
        if said.get("unit") is None and len(self.units) == 1:
            said["unit"] = self.units[0]
        if said.get("notice_kind") == NoticeKind.SMS and not is_mobile(read_phone(said.get("phone") or "") or ""):
            self.add_error("phone", ValidationError(_("Give the mobile number that gets the text message.")))
        is_named = said.get("representative_name") or said.get("representative_later")
        if self.is_minor and not ages.is_too_young(self.typed_year, self.today.year) and not is_named:
            self.add_error(
                "representative_name",
                ValidationError(_("This person is under 18. Note who represents them, or tick that it comes later.")),
            )
        return said

    def beside(self) -> Beside | None:
        """Who represents a minor."""
        name = self.cleaned_data.get("representative_name")
        if not self.is_minor or not name:
            return None
        return Beside(RelationKind.PARENT, name, self.cleaned_data.get("representative_phone") or "")

    def token(self) -> UUID | None:
        """What makes a double click one registration."""
        return self.cleaned_data.get("identity")


def known_of(person: Person) -> dict[str, Any]:
    """What the form shows of a person."""
    known = {name: getattr(person, name) for name in COLUMNS}
    known["reach_through"] = person.reach_through_id
    return known
