"""Forms of claims: the number of a payment order, what the paymaster answered, a day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.ui.forms import DateField, DateFields, Form

ORDER_LENGTH = 40


class NothingForm(Form):
    """A step that asks nothing."""


class OrderForm(Form):
    """The payment order."""

    number = forms.CharField(
        label=_("Number of the payment order (mandat)"),
        max_length=ORDER_LENGTH,
        widget=forms.TextInput({"autocomplete": "off"}),
        help_text=_("As your finance software gives it."),
    )


class PayForm(Form):
    """The paymaster paid."""

    on = DateField(label=_("Day of the payment"), help_text=_("As on the return of the paymaster."))


class RejectForm(Form):
    """The paymaster sent it back."""

    on = DateField(label=_("Day of the return"))
    reason = forms.CharField(
        label=_("Why, as the paymaster says"),
        max_length=300,
        help_text=_("The host reads it. Example: the account is closed."),
    )


class DayForm(Form):
    """The day on which one counts."""

    day = DateField(label=_("Used by the end of this day, and not paid"))


def day_typed(data: Any, name: str) -> date | None:
    """A day of a form sent for many rows; None when it is not one."""
    field = DateField(required=False)
    try:
        found = field.clean(DateFields().value_from_datadict(data, None, name))
    except forms.ValidationError:
        return None
    return found if isinstance(found, date) else None
