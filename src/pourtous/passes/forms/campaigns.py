"""Forms of a campaign: its rules, its publics, its territories, its funders."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pourtous.accounts.models import Organisation
from pourtous.agenda.enums import Level, Theme
from pourtous.passes.enums import FundingBase, Regime
from pourtous.passes.forms.fields import EurosField, NumbersField, PercentField
from pourtous.passes.models import Campaign, CampaignPublic, CampaignTerritory
from pourtous.passes.operations.campaigns import CampaignFacts, Part
from pourtous.people.enums import CriterionKind
from pourtous.people.rules.audiences import OLDEST, Ages, Audience
from pourtous.territories.models import Zone
from pourtous.ui.forms import CheckCards, DateField, Form

_COUNT = forms.NumberInput(attrs={"inputmode": "numeric"})


def _count(label: Any, help_text: Any = "", *, least: int = 0, most: int = 3650, required: bool = True) -> Any:
    return forms.IntegerField(
        label=label, help_text=help_text, min_value=least, max_value=most, required=required, widget=_COUNT
    )


class CampaignForm(Form):
    """All rules of a campaign, in the order in which one decides them."""

    name = forms.CharField(label=_("Name of the campaign"), max_length=120)
    year = _count(_("Vintage"), _("Begins the serial numbers."), least=2000, most=2099)
    issuer = forms.ModelChoiceField(label=_("Who issues the passes"), queryset=Organisation.objects.none())
    budget = EurosField(label=_("Budget, in euros of face value"))
    face_value = EurosField(label=_("Value of a pass, in euros"))
    passes_per_book = _count(_("Passes in a book"), least=1, most=99)
    tranches = NumbersField(
        label=_("Tranches"),
        help_text=_("Passes open at once, then after each session attended. “4, 6”: six open after the first session."),
    )
    passes_per_session = _count(
        _("Passes a session costs"), _("Unless a course was accepted at another price."), least=1
    )
    books_per_person = _count(_("Books a person may get"), least=1, most=9)

    starts_on = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day of the vintage"))
    tolerance_days = _count(_("Days of tolerance after it"), most=366)
    life_days = _count(
        _("Life of a book from hand-over, in days"), _("Empty: until the end of the vintage."), required=False, least=1
    )
    stub_days = _count(_("Days to type in stubs after a session"), most=366)
    claim_until = DateField(label=_("Last day to settle what was used"), required=False)

    themes = forms.MultipleChoiceField(
        label=_("Themes paid for"),
        choices=Theme.choices,
        required=False,
        widget=CheckCards(kind="list"),
        help_text=_("None: all."),
    )
    levels = forms.MultipleChoiceField(
        label=_("Levels paid for"),
        choices=Level.choices,
        required=False,
        widget=CheckCards(kind="list"),
        help_text=_("None: all."),
    )

    reminder_days = NumbersField(
        label=_("Reminders"),
        help_text=_("Days after hand-over, while no session was attended: “7, 21, 45”."),
        required=False,
    )
    dormant_days = _count(_("Days without use before notice is given"), least=1)
    notice_days = _count(_("Days from the notice to the cancelling"), least=1)
    late_stubs_borne = _count(_("Late doubles the fund pays a host"), _("A year. Others are refused."), most=999)
    undo_minutes = _count(_("Minutes to undo at the counter"), most=1440)

    regime = forms.ChoiceField(label=_("In what way passes are paid"), choices=Regime.choices)
    regime_reference = forms.CharField(
        label=_("Number of the order or of the agreement"), max_length=120, required=False
    )
    regime_on = DateField(label=_("Signed on"), required=False)
    regisseur = forms.CharField(
        label=_("Who handles the fund"),
        help_text=_("An office or a body, not a person."),
        max_length=120,
        required=False,
    )
    regime_ceiling = EurosField(label=_("Most the fund may hold, in euros"), required=False)
    help_phone = forms.CharField(label=_("Telephone printed on books"), max_length=20, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issuer = cast("forms.ModelChoiceField[Organisation]", self.fields["issuer"])
        issuer.queryset = Organisation.objects.filter(is_active=True)

    def facts(self) -> CampaignFacts:
        """What was said, for the operations."""
        said = dict(self.cleaned_data)
        said |= {name: tuple(said[name]) for name in ("themes", "levels")}
        return CampaignFacts(**said)


def said_of(campaign: Campaign) -> dict[str, Any]:
    """What the form shows of a campaign, or of one that is only begun."""
    shown = {name: getattr(campaign, name) for name in CampaignForm.base_fields if name != "issuer"}
    return {**shown, "issuer": campaign.issuer_id}


class PublicForm(Form):
    """Somebody the campaign is for: a name, criteria, ages."""

    name = forms.CharField(
        label=_("Name of the public"), max_length=120, help_text=_("Young jobseekers without a diploma")
    )
    all_criteria = forms.MultipleChoiceField(
        label=_("All of these"), choices=CriterionKind.choices, required=False, widget=CheckCards(kind="list")
    )
    any_criteria = forms.MultipleChoiceField(
        label=_("One at least of these"), choices=CriterionKind.choices, required=False, widget=CheckCards(kind="list")
    )
    least = _count(_("From this age"), most=OLDEST, required=False)
    most = _count(_("Up to this age"), most=OLDEST, required=False)
    books_planned = _count(_("Books planned for this public"), required=False, most=1_000_000)

    def clean(self) -> Any:
        """Ages in their order."""
        said = super().clean()
        least, most = said.get("least"), said.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("This age is below the first one."))
        return said

    @property
    def audience(self) -> Audience:
        """The rule that was said."""
        said = self.cleaned_data
        has_ages = said["least"] is not None or said["most"] is not None
        return Audience(
            any_criteria=frozenset(said["any_criteria"]),
            all_criteria=frozenset(said["all_criteria"]),
            ages=Ages(said["least"], said["most"]) if has_ages else None,
        )


def public_said(public: CampaignPublic) -> dict[str, Any]:
    """What the form shows of an existing public."""
    rule = public.audience
    return {
        "name": public.name,
        "all_criteria": sorted(rule.all_criteria),
        "any_criteria": sorted(rule.any_criteria),
        "least": rule.ages.least if rule.ages else None,
        "most": rule.ages.most if rule.ages else None,
        "books_planned": public.books_planned,
    }


class TerritoryForm(Form):
    """A zone with the days on which books are handed over to those who live there."""

    zone = forms.ModelChoiceField(label=_("Zone"), queryset=Zone.objects.none())
    opens_on = DateField(label=pgettext_lazy("territory", "Opens on"))
    ends_on = DateField(label=pgettext_lazy("territory", "Ends on"), required=False, help_text=_("First day out."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Zone]", self.fields["zone"]).queryset = Zone.objects.all()


class TerritoryDaysForm(TerritoryForm):
    """The days of a zone that is already there."""

    def __init__(self, *args: Any, territory: CampaignTerritory, **kwargs: Any) -> None:
        initial = {"zone": territory.zone_id, "opens_on": territory.opens_on, "ends_on": territory.ends_on}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["zone"].disabled = True


LINES = 4  # funders a plan may name on screen


class PlanForm(Form):
    """Who pays from a day on: up to four funders; one leaves rate and amount empty and takes the rest."""

    starts_on = DateField(label=_("From this day on"))

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        organisations = Organisation.objects.filter(is_active=True)
        for number in range(1, LINES + 1):
            self.fields |= self._line(number, organisations)

    def _line(self, number: int, organisations: Any) -> dict[str, forms.Field]:
        first = number == 1
        quota = self.campaign.publics.all()
        return {
            f"funder_{number}": forms.ModelChoiceField(
                label=_("Funder"), queryset=organisations, required=first, empty_label=_("Nobody")
            ),
            f"rate_{number}": PercentField(label=_("Rate, in per cent"), required=False),
            f"amount_{number}": EurosField(label=_("Or euros a pass"), required=False),
            f"ceiling_{number}": EurosField(label=_("Ceiling, in euros"), required=False),
            f"base_{number}": forms.ChoiceField(
                label=_("Counted on"), choices=FundingBase.choices, required=False, initial=FundingBase.REDEEMED
            ),
            f"quota_{number}": PercentField(label=_("Least part of a public, in per cent"), required=False),
            f"quota_public_{number}": forms.ModelChoiceField(
                label=_("Which public"), queryset=quota, required=False, empty_label=_("None")
            ),
        }

    @property
    def lines(self) -> list[list[forms.BoundField]]:
        """The fields of each funder."""
        names = ("funder", "rate", "amount", "ceiling", "base", "quota", "quota_public")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, LINES + 1)]

    def clean(self) -> Any:
        """A quota names its public, and the other way round."""
        said = super().clean()
        for number in range(1, LINES + 1):
            if (said.get(f"quota_{number}") is None) != (said.get(f"quota_public_{number}") is None):
                self.add_error(f"quota_{number}", _("Give both a part and a public, or neither."))
        return said

    @property
    def parts(self) -> list[Part]:
        """What was said, for the operations."""
        said = self.cleaned_data
        return [
            Part(
                funder=said[f"funder_{number}"],
                rate=said[f"rate_{number}"] or None,
                amount=said[f"amount_{number}"] or None,
                ceiling=said[f"ceiling_{number}"],
                base=FundingBase(said[f"base_{number}"] or FundingBase.REDEEMED),
                quota=said[f"quota_{number}"],
                quota_public=said[f"quota_public_{number}"],
            )
            for number in range(1, LINES + 1)
            if said.get(f"funder_{number}")
        ]
