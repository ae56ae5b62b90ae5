"""Loading is repeatable and prepares only when it must."""

import pytest

from pourtous.accounts.models import Membership, User
from pourtous.demo.commands import prepare
from pourtous.demo.loading import load
from pourtous.kernel import clock
from pourtous.places.models import Place, ProblemReport
from pourtous.runtime.program import DEMO_MARK
from pourtous.territories.models import Zone

pytestmark = pytest.mark.django_db
COUNTED = (Place, ProblemReport, User, Membership, Zone)


def picture():
    return {model.__name__: sorted(str(pk) for pk in model.objects.values_list("pk", flat=True)) for model in COUNTED}


def test_loading_twice_changes_nothing():
    load(clock.now())
    first = picture()
    load(clock.now())
    assert picture() == first
    assert Place.objects.count() > 80


def test_a_changed_place_comes_back_as_the_scenario_says():
    load(clock.now())
    Place.objects.filter(name="Le Cabanon numérique").update(name="Autre nom")
    load(clock.now())
    assert Place.objects.filter(name="Le Cabanon numérique").exists()


def test_places_belong_to_the_units_that_manage_them():
    load(clock.now())
    assert Place.objects.get(name="Le Cabanon numérique").unit.name == "Le Cabanon, Frontignan"


def test_prepare_loads_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("POURTOUS_DATA_DIR", str(tmp_path))
    assert prepare()
    assert (tmp_path / DEMO_MARK).exists()
    assert not prepare()
    assert "invented" in capsys.readouterr().out


def test_prepare_loads_again_when_the_scenario_has_changed(tmp_path, monkeypatch):
    monkeypatch.setenv("POURTOUS_DATA_DIR", str(tmp_path))
    prepare()
    (tmp_path / DEMO_MARK).write_text("of another day")
    assert prepare()
