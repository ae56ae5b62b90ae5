from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from pourtous.activities.models import Activity, Tag
from pourtous.activities.operations.orientations import tell_outcome
from pourtous.activities.operations.tags import make_tag, merge_tags, retire_tag
from pourtous.activities.queries.waiting import orientations_to_ask
from pourtous.kernel.errors import DomainError
from tests.accounts.factories import MembershipFactory, someone
from tests.activities.factories import ActivityFactory, TagFactory
from tests.activities.operations.test_record import unit_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def mediator():
    return someone("mediation")


def test_a_word_is_there_once_whatever_its_case(mediator):
    make_tag(name=" Bus  numérique ", scope="personal", unit=None, actor=mediator, now=NOW)
    with pytest.raises(DomainError):
        make_tag(name="bus numérique", scope="personal", unit=None, actor=mediator, now=NOW)
    retire_tag(tag=Tag.objects.get(), actor=mediator, now=NOW)
    make_tag(name="bus numérique", scope="personal", unit=None, actor=mediator, now=NOW)


@pytest.mark.parametrize(
    ("name", "scope"), [("", "personal"), ("a" * 61, "personal"), ("bus", "unit"), ("bus", "moon")]
)
def test_a_tag_that_cannot_be(mediator, name, scope):
    with pytest.raises(DomainError):
        make_tag(name=name, scope=scope, unit=None, actor=mediator, now=NOW)


def test_merged_activities_carry_the_other_once(mediator):
    old, kept = TagFactory(owner=mediator), TagFactory(owner=mediator)
    one, both = ActivityFactory(mediator=mediator), ActivityFactory(mediator=mediator)
    one.tags.set([old])
    both.tags.set([old, kept])
    assert merge_tags(tag=old, into=kept, actor=mediator, now=NOW) == 1
    assert list(one.tags.all()) == list(both.tags.all()) == [kept]
    assert not Tag.objects.filter(pk=old.pk).exists()


def test_tags_of_different_people_do_not_merge(mediator):
    mine = TagFactory(owner=mediator)
    with pytest.raises(DomainError):
        merge_tags(tag=mine, into=mine, actor=mediator, now=NOW)
    with pytest.raises(DomainError):
        merge_tags(tag=TagFactory(scope="territory", owner=None), into=mine, actor=mediator, now=NOW)
    everybody = TagFactory(scope="territory", owner=None)
    assert merge_tags(tag=mine, into=everybody, actor=mediator, now=NOW) == 0


def test_pages_of_tags(client, mediator):
    client.force_login(mediator)
    assert client.post(reverse("activity-tags"), {"name": "bus", "scope": "personal"}).status_code == 302
    assert client.post(reverse("activity-tags"), {"name": "bus", "scope": "personal"}).status_code == 200
    assert client.post(reverse("activity-tags"), {"name": "car", "scope": str(unit_of(mediator).pk)}).status_code == 200
    mine, other = Tag.objects.get(), TagFactory(owner=mediator)
    assert client.post(reverse("activity-tag-merge", args=[other.pk]), {"into": mine.pk}).status_code == 302
    assert client.post(reverse("activity-tag-merge", args=[mine.pk]), {"into": "x"}).status_code == 404
    client.force_login(someone("mediation"))
    assert client.post(reverse("activity-tag-retire", args=[mine.pk])).status_code == 404
    assert client.post(reverse("activity-tag-merge", args=[mine.pk]), {"into": mine.pk}).status_code == 404
    client.force_login(someone("prescriber"))
    assert client.get(reverse("activity-tags")).status_code == 404
    client.force_login(mediator)
    assert client.post(reverse("activity-tag-retire", args=[mine.pk])).status_code == 302


def test_managers_and_the_team_that_steers_look_after_theirs(client, mediator):
    manager = MembershipFactory(unit=unit_of(mediator), role="manager").user
    client.force_login(manager)
    client.post(reverse("activity-tags"), {"name": "Fête", "scope": str(unit_of(mediator).pk)})
    client.force_login(someone("steering"))
    client.post(reverse("activity-tags"), {"name": "Feder", "scope": "territory"})
    assert {tag.scope for tag in Tag.objects.all()} == {"unit", "territory"}


def test_the_end_of_an_orientation_is_asked_once(client, mediator):
    sent = ActivityFactory(mediator=mediator, orientation="aide_sociale", day=TODAY - timedelta(days=21))
    ActivityFactory(mediator=mediator, orientation="aide_sociale", day=TODAY - timedelta(days=20))
    ActivityFactory(mediator=mediator, day=TODAY - timedelta(days=30))
    assert list(orientations_to_ask(mediator, on=TODAY)) == [sent]
    tell_outcome(activity=sent, outcome="unknown", actor=mediator, now=NOW)
    assert not orientations_to_ask(mediator, on=TODAY)
    for wrong in ({"activity": sent, "outcome": "peut-être"}, {"activity": ActivityFactory(), "outcome": "went"}):
        with pytest.raises(DomainError):
            tell_outcome(**wrong, actor=mediator, now=NOW)
    client.force_login(mediator)
    assert client.post(reverse("activity-outcome", args=[sent.pk]), {"outcome": "went"}).status_code == 302
    assert Activity.objects.get(pk=sent.pk).orientation_outcome == "went"
    client.force_login(someone("mediation"))
    assert client.post(reverse("activity-outcome", args=[sent.pk]), {"outcome": "went"}).status_code == 404
    assert client.post(reverse("activity-outcome", args=[uuid4()]), {"outcome": "went"}).status_code == 404
