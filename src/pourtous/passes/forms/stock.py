"""Forms of the stock: batches to print, slips, losses, counts, serial numbers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pourtous.accounts.models import Unit
from pourtous.passes.enums import MovementKind
from pourtous.passes.models import Campaign
from pourtous.passes.operations.issue import MOST_BOOKS, Mentions
from pourtous.passes.operations.stock import MOST_REASON
from pourtous.passes.rules.codes import read_serial
from pourtous.people.fields import CommuneField, UnitField
from pourtous.territories.models import Zone
from pourtous.ui.forms import Form


class SerialField(forms.CharField):
    """The serial of a book, "26-000123": gives its number in this campaign."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"class": "input--short", "autocomplete": "off", "inputmode": "numeric"})
        super().__init__(max_length=20, widget=widget, **kwargs)
        self.campaign: Campaign | None = None

    def clean(self, value: Any) -> Any:
        """The number; a sentence when it is not a serial of this campaign."""
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        read = read_serial(text)
        if read is None or (self.campaign is not None and read[0] != self.campaign.year):
            raise ValidationError(_("Write the number of a book of this campaign, like 26-000123."))
        return read[1]


class BatchForm(Form):
    """Books to make, and what is printed beside."""

    books = forms.IntegerField(
        label=gettext_lazy("How many books?"),
        min_value=1,
        max_value=MOST_BOOKS,
        widget=forms.NumberInput({"inputmode": "numeric", "class": "input--short"}),
    )
    issuer_address = forms.CharField(
        label=gettext_lazy("Address of the issuer"),
        max_length=160,
        help_text=gettext_lazy("Printed on each pass: a voucher says who issues it, and where."),
    )
    payer = forms.CharField(
        label=gettext_lazy("Who pays the passes"),
        max_length=80,
        help_text=gettext_lazy("The name of the paymaster’s office, as printed on each pass."),
    )
    commune = CommuneField(
        label=gettext_lazy("Near which commune?"),
        required=False,
        help_text=gettext_lazy("The covers show the nearest courses. Leave empty for books that go everywhere."),
    )
    zone = forms.ModelChoiceField(
        label=gettext_lazy("Or in which zone?"),
        queryset=Zone.objects.all(),
        required=False,
        empty_label=gettext_lazy("No zone"),
    )

    @property
    def mentions(self) -> Mentions:
        """What is printed beside."""
        said = self.cleaned_data
        return Mentions(said["issuer_address"], said["payer"], said["commune"], said["zone"])


class ConfirmForm(Form):
    """In which safe printed books are."""

    safe = UnitField(label=gettext_lazy("In whose safe?"), empty_label=None)

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["safe"].offer(units)  # type: ignore[attr-defined]


class _RangeForm(Form):
    """Books from one serial to another; the same when the second is empty."""

    first = SerialField(label=gettext_lazy("First book"), help_text=gettext_lazy("Its number, like 26-000123."))
    last = SerialField(label=gettext_lazy("Last book"), required=False, help_text=gettext_lazy("Empty: only this one."))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            self.fields[name].campaign = campaign  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The last is the first when nothing was said; never before it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        said["last"] = said.get("last") or said.get("first")
        if said.get("first") and said["last"] < said["first"]:
            self.add_error("last", _("The last book comes after the first one."))
        return said


class SlipForm(_RangeForm):
    """Books to give to another unit."""

    giver = UnitField(label=pgettext_lazy("stock", "Who gives"), empty_label=None)
    taker = UnitField(label=pgettext_lazy("stock", "Who receives"), empty_label=gettext_lazy("Choose"))
    field_order = ("giver", "taker", "first", "last")

    def __init__(self, *args: Any, givers: list[Unit], takers: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["giver"].offer(givers)  # type: ignore[attr-defined]
        self.fields["taker"].queryset = takers  # type: ignore[attr-defined]


class RefuseForm(Form):
    """Why the books were not received."""

    reason = forms.CharField(
        label=gettext_lazy("What is wrong?"),
        max_length=MOST_REASON,
        help_text=gettext_lazy("Example: three books are missing."),
    )


class DeclareForm(_RangeForm):
    """Books that are gone."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What happened to them?"),
        choices=[(one.value, one.label) for one in (MovementKind.LOST, MovementKind.STOLEN, MovementKind.DESTROYED)],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("How, in a few words"),
        max_length=MOST_REASON,
        help_text=gettext_lazy("Never the name of a person."),
    )
    field_order = ("kind", "first", "last", "reason")

    def __init__(self, *args: Any, may_destroy: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_destroy:
            kind: Any = self.fields["kind"]
            kind.choices = [one for one in kind.choices if one[0] != MovementKind.DESTROYED]


class SeenForm(Form):
    """A book that is there."""

    text = forms.CharField(
        label=gettext_lazy("Scan a pass, or type the number of a book"),
        max_length=300,
        widget=forms.TextInput({"autocomplete": "off", "autofocus": True, "autocapitalize": "characters"}),
    )
