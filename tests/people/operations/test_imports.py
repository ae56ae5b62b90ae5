import json
from datetime import UTC, date, datetime

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.people.models import FollowUp, Person
from pourtous.people.operations.imports import Terms, import_people
from pourtous.runtime.program import main
from tests.accounts.factories import OrganisationFactory, UnitFactory
from tests.people.factories import FollowUpFactory
from tests.people.importers.books import KARIM, ODILE, book

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def unit():
    return UnitFactory(capabilities=("mediation",))


@pytest.fixture
def bring(tmp_path, unit):
    def do(*rows, with_notes=False, **more):
        path = tmp_path / "file.xlsx"
        path.write_bytes(book(*rows))
        terms = Terms(unit, "mediation", "oral", date(2026, 11, 2), with_notes)
        return import_people(path=path, terms=terms, actor=None, now=NOW, **more)

    return do


def statuses(report):
    return [one["status"] for one in report.lines]


def test_new_people_get_a_file_and_a_follow_up(bring, unit, reference):
    report = bring(ODILE, KARIM)
    assert (report.rows, report.created) == (2, 2)
    odile = Person.objects.get(last_name="Ferrand")
    assert (odile.birth_year, odile.gender, odile.phone) == (1956, "feminin", "+33639981234")
    assert odile.commune.code == "34301"
    assert odile.name_hash
    follow_up = odile.follow_ups.get()
    assert (follow_up.unit, follow_up.notice_kind, follow_up.notice_on) == (unit, "oral", date(2026, 11, 2))


def test_a_dry_run_writes_nothing_and_says_the_same(bring):
    dry = bring(ODILE, KARIM, dry_run=True)
    assert not Person.objects.exists()
    assert statuses(dry) == statuses(bring(ODILE, KARIM))


def test_again_it_changes_nothing(bring):
    bring(ODILE, KARIM)
    again = bring(ODILE, KARIM)
    assert statuses(again) == ["known", "known"]
    assert Person.objects.count() == 2


def test_twice_in_one_file_is_once(bring):
    assert statuses(bring(ODILE, ODILE)) == ["new", "known"]


def test_only_files_the_unit_follows_are_looked_at(bring):
    FollowUpFactory(person__first_name="Odile", person__last_name="Ferrand", person__phone="+33639981234")
    assert statuses(bring(ODILE)) == ["new"]


def test_doubtful_rows_wait_for_a_choice(bring, unit):
    person = FollowUpFactory(unit=unit, person__first_name="Odille", person__last_name="Ferrand").person
    report = bring(ODILE)
    assert statuses(report) == ["doubtful"]
    assert report.lines[0]["like"] == [person.code]
    assert bring(ODILE, accepted={4}).created == 1


def test_rejected_rows_say_why_by_cell(bring):
    report = bring(["", "Odile", 2020, "", "", "", "", "", "", ""])
    assert statuses(report) == ["rejected"]
    assert {one["column"] for one in report.lines[0]["problems"]} == {"last_name", "birth_year"}


def test_a_commune_that_contradicts_itself_is_left_empty(bring, reference):
    report = bring([*ODILE[:3], "Sète", "34172", "34200", *ODILE[6:]])
    assert statuses(report) == ["new"]
    assert [one["column"] for one in report.lines[0]["problems"]] == ["commune"]
    assert Person.objects.get().commune is None


def test_notes_stay_out_unless_asked_for(bring):
    noted = [*ODILE[:9], "Vient le mardi"]
    assert bring(noted).notes == 1
    assert FollowUp.objects.get().note == ""
    Person.objects.all().delete()
    bring(noted, with_notes=True)
    assert FollowUp.objects.get().note == "Vient le mardi"


def test_the_report_holds_no_name(bring):
    assert "Ferrand" not in json.dumps(bring(ODILE, ODILE, [*ODILE[:2], 2020, *ODILE[3:]]).as_json())


def test_a_unit_that_may_not_hold_data_brings_nothing_in(tmp_path):
    path = tmp_path / "file.xlsx"
    path.write_bytes(book(ODILE))
    unit = UnitFactory(organisation=OrganisationFactory(without_agreement=True))
    with pytest.raises(DomainError):
        import_people(path=path, terms=Terms(unit, "mediation", "oral", NOW.date()), actor=None, now=NOW)
    assert not Person.objects.exists()


def test_the_command(tmp_path, unit, capsys):
    path, report = tmp_path / "file.xlsx", tmp_path / "r.json"
    path.write_bytes(book(ODILE, KARIM))
    asked = ["import", "people", str(path), "--unit", unit.name, "--notice", "paper", "--notice-on", "2026-01-05"]
    assert main([*asked, "--dry-run", "--report", str(report)]) == 0
    assert json.loads(report.read_text())["counts"]["new"] == 2
    assert not Person.objects.exists()
    assert main([*asked, "--unit", str(unit.pk)]) == 0
    assert Person.objects.count() == 2
    assert main([*asked, "--unit", "Nulle part"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
