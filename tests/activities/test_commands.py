"""`pourtous export activities`, `pourtous import activities`."""

import json

import pytest

from pourtous.activities.commands import unit_called
from pourtous.activities.models import Activity
from pourtous.kernel.errors import DomainError
from pourtous.runtime.program import parser
from pourtous.runtime.registry import commands
from tests.accounts.factories import UnitFactory, someone
from tests.activities.factories import ActivityFactory
from tests.activities.operations.test_record import unit_of

pytestmark = pytest.mark.django_db


def run(*words):
    asked = parser(commands()).parse_args(list(map(str, words)))
    return asked.run(asked)


def days(first, last):
    return ("--from", first, "--to", last)


def test_out_and_in(tmp_path, capsys):
    mediator = someone("mediation", email="lea@structure.example")
    done = ActivityFactory(mediator=mediator, unit=unit_of(mediator))
    ActivityFactory()
    file, report = tmp_path / "coop.xlsx", tmp_path / "report.json"
    unit = unit_of(mediator)
    year = days("2026-01-01", "2026-12-31")
    assert run("export", "activities", *year, "--layout", "coop", "--unit", unit.name, "--output", file) == 0
    Activity.objects.filter(pk=done.pk).delete()
    whose = ("--mediator", "lea@structure.example", "--unit", unit.pk)
    assert run("import", "activities", file, *whose, "--dry-run") == 0
    assert Activity.objects.count() == 1
    assert run("import", "activities", file, *whose, "--report", report) == 0
    assert json.loads(report.read_text())["created"] == 1
    assert Activity.objects.get(mediator=mediator).source_id == str(done.pk)
    assert capsys.readouterr().out.count("\n") == 2
    assert run("export", "activities", *year, "--layout", "own") == 0
    assert capsys.readouterr().out.count("\r\n") == 3


def test_what_cannot_be_found_is_said(tmp_path):
    for wrong in ("Nulle part", "00000000-0000-0000-0000-000000000000", "99999999999999"):
        with pytest.raises(DomainError):
            unit_called(wrong)
    unit = UnitFactory(siret="13002526500013")
    assert unit_called(unit.siret) == unit
    with pytest.raises(DomainError):
        run("export", "activities", *days("2026-02-01", "2026-01-01"), "--layout", "own")
    with pytest.raises(DomainError):
        run("import", "activities", tmp_path / "no.xlsx", "--mediator", "x@y.example", "--unit", unit.pk)
