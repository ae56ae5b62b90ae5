"""Forms of the register of agreements."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import AgreementKind
from pourtous.accounts.models import Agreement
from pourtous.accounts.operations.agreements import AgreementFacts
from pourtous.ui.forms import DateField, Form


class AgreementForm(Form):
    """What was signed, and its dates."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("", _("Choose")), *AgreementKind.choices],
        help_text=_("A charter or a funding agreement alone opens no personal file."),
    )
    reference = forms.CharField(label=_("Reference"), max_length=80, required=False)
    signed_on = DateField(label=_("Signed on"))
    starts_on = DateField(label=_("First day on which it counts"))
    ends_on = DateField(
        label=_("End, when there is one"), required=False, help_text=_("First day on which it no longer counts.")
    )
    document = forms.FileField(
        label=_("Signed document"),
        required=False,
        help_text=_("PDF, 10 MB at most. It stays private."),
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
    )
    note = forms.CharField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("No names of people."),
    )

    def facts(self) -> AgreementFacts:
        """What was said, but the document."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "document"}
        return AgreementFacts(**said)


class EndForm(Form):
    """An end before its time."""

    ended_on = DateField(label=_("Ends on"), help_text=_("First day on which it no longer counts."))
    reason = forms.CharField(label=_("Why it ends"), max_length=300, help_text=_("No names of people."))


def known(agreement: Agreement) -> dict[str, Any]:
    """What the form shows of an agreement."""
    return {name: getattr(agreement, name) for name in AgreementForm.base_fields if name != "document"}
