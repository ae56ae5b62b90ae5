import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, connections

from pourtous.activities.enums import ActivityKind, PlaceKind, Topic
from pourtous.activities.models import Activity, ActivityVersion, Participation
from pourtous.activities.operations import edit, months, record, remove, restore
from pourtous.activities.operations.record import ConflictError
from pourtous.activities.queries.facts import facts_of
from pourtous.activities.queries.figures import FiguresFilter, figures
from pourtous.activities.rules.facts import ActivityFacts, Count
from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import AgeBand, Gender, Status
from pourtous.people.models import Person
from tests.accounts.factories import someone
from tests.activities.factories import TagFactory
from tests.agenda.factories import AppointmentFactory, ResourceFactory, SessionFactory
from tests.people.factories import FollowUpFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def mediator():
    return someone("mediation")


def unit_of(user):
    return user.memberships.get().unit


def followed_by(user, **person):
    given = {f"person__{name}": value for name, value in person.items()}
    return FollowUpFactory(unit=unit_of(user), started_on=date(2026, 1, 5), **given).person


def facts(user, **changes):
    usual = {
        "kind": ActivityKind.INDIVIDUAL,
        "unit": unit_of(user).pk,
        "day": TODAY,
        "minutes": 45,
        "place_kind": PlaceKind.REMOTE,
        "topics": (Topic.EMAIL,),
    }
    if not changes.get("persons"):
        usual["anonymous_count"] = 1
    return ActivityFacts(**usual | changes)


def test_an_activity_is_recorded_with_what_is_counted_of_the_person(mediator):
    person = followed_by(
        mediator, birth_year=1956, gender=Gender.FEMALE, status=Status.RETIRED, last_contact_on=date(2026, 1, 5)
    )
    made = record(identity=uuid4(), facts=facts(mediator, persons=(person.pk,)), actor=mediator, now=NOW)
    part = made.participations.get()
    assert (part.age_band, part.gender, part.status) == (AgeBand.FROM_70, Gender.FEMALE, Status.RETIRED)
    assert part.is_first
    assert made.participant_count == 1
    assert Person.objects.get(pk=person.pk).last_contact_on == TODAY
    assert Event.objects.get(verb="activities.record").subject_id == str(made.pk)


def test_the_same_entry_sent_again_gives_the_same_answer(mediator):
    identity, said = uuid4(), facts(mediator)
    first = record(identity=identity, facts=said, actor=mediator, now=NOW)
    again = record(identity=identity, facts=said, actor=mediator, now=NOW + timedelta(days=7))
    assert first == again
    assert Activity.objects.count() == 1
    assert Event.objects.filter(verb="activities.record").count() == 1


def test_an_entry_sent_again_does_not_undo_what_was_changed_or_removed_since(mediator):
    identity, said = uuid4(), facts(mediator)
    made = record(identity=identity, facts=said, actor=mediator, now=NOW)
    edit(activity=made, facts=replace(said, minutes=60), actor=mediator, now=NOW)
    remove(activity=made, actor=mediator, now=NOW)
    again = record(identity=identity, facts=said, actor=mediator, now=NOW)
    assert again.minutes == 60
    assert again.deleted_at == NOW


def test_the_same_number_with_other_facts_is_a_conflict_that_says_so(mediator):
    identity = uuid4()
    made = record(identity=identity, facts=facts(mediator), actor=mediator, now=NOW)
    with pytest.raises(ConflictError, match=r"déjà|already") as caught:
        record(identity=identity, facts=facts(mediator, minutes=60), actor=mediator, now=NOW)
    assert caught.value.activity == made


def test_a_number_of_somebody_else_reveals_nothing(mediator):
    identity = uuid4()
    record(identity=identity, facts=facts(mediator), actor=mediator, now=NOW)
    other = someone("mediation")
    with pytest.raises(ConflictError) as caught:
        record(identity=identity, facts=facts(other), actor=other, now=NOW)
    assert caught.value.activity is None


