"""People for tests: invented."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from pourtous.kernel.text import fold
from pourtous.people.enums import CriterionKind, MandateAct, NoticeKind, Purpose, RelationKind, RequestKind
from pourtous.people.models import (
    Criterion,
    FileOpening,
    FileReading,
    FollowUp,
    Mandate,
    Person,
    Relation,
    RightsRequest,
)
from tests.accounts.factories import UnitFactory, UserFactory


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


class RelationFactory(DjangoModelFactory):
    """Somebody who helps a person."""

    class Meta:
        model = Relation

    person = factory.SubFactory(PersonFactory)
    kind = RelationKind.HELPER
    name = "Maguelone Tissier"
    phone = "+33639981111"


class MandateFactory(DjangoModelFactory):
    """A mandate for a month, signed."""

    class Meta:
        model = Mandate

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory, capabilities=("mediation",))
    helper_name = "Basile Ormeau"
    act = MandateAct.ASSISTS
    procedures = ("Déclaration de revenus",)
    starts_on = date(2026, 11, 2)
    ends_on = date(2026, 12, 2)
    signed_on = date(2026, 11, 2)
    created_at = datetime(2026, 11, 2, 9, tzinfo=UTC)


class RightsRequestFactory(DjangoModelFactory):
    """A request to see one's data, to be answered."""

    class Meta:
        model = RightsRequest

    person = factory.SubFactory(PersonFactory)
    unit = factory.SubFactory(UnitFactory, capabilities=("mediation",))
    kind = RequestKind.ACCESS
    received_on = date(2026, 11, 2)
    due_on = date(2026, 12, 2)


class FileReadingFactory(DjangoModelFactory):
    """Somebody read a file."""

    class Meta:
        model = FileReading

    person = factory.SubFactory(PersonFactory)
    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    what = "people.file"


class FileOpeningFactory(DjangoModelFactory):
    """Somebody opened a file for a reason."""

    class Meta:
        model = FileOpening

    person = factory.SubFactory(PersonFactory)
    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    reason = "Remplacement d’une collègue"
    opened_at = datetime(2026, 11, 2, 9, tzinfo=UTC)
    until = datetime(2026, 11, 2, 18, tzinfo=UTC)
