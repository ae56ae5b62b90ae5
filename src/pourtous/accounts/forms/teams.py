"""Forms of organisations, units and invitations."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pourtous.accounts.enums import Capability, DataRole, OrganisationKind, Role
from pourtous.accounts.rules.siret import read_siret
from pourtous.kernel.errors import DomainError
from pourtous.ui.forms import CheckCards, Form, Option, OptionCards

_CAPABILITIES: dict[str, Option] = {
    Capability.STEERING: Option(_("Sets the rules, sees everything, manages organisations."), "chart"),
    Capability.PRESCRIBER: Option(_("Registers people, hands out passes, asks for computers."), "ticket"),
    Capability.MEDIATION: Option(_("Helps people, one to one or in workshops."), "hand"),
    Capability.HOST: Option(_("Runs courses paid with passes."), "book"),
    Capability.REFURBISHER: Option(_("Receives, erases and prepares computers."), "laptop"),
    Capability.REPAIRER: Option(_("Installs and repairs computers at home."), "wrench"),
    Capability.DONOR: Option(_("Gives computers."), "gift"),
    Capability.PLACE_MANAGER: Option(_("Keeps the pages of its places up to date."), "pin"),
}
_ROLES: dict[str, Option] = {
    Role.MANAGER: Option(_("Does the work and manages the people of the unit."), "key"),
    Role.MEMBER: Option(_("Does the work of the unit."), "person"),
}


class _WithSiret(Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    siret = forms.CharField(
        label=_("SIRET"),
        max_length=40,
        required=False,
        help_text=_("14 digits. Leave it empty when there is none."),
        widget=forms.TextInput({"inputmode": "numeric", "class": "input--short"}),
    )

    def clean_siret(self) -> str:
        """In shape."""
        try:
            return read_siret(self.cleaned_data["siret"])
        except DomainError as error:
            raise ValidationError(str(error)) from error


class OrganisationForm(_WithSiret):
    """An organisation."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose")), *OrganisationKind.choices])
    data_role = forms.ChoiceField(
        label=_("Role for personal data"),
        choices=DataRole.choices,
        help_text=_("Nobody there sees personal files before the role and the agreement are recorded."),
    )
    field_order = ("name", "kind", "siret", "data_role")


class UnitForm(_WithSiret):
    """A unit of an organisation."""

    capabilities = forms.MultipleChoiceField(
        label=_("What it does in the programme"),
        required=False,
        choices=Capability.choices,
        widget=CheckCards(options=_CAPABILITIES),
    )


class InviteForm(Form):
    """Somebody to invite."""

    email = forms.EmailField(
        label=_("Work e-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, initial=Role.MEMBER, widget=OptionCards(options=_ROLES)
    )


def said(form: Form) -> dict[str, Any]:
    """What was answered, by argument of the operation."""
    return dict(form.cleaned_data)
