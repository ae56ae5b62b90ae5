"""Activities for tests."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from pourtous.activities.enums import ActivityKind, PlaceKind, TagScope, Topic
from pourtous.activities.models import Activity, Participation, Tag
from tests.accounts.factories import UnitFactory, UserFactory
from tests.people.factories import PersonFactory


class ActivityFactory(DjangoModelFactory):
    """Forty-five minutes with one anonymous person."""

    class Meta:
        model = Activity

    kind = ActivityKind.INDIVIDUAL
    mediator = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory, capabilities=("mediation",))
    day = date(2026, 11, 2)
    minutes = 45
    place_kind = PlaceKind.OTHER
    topics = (Topic.EMAIL,)
    anonymous_count = 1
    participant_count = 1
    created_at = datetime(2026, 11, 2, 11, tzinfo=UTC)
    modified_at = datetime(2026, 11, 2, 11, tzinfo=UTC)


class ParticipationFactory(DjangoModelFactory):
    """A person took part."""

    class Meta:
        model = Participation

    activity = factory.SubFactory(ActivityFactory, anonymous_count=0)
    person = factory.SubFactory(PersonFactory)


class TagFactory(DjangoModelFactory):
    """A mediator's own word."""

    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"mot {n}")
    scope = TagScope.PERSONAL
    owner = factory.SubFactory(UserFactory)
