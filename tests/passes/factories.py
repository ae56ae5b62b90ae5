"""A campaign with its funders, books, hosts and sessions, for tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from pourtous.passes.enums import BankState, BookState, CampaignState, PriceState, QualificationState
from pourtous.passes.models import (
    BankDetails,
    Book,
    Campaign,
    CampaignPublic,
    CampaignTerritory,
    CoursePrice,
    Funding,
    FundingPlan,
    Pass,
    Qualification,
)
from pourtous.passes.operations import issue, ledger
from pourtous.passes.operations.hand_over import How, hand_over
from pourtous.passes.sealing import seal
from pourtous.people.rules.audiences import Audience
from tests.accounts.factories import OrganisationFactory, UnitFactory, UserFactory
from tests.agenda.factories import CourseFactory, RunFactory, SessionFactory
from tests.people.factories import PersonFactory
from tests.territories.factories import ZoneFactory

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
CREATED_AT = datetime(2026, 1, 2, 9, tzinfo=UTC)


class CampaignFactory(DjangoModelFactory):
    """The vintage of 2026, open, everywhere, for everybody, without money yet."""

    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Pass 2026 {n}")
    year = 2026
    state = CampaignState.OPEN
    issuer = factory.SubFactory(OrganisationFactory)
    budget = 10_000_000
    starts_on = date(2026, 1, 1)
    last_day = date(2026, 12, 31)
    created_at = CREATED_AT


class PublicFactory(DjangoModelFactory):
    """Everybody."""

    class Meta:
        model = CampaignPublic

    campaign = factory.SubFactory(CampaignFactory)
    name = factory.Sequence(lambda n: f"Public {n}")
    rule = factory.LazyFunction(lambda: Audience().to_dict())


class TerritoryFactory(DjangoModelFactory):
    """A zone open since January."""

    class Meta:
        model = CampaignTerritory

    campaign = factory.SubFactory(CampaignFactory)
    zone = factory.SubFactory(ZoneFactory)
    opens_on = date(2026, 1, 1)


class PlanFactory(DjangoModelFactory):
    """A plan from January on, without funders yet: use `plan`."""

    class Meta:
        model = FundingPlan

    campaign = factory.SubFactory(CampaignFactory)
    starts_on = date(2026, 1, 1)
    created_at = CREATED_AT


class FundingFactory(DjangoModelFactory):
    """Who takes the rest."""

    class Meta:
        model = Funding

    plan = factory.SubFactory(PlanFactory)
    funder = factory.SubFactory(OrganisationFactory)
    position = factory.Sequence(lambda n: n)


class QualificationFactory(DjangoModelFactory):
    """A qualified host."""

    class Meta:
        model = Qualification

    campaign = factory.SubFactory(CampaignFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    state = QualificationState.QUALIFIED
    valid_from = date(2026, 1, 1)
    asked_at = CREATED_AT


class PriceFactory(DjangoModelFactory):
    """A course accepted at one pass a session."""

    class Meta:
        model = CoursePrice

    qualification = factory.SubFactory(QualificationFactory)
    course = factory.SubFactory(CourseFactory)
    state = PriceState.ACCEPTED


class BankDetailsFactory(DjangoModelFactory):
    """An account two people saw; `iban` is what is sealed."""

    class Meta:
        model = BankDetails

    class Params:
        iban = "FR7630006000011234567890189"

    organisation = factory.SubFactory(OrganisationFactory)
    holder = "Structure des essais"
    iban_sealed = factory.LazyAttribute(lambda one: seal(one.iban.encode()).decode())
    iban_end = factory.LazyAttribute(lambda one: one.iban[-4:])
    state = BankState.ACCEPTED
    proposed_by = factory.SubFactory(UserFactory)
    proposed_at = CREATED_AT
    decided_by = factory.SubFactory(UserFactory)
    decided_at = CREATED_AT


def plan(campaign, *parts, starts_on=date(2026, 1, 1)):
    """A plan with its accounts open. `parts`: dicts of rate, amount, ceiling; the last funder takes the rest."""
    made = PlanFactory(campaign=campaign, starts_on=starts_on)
    for position, part in enumerate([*parts, {}]):
        FundingFactory(plan=made, position=position, **part)
    ledger.open_plan(plan=made)
    return made


@dataclass
class World:
    """A campaign that runs: `books` in the safe, a prescriber, a host with a session of today."""

    campaign: Campaign
    plan: FundingPlan
    safe: object
    prescriber: object
    host: object
    session: object
    actor: object


def world(*parts, books=3, now=NOW, seats=50, price=1, **campaign):
    """A campaign shared by halves (or by `parts`), with so many books entrusted to a prescriber."""
    made = CampaignFactory(**campaign)
    PublicFactory(campaign=made)
    funded = plan(made, *(parts or [{"rate": 5000}]))
    actor, safe = UserFactory(), UnitFactory(capabilities=("steering",))
    prescriber = UnitFactory(capabilities=("prescriber",))
    host = UnitFactory(capabilities=("host",))
    course = CourseFactory(unit=host)
    PriceFactory(
        qualification__campaign=made, qualification__organisation=host.organisation, course=course, passes=price
    )
    session = session_of(course, now=now, seats=seats)
    if books:
        batch = issue.make_batch(campaign=made, books=books, actor=actor, now=now)
        issue.confirm_printed(batch=batch, safe=safe, actor=actor, now=now)
        Book.objects.filter(batch=batch).update(holder=prescriber, state=BookState.ENTRUSTED)
    return World(made, funded, safe, prescriber, host, session, actor)


def session_of(course, *, now=NOW, seats=50):
    """A session of this course, an hour ago."""
    return SessionFactory(run=RunFactory(course=course), starts_at=now - timedelta(hours=1), seats=seats)


def handed(made, *, number=1, person=None, now=NOW):
    """The first book of a world (or the one of that rank), handed to somebody; the hand-over."""
    book = made.campaign.books.all()[number - 1]
    person = person or PersonFactory()
    return hand_over(book=book, person=person, unit=made.prescriber, how=How(), actor=made.actor, now=now)


def pass_of(made, number=1, position=1):
    """One pass of a world."""
    book = made.campaign.books.all()[number - 1]
    return Pass.objects.select_related("book__campaign").get(book=book, position=position)
