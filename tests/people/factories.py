"""People for tests: invented."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from pourtous.kernel.text import fold
from pourtous.people.enums import CriterionKind, NoticeKind, Purpose
from pourtous.people.models import Criterion, FollowUp, Person
from tests.accounts.factories import UnitFactory


class PersonFactory(DjangoModelFactory):
    """A person whom nobody follows yet."""

    class Meta:
        model = Person

    first_name = factory.Sequence(lambda n: f"Odile{n}")
    last_name = "Ferrand"
    birth_year = 1956
    phone = factory.Sequence(lambda n: f"+3363998{n % 10000:04d}")
    search_text = factory.LazyAttribute(lambda person: fold(f"{person.last_name} {person.first_name}"))
    last_contact_on = date(2026, 11, 2)
    created_at = datetime(2026, 11, 2, 9, tzinfo=UTC)


class FollowUpFactory(DjangoModelFactory):
    """A unit of mediation follows a person."""

    class Meta:
        model = FollowUp

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory, capabilities=("mediation",))
    purpose = Purpose.MEDIATION
    notice_kind = NoticeKind.ORAL
    notice_on = date(2026, 11, 2)
    started_on = date(2026, 11, 2)


class CriterionFactory(DjangoModelFactory):
    """A criterion checked."""

    class Meta:
        model = Criterion

    person = factory.SubFactory(PersonFactory)
    kind = CriterionKind.RSA
    unit = factory.SubFactory(UnitFactory, capabilities=("prescriber",))
    checked_on = date(2026, 11, 2)