@pytest.mark.django_db(transaction=True)
def test_sent_at_once_it_is_recorded_once(mediator):
    identity, said = uuid4(), facts(mediator)
    made, start = [], threading.Barrier(6)

    def send():
        try:
            start.wait()
            made.append(record(identity=identity, facts=said, actor=mediator, now=NOW).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [identity] * 6
    assert Activity.objects.count() == 1
    connection.close()


def test_an_appointment_has_one_activity(mediator):
    booked = AppointmentFactory(
        mediator=ResourceFactory(user=mediator), starts_at=NOW - timedelta(hours=2), ends_at=NOW - timedelta(hours=1)
    )
    said = facts(mediator, appointment=booked.pk)
    made = record(identity=uuid4(), facts=said, actor=mediator, now=NOW)
    booked.refresh_from_db()
    assert booked.state == "honoured"
    with pytest.raises(ConflictError) as caught:
        record(identity=uuid4(), facts=said, actor=mediator, now=NOW)
    assert caught.value.activity == made


def test_the_agenda_of_others_is_not_ours_to_record(mediator):
    booked = AppointmentFactory()
    session = SessionFactory()
    for changes in ({"appointment": booked.pk}, {"session": session.pk}, {"appointment": uuid4()}):
        with pytest.raises(DomainError):
            record(identity=uuid4(), facts=facts(mediator, **changes), actor=mediator, now=NOW)


def test_only_people_the_team_follows_take_part(mediator):
    for stranger in (FollowUpFactory().person.pk, uuid4()):
        with pytest.raises(DomainError) as caught:
            record(identity=uuid4(), facts=facts(mediator, persons=(stranger,)), actor=mediator, now=NOW)
        assert caught.value.field == "person"


def test_only_tags_one_may_use(mediator):
    mine, team = TagFactory(owner=mediator), TagFactory(scope="unit", unit=unit_of(mediator), owner=None)
    made = record(identity=uuid4(), facts=facts(mediator, tags=(mine.pk, team.pk)), actor=mediator, now=NOW)
    assert set(made.tags.all()) == {mine, team}
    with pytest.raises(DomainError):
        record(identity=uuid4(), facts=facts(mediator, tags=(TagFactory().pk,)), actor=mediator, now=NOW)


def test_the_first_accompaniment_follows_the_dates(mediator):
    person = followed_by(mediator)

    def at(day):
        said = facts(mediator, persons=(person.pk,), day=day)
        return record(identity=uuid4(), facts=said, actor=mediator, now=NOW)

    later = at(date(2026, 11, 20))
    sooner = at(date(2026, 11, 2))
    firsts = Participation.objects.filter(person=person, is_first=True)
    assert [one.activity for one in firsts] == [sooner]
    remove(activity=sooner, actor=mediator, now=NOW)
    assert [one.activity for one in firsts.all()] == [later]
    restore(activity=sooner, actor=mediator, now=NOW)
    assert [one.activity for one in firsts.all()] == [sooner]
    edit(activity=sooner, facts=replace(facts_of(sooner), day=date(2026, 11, 22)), actor=mediator, now=NOW)
    assert [one.activity for one in firsts.all()] == [later]


def test_an_edit_keeps_what_was(mediator):
    person, other = followed_by(mediator), followed_by(mediator)
    said = facts(mediator, persons=(person.pk,), notes="Mot de passe oublié")
    made = record(identity=uuid4(), facts=said, actor=mediator, now=NOW)
    after = replace(said, minutes=60, notes="Autre", persons=(other.pk,))
    changed = edit(activity=made, facts=after, actor=mediator, now=NOW + timedelta(minutes=5))
    version = ActivityVersion.objects.get()
    assert version.was == {"minutes": 45, "notes": None, "persons": [str(person.pk)]}
    assert [one.person for one in changed.participations.all()] == [other]
    assert edit(
        activity=changed, facts=after, actor=mediator, now=NOW + timedelta(hours=1)
    ).modified_at < NOW + timedelta(hours=1)


def test_two_edits_at_once_are_told(mediator):
    made = record(identity=uuid4(), facts=facts(mediator), actor=mediator, now=NOW)
    seen = made.modified_at
    edit(activity=made, facts=facts(mediator, minutes=60), actor=mediator, now=NOW + timedelta(minutes=1), seen=seen)
    with pytest.raises(ConflictError):
        edit(
            activity=made, facts=facts(mediator, minutes=30), actor=mediator, now=NOW + timedelta(minutes=2), seen=seen
        )


def test_counts_are_written_and_read_back(mediator):
    counts = (Count("age", "moins_de_douze", 3), Count("gender", "feminin", 5))
    said = facts(mediator, kind=ActivityKind.WORKSHOP, anonymous_count=8, counts=counts)
    made = record(identity=uuid4(), facts=said, actor=mediator, now=NOW)
    assert made.participant_count == 8
    assert facts_of(Activity.objects.get(pk=made.pk)).counts == counts


def test_removing_twice_removes_once(mediator):
    made = record(identity=uuid4(), facts=facts(mediator), actor=mediator, now=NOW)
    remove(activity=made, actor=mediator, now=NOW)
    remove(activity=made, actor=mediator, now=NOW)
    assert Event.objects.filter(verb="activities.remove").count() == 1
    restore(activity=made, actor=mediator, now=NOW)
    with pytest.raises(DomainError):
        restore(activity=made, actor=mediator, now=NOW)


def test_figures_follow_what_is_recorded_put_right_and_removed(mediator):
    november = FiguresFilter(since=date(2026, 11, 1), until=date(2026, 12, 1))
    activity = record(identity=uuid4(), facts=facts(mediator), actor=mediator, now=NOW)
    months.count_again()
    assert figures(november).total == (1, 1, 45)
    longer = facts(mediator, minutes=60, anonymous_count=1)
    activity = edit(activity=activity, facts=longer, actor=mediator, now=NOW)
    assert figures(november).total == (1, 1, 60)
    months.count_again()
    remove(activity=activity, actor=mediator, now=NOW)
    assert figures(november).total == (0, 0, 0)
    restore(activity=activity, actor=mediator, now=NOW)
    months.count_again()
    assert figures(november).total == (1, 1, 60)
