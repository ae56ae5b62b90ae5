"""Forms of the file: follow-ups, criteria, who stands beside, a reason to open."""

from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from pourtous.accounts.models import Unit
from pourtous.kernel.ids import read_code
from pourtous.people.enums import CriterionKind, NoticeKind, Purpose, RelationKind
from pourtous.people.fields.units import UnitField
from pourtous.people.queries.files import units_to_follow
from pourtous.ui.forms import CheckCards, DateField, Form, Option, OptionCards

_RELATIONS: dict[str, Option] = {
    RelationKind.PARENT: Option(icon="people"),
    RelationKind.REPRESENTATIVE: Option(_("Say in which capacity in the name: “tutor”. Never the measure."), "edit"),
    RelationKind.HELPER: Option(icon="heart"),
}


class FollowForm(Form):
    """One's unit begins to follow."""

    unit = UnitField(label=_("Your unit"), empty_label=None)
    purpose = forms.ChoiceField(label=_("For what"), choices=Purpose.choices, widget=OptionCards)
    notice_kind = forms.ChoiceField(label=_("How you told them about their data"), choices=NoticeKind.choices)
    notice_on = DateField(label=_("When you told them"))

    def __init__(self, *args: Any, units: list[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("UnitField", self.fields["unit"]).offer(units)
        self.initial.setdefault("notice_on", today)


class HandOverForm(Form):
    """Another unit follows from now on."""

    unit = UnitField(label=_("To which unit"), empty_label=_("Choose"))
    notice_kind = forms.ChoiceField(label=_("How the person was told"), choices=NoticeKind.choices)
    notice_on = DateField(label=_("When they were told"))
    keeps = forms.BooleanField(label=_("Our unit goes on following as well"), required=False)

    def __init__(self, *args: Any, own: Unit, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("UnitField", self.fields["unit"]).queryset = units_to_follow(on=today).exclude(pk=own.pk)
        self.initial.setdefault("notice_on", today)


class NoteForm(Form):
    """What the unit goes on from next time."""

    note = forms.CharField(
        label=_("Note of the unit"),
        max_length=500,
        required=False,
        help_text=_("To go on next time. Never health, money, opinions or passwords."),
        widget=forms.Textarea({"rows": 3}),
    )


class CriteriaForm(Form):
    """What was checked today, or on another day."""

    unit = UnitField(label=_("Your unit"), empty_label=None)
    kinds = forms.MultipleChoiceField(
        label=_("What you have checked"), choices=CriterionKind.choices, widget=CheckCards
    )
    checked_on = DateField(label=_("Checked on"))
    valid_until = DateField(
        label=_("Valid until"), required=False, help_text=_("Empty: the usual length, told beside each.")
    )

    def __init__(self, *args: Any, units: list[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("UnitField", self.fields["unit"]).offer(units)
        self.initial.setdefault("checked_on", today)
        widget: Any = self.fields["kinds"].widget
        widget.cards = {kind: Option(_length(kind)) for kind in CriterionKind.values}


def _length(kind: str) -> str:
    months = settings.PEOPLE_CRITERIA_MONTHS.get(kind, 12)
    if not months:
        return str(_("As long as nobody withdraws it."))
    return ngettext("Counts %(months)s month.", "Counts %(months)s months.", months) % {"months": months}


class RelationForm(Form):
    """Who stands beside a person."""

    kind = forms.ChoiceField(label=_("Who it is"), choices=RelationKind.choices, widget=OptionCards(options=_RELATIONS))
    name = forms.CharField(label=_("Name"), max_length=120)
    phone = forms.CharField(
        label=_("Telephone"), max_length=40, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.CharField(
        label=_("E-mail address"), max_length=254, required=False, widget=forms.TextInput({"inputmode": "email"})
    )
    may_be_contacted = forms.BooleanField(
        label=_("May be written to when the person has no number and no address"), required=False
    )


class OpenForm(Form):
    """A file one does not follow: its code and a reason."""

    code = forms.CharField(
        label=_("Code of the file"),
        max_length=20,
        help_text=_("Eight letters and digits, on the person’s papers."),
        widget=forms.TextInput({"class": "input--short", "autocomplete": "off", "autocapitalize": "characters"}),
    )
    reason = forms.CharField(
        label=_("Why you open it"),
        max_length=300,
        help_text=_("Example: she is in front of me, her usual office is closed today."),
        widget=forms.Textarea({"rows": 3}),
    )
    unit = UnitField(label=_("Your unit"), empty_label=None)

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("UnitField", self.fields["unit"]).offer(units)

    def clean_code(self) -> str:
        """Put straight; a code that cannot be one is said at once."""
        code = read_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(_("This code is not right. Read it again, letter by letter."))
        return code
