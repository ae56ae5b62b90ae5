"""Forms about a book that is gone: what happened, and which one takes its place."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.passes.enums import MovementKind
from pourtous.passes.operations.stock import MOST_REASON
from pourtous.passes.rules.codes import read_serial
from pourtous.ui.forms import Form, OptionCards

_KINDS = [
    (MovementKind.LOST.value, _("Lost")),
    (MovementKind.STOLEN.value, _("Stolen")),
    (MovementKind.DAMAGED.value, _("Damaged: I take it back")),
]


class GoneForm(Form):
    """What happened to the book of somebody."""

    kind = forms.ChoiceField(label=_("What happened?"), choices=_KINDS, widget=OptionCards(kind="list"))
    reason = forms.CharField(
        label=_("How, in a few words"),
        help_text=_("You may leave it empty. Never the name of a person."),
        max_length=MOST_REASON,
        required=False,
    )

    @property
    def said(self) -> dict[str, Any]:
        """What the operation takes."""
        return {"kind": MovementKind(self.cleaned_data["kind"]), "reason": self.cleaned_data["reason"]}


class DeskGoneForm(GoneForm):
    """The same at a host's desk: first, whose book."""

    who = forms.ChoiceField(label=_("Whose book?"), choices=(), widget=OptionCards(kind="list"))
    field_order = ("who", "kind", "reason")

    def __init__(self, *args: Any, holders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = holders  # type: ignore[attr-defined]


class ReplaceForm(Form):
    """The book that takes its place."""

    book = forms.CharField(
        label=_("Number of the new book"),
        help_text=_("On its cover: 26-000123. A scanner types it."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "input--short"}),
    )

    def clean_book(self) -> tuple[int, int]:
        """Year of the vintage, and the number."""
        read = read_serial(self.cleaned_data["book"])
        if read is None:
            raise forms.ValidationError(_("A number looks like this: 26-000123. It is on the cover."))
        return read
