from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from pourtous.activities.enums import ActivityKind
from pourtous.activities.exports import activities
from pourtous.activities.holdings import Activities
from pourtous.activities.models import Activity, Participation
from pourtous.activities.operations import record
from pourtous.activities.person_page import help_received, record_one
from pourtous.activities.queries.facts import facts_of
from pourtous.activities.tasks import old_notes
from pourtous.people.models import Person
from tests.accounts.factories import someone
from tests.activities.factories import ActivityFactory
from tests.activities.operations.test_record import NOW, TODAY, facts, followed_by

pytestmark = pytest.mark.django_db
HELD = Activities()


@pytest.fixture
def mediator():
    return someone("mediation")


def done(mediator, *people, **changes):
    said = facts(mediator, persons=tuple(one.pk for one in people), **changes)
    return record(identity=uuid4(), facts=said, actor=mediator, now=NOW)


def test_the_access_file_tells_what_is_about_the_person_alone(mediator):
    person, other = followed_by(mediator), followed_by(mediator)
    done(mediator, person, notes="Veut écrire à sa fille", procedure_name="Carte grise")
    done(mediator, person, other, kind=ActivityKind.WORKSHOP, notes="Deux absents")
    text = " ".join(value for one in HELD.records(person) for _label, value in one.facts)
    assert "Veut écrire à sa fille" in text
    assert "Carte grise" in text
    assert "Deux absents" not in text


def test_a_merge_moves_help_and_its_undo_brings_it_back(mediator):
    kept, absorbed = followed_by(mediator), followed_by(mediator)
    first = done(mediator, absorbed, day=date(2026, 11, 2))
    done(mediator, kept, day=date(2026, 11, 9))
    together = done(mediator, kept, absorbed, kind=ActivityKind.WORKSHOP)
    before = set(Participation.objects.values_list("activity", "person", "is_first"))
    keys = HELD.move(absorbed=absorbed, kept=kept)
    firsts = Participation.objects.filter(is_first=True)
    assert [one.activity for one in firsts] == [first]
    assert together.participations.count() == 2
    HELD.move_back(keys=keys, absorbed=absorbed, kept=kept)
    assert set(Participation.objects.values_list("activity", "person", "is_first")) == before


def test_anonymising_empties_words_and_changes_no_figure(mediator):
    person, other = followed_by(mediator, birth_year=1950), followed_by(mediator)
    alone = done(mediator, person, notes="Seul", topics=("aide_aux_demarches_administratives",), procedure_name="RSA")
    shared = done(mediator, person, other, kind=ActivityKind.WORKSHOP, notes="Ensemble")
    figures = list(Participation.objects.values("age_band", "gender", "status", "is_first"))
    HELD.anonymise(person, now=NOW)
    alone.refresh_from_db()
    shared.refresh_from_db()
    assert (alone.notes, alone.procedure_name, shared.notes) == ("", "", "Ensemble")
    assert list(Participation.objects.values("age_band", "gender", "status", "is_first")) == figures
    Person.objects.filter(pk=person.pk).update(
        state="anonymised", first_name="", last_name="", birth_year=None, phone="", search_text=""
    )
    HELD.anonymise(other, now=NOW)
    shared.refresh_from_db()
    assert shared.notes == ""


def test_old_notes_go_when_the_clock_moves(mediator):
    person = followed_by(mediator)
    done(mediator, person, notes="Un mot")
    nameless = ActivityFactory(notes="Un autre", day=TODAY)
    removed = ActivityFactory(notes="Retiré", deleted_at=NOW)
    later = NOW + timedelta(days=31)
    assert old_notes(later, dry_run=True) == 1
    assert old_notes(later, dry_run=False) == 1
    removed.refresh_from_db()
    assert removed.notes == ""
    years = NOW + timedelta(days=2 * 365 + 2)
    Person.objects.filter(pk=person.pk).update(last_contact_on=date(2028, 6, 1))
    assert old_notes(years, dry_run=False) == 1
    nameless.refresh_from_db()
    assert nameless.notes == ""
    assert old_notes(years + timedelta(days=900), dry_run=False) == 1
    assert not Activity.objects.exclude(notes="").exists()


def test_the_page_of_a_person_tells_help_without_notes(mediator):
    person = followed_by(mediator)
    made = done(mediator, person, notes="Confidence")
    colleague = someone("mediation")
    [mine] = help_received(person, mediator, datetime.now(UTC))
    [theirs] = help_received(person, colleague, datetime.now(UTC))
    assert str(made.pk) in mine.url
    assert theirs.url == ""
    assert "Confidence" not in f"{theirs.title} {theirs.text}"
    assert record_one(person, mediator).url.endswith(person.code)
    assert record_one(person, someone("prescriber")) is None


def test_export_tells_each_column(mediator):
    done(mediator, followed_by(mediator))
    columns, rows = activities()
    [row] = list(rows)
    assert len(row) == len(columns)
    assert all(len(column.description) > 5 for column in columns)


def test_facts_read_back_are_the_facts(mediator):
    person = followed_by(mediator)
    said = facts(mediator, persons=(person.pk,), notes="x")
    made = record(identity=uuid4(), facts=said, actor=mediator, now=NOW)
    assert facts_of(made) == said
    assert replace(facts_of(made), notes="") != said
