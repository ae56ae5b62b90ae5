from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import PersonState, Reach
from pourtous.people.models import FollowUp, Merge, Person
from pourtous.people.operations.erasure import anonymise, whole
from pourtous.people.operations.facts import settle_searched
from pourtous.people.operations.merges import merge, settle_old, undo
from pourtous.people.rules.merging import PARTS
from tests.accounts.factories import UnitFactory, UserFactory
from tests.people.factories import (
    CriterionFactory,
    FileOpeningFactory,
    FileReadingFactory,
    FollowUpFactory,
    MandateFactory,
    PersonFactory,
    RelationFactory,
    RightsRequestFactory,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def rows():
    """Every row of people, agenda and activities, but what a merge adds."""
    models = [m for name in ("people", "agenda", "activities") for m in apps.get_app_config(name).get_models()]
    return {
        m._meta.label: sorted(
            (tuple(sorted((name, str(value)) for name, value in row.items())) for row in m.objects.values()), key=str
        )
        for m in models
        if m is not Merge
    }


def filled(**more):
    """A person with one row of each kind."""
    person = PersonFactory(**more)
    for made in (CriterionFactory, FollowUpFactory, RelationFactory, MandateFactory):
        made(person=person)
    for made in (RightsRequestFactory, FileReadingFactory, FileOpeningFactory):
        made(person=person)
    return person


@pytest.fixture
def two(db):
    return filled(first_name="Odile", email=""), filled(first_name="Odette", email="odette@mail.example")


@pytest.fixture
def by(db):
    return {"unit": UnitFactory(), "actor": UserFactory(), "now": NOW}


def test_the_kept_file_wins_and_the_other_fills_its_gaps(two, by):
    kept, absorbed = two
    merge(kept=kept, absorbed=absorbed, **by)
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    assert (kept.first_name, kept.email) == ("Odile", "odette@mail.example")
    assert (absorbed.state, absorbed.merged_into) == (PersonState.MERGED, kept)
    assert kept.follow_ups.count() == kept.relations.count() == kept.mandates.count() == 2
    assert not absorbed.follow_ups.exists()
    assert Event.objects.filter(verb="people.merge", subject_label=kept.code).exists()


def test_what_is_chosen_of_the_other_file_stays(two, by):
    kept, absorbed = two
    merge(kept=kept, absorbed=absorbed, take={"first_name", "phone"}, **by)
    kept.refresh_from_db()
    assert (kept.first_name, kept.phone) == ("Odette", absorbed.phone)
    assert "odette" in kept.search_text


def test_the_last_contact_is_the_latest_of_both(by, db):
    kept, absorbed = PersonFactory(last_contact_on=date(2025, 1, 1)), PersonFactory(last_contact_on=date(2026, 1, 1))
    merge(kept=kept, absorbed=absorbed, **by)
    kept.refresh_from_db()
    assert kept.last_contact_on == date(2026, 1, 1)


def test_one_unit_for_one_purpose_keeps_both_notes(by, db):
    unit = UnitFactory()
    kept = FollowUpFactory(unit=unit, note="Vient le mardi").person
    absorbed = FollowUpFactory(unit=unit, note="A une tablette").person
    done = merge(kept=kept, absorbed=absorbed, **by)
    assert kept.follow_ups.get().note == "Vient le mardi\nA une tablette"
    undo(done=done, actor=by["actor"], now=NOW)
    assert {one.note for one in FollowUp.objects.all()} == {"Vient le mardi", "A une tablette"}


def test_undone_within_thirty_days_everything_is_as_before(two, by):
    before = rows()
    done = merge(kept=two[0], absorbed=two[1], take=set(PARTS), **by)
    assert rows() != before
    undo(done=done, actor=by["actor"], now=NOW + timedelta(days=29))
    assert rows() == before
    done.refresh_from_db()
    assert done.moved == {}


def test_what_came_since_stays_in_the_kept_file(two, by):
    kept, absorbed = two
    done = merge(kept=kept, absorbed=absorbed, **by)
    added = RelationFactory(person=kept)
    Person.objects.filter(pk=kept.pk).update(email="neuve@mail.example")
    undo(done=done, actor=by["actor"], now=NOW)
    kept.refresh_from_db()
    added.refresh_from_db()
    assert (added.person, kept.email) == (kept, "neuve@mail.example")


@pytest.mark.parametrize("days", [30, 31, 400])
def test_after_thirty_days_it_stays(two, by, days):
    done = merge(kept=two[0], absorbed=two[1], **by)
    with pytest.raises(DomainError, match=r"thirty days|trente jours"):
        undo(done=done, actor=by["actor"], now=NOW + timedelta(days=days))


def test_it_is_undone_once(two, by):
    done = merge(kept=two[0], absorbed=two[1], **by)
    undo(done=done, actor=by["actor"], now=NOW)
    with pytest.raises(DomainError):
        undo(done=done, actor=by["actor"], now=NOW)


def test_neither_with_itself_nor_twice(two, by):
    with pytest.raises(DomainError):
        merge(kept=two[0], absorbed=two[0], **by)
    merge(kept=two[0], absorbed=two[1], **by)
    with pytest.raises(DomainError):
        merge(kept=two[1], absorbed=two[0], **by)


def test_the_inner_merge_is_undone_after_the_outer(two, by):
    third = filled()
    inner = merge(kept=two[0], absorbed=two[1], **by)
    outer = merge(kept=third, absorbed=two[0], **by)
    with pytest.raises(DomainError):
        undo(done=inner, actor=by["actor"], now=NOW)
    assert set(whole(third)) == {third, *two}
    undo(done=outer, actor=by["actor"], now=NOW)
    undo(done=inner, actor=by["actor"], now=NOW)
    assert {one.state for one in Person.objects.all()} == {PersonState.ACTIVE}


def test_after_thirty_days_nothing_personal_is_left_in_the_absorbed_file(two, by):
    kept, absorbed = two
    merge(kept=kept, absorbed=absorbed, **by)
    later = NOW + timedelta(days=30)
    assert settle_old(now=later - timedelta(seconds=1)) == 0
    assert settle_old(now=later, dry_run=True) == 1
    assert settle_old(now=later) == 1
    assert settle_old(now=later) == 0
    absorbed.refresh_from_db()
    assert (absorbed.name, absorbed.phone, absorbed.reach) == ("", "", Reach.NONE)
    assert (absorbed.state, absorbed.merged_into) == (PersonState.MERGED, kept)
    assert Merge.objects.get().moved == {}


def test_letting_go_of_the_kept_file_lets_go_of_the_other(two, by):
    merge(kept=two[0], absorbed=two[1], **by)
    assert anonymise(person=two[0], reason="erasure", actor=by["actor"], now=NOW)
    assert {one.state for one in Person.objects.all()} == {PersonState.ANONYMISED}
    assert {one.name for one in Person.objects.all()} == {""}
    assert not Merge.objects.exists()
    assert not anonymise(person=two[0], reason="erasure", actor=by["actor"], now=NOW)


TEXTS = st.sampled_from(["", "Odile", "Ferrand", "Élodie", "Bastide"])
FILES = st.fixed_dictionaries(
    {
        "first_name": TEXTS,
        "last_name": TEXTS,
        "birth_year": st.sampled_from([None, 1956, 1990]),
        "gender": st.sampled_from(["feminin", "masculin", "non_communique"]),
        "phone": st.sampled_from(["", "+33639981234", "+33639985678"]),
        "email": st.sampled_from(["", "odile@mail.example"]),
        "reach": st.sampled_from(list(Reach)),
        "agrees_to_be_found": st.booleans(),
        "notified_on": st.sampled_from([None, date(2026, 10, 1)]),
        "last_contact_on": st.dates(date(2024, 1, 1), date(2026, 11, 1)),
    }
)
FOLLOWED = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["mediation", "training"]), st.sampled_from(["", "Mardi", "x" * 300])),
    unique_by=lambda one: one[:2],
    max_size=4,
)


class AnyTwoFiles(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(FILES, FILES, FOLLOWED, FOLLOWED, st.sets(st.sampled_from(sorted(PARTS))))
    def test_merge_then_undo_changes_nothing(self, ours, theirs, follow_ours, follow_theirs, take):
        units = [UnitFactory() for _ in range(3)]
        kept, absorbed = PersonFactory(**ours), PersonFactory(**theirs)
        for one in (kept, absorbed):
            settle_searched(one)
            one.save()
        for person, follows in ((kept, follow_ours), (absorbed, follow_theirs)):
            for unit, purpose, note in follows:
                FollowUpFactory(person=person, unit=units[unit], purpose=purpose, note=note)
            CriterionFactory(person=person)
        before = rows()
        done = merge(kept=kept, absorbed=absorbed, unit=units[0], actor=UserFactory(), now=NOW, take=take)
        undo(done=done, actor=UserFactory(), now=NOW)
        assert rows() == before
