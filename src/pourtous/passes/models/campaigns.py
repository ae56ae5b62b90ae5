"""A campaign: a vintage of passes with its rules, its publics, its territories and its funders. Nothing is a constant."""

from django.db import models
from django.db.models import F, Q

from pourtous.accounts.models import Agreement, Organisation, User
from pourtous.kernel.fields import TermListField
from pourtous.kernel.ids import uuid7
from pourtous.kernel.privacy import Declared
from pourtous.passes.enums import CampaignState, FundingBase, Regime
from pourtous.passes.models.evidence import SIGNED
from pourtous.passes.rules.shares import Line
from pourtous.passes.rules.validity import Life
from pourtous.people.rules.audiences import Audience
from pourtous.territories.models import Zone


def _tranches() -> list[int]:
    return [4, 6]


def _reminders() -> list[int]:
    return [7, 21, 45]


class Campaign(models.Model):
    """A vintage of passes. Amounts in cents, days of Paris. Changed freely as a draft, with care once open."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    year = models.PositiveSmallIntegerField()  # of the vintage; begins the serial numbers
    state = models.CharField(max_length=10, choices=CampaignState, default=CampaignState.DRAFT)
    issuer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="campaigns")

    face_value = models.PositiveIntegerField(default=1000)
    passes_per_book = models.PositiveSmallIntegerField(default=10)
    tranches = models.JSONField(default=_tranches)  # passes open at once, after one session attended, …
    passes_per_session = models.PositiveSmallIntegerField(default=1)  # unless the course was accepted at another price
    books_per_person = models.PositiveSmallIntegerField(default=1)
    budget = models.PositiveBigIntegerField()  # cents of face value that may be issued

    starts_on = models.DateField()
    last_day = models.DateField()  # of the vintage
    tolerance_days = models.PositiveSmallIntegerField(default=31)
    life_days = models.PositiveSmallIntegerField(null=True, blank=True)  # from hand-over
    stub_days = models.PositiveSmallIntegerField(default=31)  # how long after a session its stubs are typed in
    claim_until = models.DateField(null=True, blank=True)  # last day to settle what was used

    themes = TermListField()  # of courses paid for; none: all
    levels = TermListField()

    reminder_days = models.JSONField(default=_reminders)  # after hand-over, while no session was attended
    dormant_days = models.PositiveSmallIntegerField(default=90)  # since hand-over or last use: then notice is given
    notice_days = models.PositiveSmallIntegerField(default=30)  # from the notice to the cancelling
    late_stubs_borne = models.PositiveSmallIntegerField(default=0)  # doubles a year the fund bears for each host
    undo_minutes = models.PositiveSmallIntegerField(default=15)

    regime = models.CharField(max_length=8, choices=Regime, default=Regime.REGIE)
    regime_reference = models.CharField(max_length=120, blank=True)  # number of the order or of the agreement
    regime_on = models.DateField(null=True, blank=True)
    regisseur = models.CharField(max_length=120, blank=True)  # office, or body given the mandate; not a person's name
    regime_ceiling = models.PositiveBigIntegerField(null=True, blank=True)  # cents the fund may hold
    help_phone = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField()

    privacy = Declared(
        other="id name year state issuer face_value passes_per_book tranches passes_per_session books_per_person budget "
        "starts_on last_day tolerance_days life_days stub_days claim_until themes levels reminder_days dormant_days "
        "notice_days late_stubs_borne undo_minutes regime regime_reference regime_on regisseur regime_ceiling "
        "help_phone created_at"
    )

    class Meta:
        ordering = ("-year", "name", "id")
        constraints = (
            models.CheckConstraint(name="campaign_has_length", condition=Q(last_day__gte=F("starts_on"))),
            models.CheckConstraint(name="campaign_has_value", condition=Q(face_value__gte=100)),
            models.CheckConstraint(
                name="campaign_has_passes", condition=Q(passes_per_book__gte=1, passes_per_book__lte=99)
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def life(self) -> Life:
        """How long its passes live."""
        return Life(self.last_day, self.tolerance_days, self.life_days)

    @property
    def book_value(self) -> int:
        """Cents of a whole book."""
        return self.face_value * self.passes_per_book


class CampaignPublic(models.Model):
    """Somebody the campaign is for: an audience by name. A person needs to be of one of them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="publics")
    name = models.CharField(max_length=120)
    rule = models.JSONField()  # people.rules.audiences.Audience.to_dict
    position = models.PositiveSmallIntegerField(default=0)
    books_planned = models.PositiveIntegerField(null=True, blank=True)

    privacy = Declared(other="id campaign name rule position books_planned")

    class Meta:
        ordering = ("position", "id")
        constraints = (models.UniqueConstraint(fields=("campaign", "name"), name="public_name_in_campaign"),)

    def __str__(self) -> str:
        return self.name

    @property
    def audience(self) -> Audience:
        """The rule, read."""
        return Audience.from_dict(self.rule)


class CampaignTerritory(models.Model):
    """Where books are handed over, by commune of residence, and from when. Never where passes are used."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="territories")
    zone = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # first day out

    privacy = Declared(other="id campaign zone opens_on ends_on")

    class Meta:
        ordering = ("opens_on", "id")
        constraints = (models.UniqueConstraint(fields=("campaign", "zone"), name="zone_once_in_campaign"),)

    def __str__(self) -> str:
        return str(self.zone)


class FundingPlan(models.Model):
    """How the campaign's money is shared from a day on. Once used it is never changed: a new plan takes over."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="plans")
    starts_on = models.DateField()
    created_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    privacy = Declared(personal={"created_by": SIGNED}, other="id campaign starts_on created_at")

    class Meta:
        ordering = ("starts_on", "id")
        constraints = (models.UniqueConstraint(fields=("campaign", "starts_on"), name="one_plan_a_day"),)

    def __str__(self) -> str:
        return f"{self.campaign} ({self.starts_on:%Y-%m-%d})"


class Funding(models.Model):
    """One funder's part in a plan: a rate, an amount a pass, or the rest; under an agreement, up to a ceiling."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    plan = models.ForeignKey(FundingPlan, on_delete=models.PROTECT, related_name="fundings")
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    agreement = models.ForeignKey(Agreement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()  # who gets the odd cent first
    base = models.CharField(max_length=8, choices=FundingBase, default=FundingBase.REDEEMED)
    rate = models.PositiveSmallIntegerField(null=True, blank=True)  # hundredths of a per cent
    amount = models.PositiveIntegerField(null=True, blank=True)  # cents a pass
    ceiling = models.PositiveBigIntegerField(null=True, blank=True)  # cents
    quota_public = models.ForeignKey(CampaignPublic, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    quota = models.PositiveSmallIntegerField(null=True, blank=True)  # least part of that public, hundredths of a %

    privacy = Declared(other="id plan funder agreement position base rate amount ceiling quota_public quota")

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=("plan", "position"), name="funding_position"),
            models.UniqueConstraint(fields=("plan", "funder"), name="funder_once_in_plan"),
            models.UniqueConstraint(
                fields=("plan",), condition=Q(rate=None, amount=None), name="one_funding_takes_the_rest"
            ),
            models.CheckConstraint(
                name="funding_has_rate_or_amount", condition=Q(rate__isnull=True) | Q(amount__isnull=True)
            ),
            models.CheckConstraint(
                name="funding_quota_is_of_a_public",
                condition=Q(quota__isnull=True, quota_public__isnull=True)
                | Q(quota__isnull=False, quota_public__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return str(self.funder)

    @property
    def line(self) -> Line:
        """What the rules look at."""
        return Line(rate=self.rate, amount=self.amount, ceiling=self.ceiling)
