"""Loading is repeatable and prepares only when it must."""

from contextlib import suppress

import pytest
from django.db import transaction

from pourtous.accounts.home import panels
from pourtous.accounts.models import Invitation, Membership, User
from pourtous.accounts.rules.invitations import InvitationState
from pourtous.audit.models import Event
from pourtous.demo.commands import prepare
from pourtous.demo.loading import load
from pourtous.demo.scenario import read
from pourtous.kernel import clock
from pourtous.messaging.models import Message
from pourtous.places.exporters.files import build
from pourtous.places.import_queries import absences
from pourtous.places.models import ImportRun, Layer, Place, ProblemReport
from pourtous.places.operations.imports import import_file
from pourtous.places.operations.layers import differences
from pourtous.places.standard import OWN_FIELDS
from pourtous.runtime.program import DEMO_MARK
from pourtous.territories.geocoder import geocode
from pourtous.territories.models import Dataset, Zone
from pourtous.territories.operations import load_reference

pytestmark = pytest.mark.django_db
COUNTED = (Place, ProblemReport, User, Membership, Zone)


@pytest.fixture(autouse=True)
def _communes():
    load_reference(now=clock.now())


def picture():
    """All that has a fixed id or code, and what says the rest: the same on any machine."""
    fixed = {model.__name__: sorted(str(pk) for pk in model.objects.values_list("pk", flat=True)) for model in COUNTED}
    return {
        **fixed,
        "places": sorted(Place.objects.values_list("code", "name", "state", "unit__name", "phone", "opening_hours")),
        "layers": sorted(Layer.objects.values_list("collector", "local_id", "place__code", "digest")),
        "runs": sorted(ImportRun.objects.values_list("collector", "file_name", "file_sha256", "state")),
        "events": sorted(Event.objects.values_list("verb", "actor_label")),
        "messages": sorted(Message.objects.values_list("to", "state")),
        "invitations": sorted(Invitation.objects.values_list("email", "unit__name")),
        "datasets": sorted(Dataset.objects.values_list("name", "revision", "digest")),
    }


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


def test_two_empty_databases_get_the_same_demonstration():
    first = picture_of_a_fresh_load()
    assert picture_of_a_fresh_load() == first


def picture_of_a_fresh_load():
    with suppress(RollbackError), transaction.atomic():
        load(clock.now())
        found = picture()
        raise RollbackError
    return found


class RollbackError(Exception):
    """Ends a load without leaving anything."""


def test_the_code_of_a_place_that_tests_and_pictures_name():
    load(clock.now())
    assert Place.objects.get(code="8Q9DX31R").name == "Le Cabanon numérique"


@pytest.mark.parametrize("source", ["demo-departement", "demo-france-services"])
def test_what_a_collector_gave_comes_back_unchanged(source, tmp_path):
    load(clock.now())
    before = picture()
    report = bring_back(tmp_path, source=source, content=build("csv", source=source).content)
    assert (report.rows, report.unchanged, report.absent) == (report.rows, report.rows, 0)
    assert report.rows >= 15
    assert picture()["layers"] == before["layers"]
    assert picture()["places"] == before["places"]


def test_the_whole_directory_comes_back_unchanged(tmp_path):
    load(clock.now())
    before = picture()
    report = bring_back(tmp_path, source="demo-departement", content=build("csv").content)
    assert (report.unchanged, report.absent) == (report.rows, 0)
    assert picture()["places"] == before["places"]


def bring_back(folder, *, source, content):
    path = folder / "export.csv"
    path.write_bytes(content)
    return import_file(path=path, source=source, actor=None, now=clock.now())


def test_imports_tell_what_was_wrong_in_their_files():
    load(clock.now())
    october, november = ImportRun.objects.filter(collector="demo-associations").order_by("started_at")
    assert (october.report["created"], october.report["rejected"]) == (5, 1)
    told = {(one["severity"], one["field"]) for one in october.report["problems"]}
    assert told >= {
        ("error", "commune"),
        ("warning", "pivot"),
        ("warning", "horaires"),
        ("warning", "date_maj"),
        ("warning", "services"),
        ("warning", "courriels"),
        ("warning", "latitude"),
    }
    assert november.report["absent"] == 1
    assert ("difference", "horaires") in {(one["severity"], one["field"]) for one in november.report["problems"]}


def test_a_row_gone_from_a_file_waits_for_a_decision():
    load(clock.now())
    assert [layer.place.name for layer in absences("demo-associations")] == ["La Bobine connectée"]


def test_a_manager_says_something_else_than_the_source():
    load(clock.now())
    place = Place.objects.get(name="Maison des Voisins")
    assert set(differences(place, place.layers.get().values)) == {"phone", "opening_hours", "updated_on"}


def test_only_the_manager_says_what_a_file_cannot():
    load(clock.now())
    edited = {name for row in read("edits") for name in row["changes"]} | {"updated_on"}
    for place in Place.objects.filter(layers__collector="demo-departement"):
        assert set(place.managed) <= {*OWN_FIELDS, *edited}, place.name


def test_one_invitation_waits_and_one_is_too_old():
    now = clock.now()
    load(now)
    assert {one.state(now) for one in Invitation.objects.all()} == {InvitationState.OPEN, InvitationState.EXPIRED}
    assert Message.objects.count() == 2
    assert Message.objects.get(to="lise.carbou@departement.example").state == "sent"


def test_the_journal_names_several_people():
    load(clock.now())
    assert Event.objects.exclude(actor=None).values("actor").distinct().count() >= 5


def test_most_places_have_a_unit_that_looks_after_them():
    load(clock.now())
    assert Place.objects.exclude(unit=None).count() >= 60


@pytest.mark.parametrize(
    "email",
    ["aline.vernet@departement.example", "ines.tourbe@cabanon.example", "claire.donnadieu-pic@lecteurs.example"],
)
def test_something_waits_for_those_who_steer_or_manage_places(email, rf):
    load(clock.now())
    request = rf.get("/travail/")
    request.user = User.objects.get(email=email)
    assert any(panel.count for panel in panels(request))


def test_a_geocoder_that_was_already_running_sees_the_streets():
    assert not [one for one in geocode("14 quai des Jouteurs 34110 Frontignan") if one.level == "number"]
    load(clock.now())
    assert geocode("14 quai des Jouteurs 34110 Frontignan")[0].level == "number"


@pytest.fixture
def _without_work(monkeypatch):
    """The working life is loaded once, in test_work."""
    monkeypatch.setattr("pourtous.demo.commands.load_work", lambda _now: 0)


@pytest.mark.usefixtures("_without_work")
def test_prepare_loads_once(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("POURTOUS_DATA_DIR", str(tmp_path))
    assert prepare()
    assert (tmp_path / DEMO_MARK).exists()
    assert not prepare()
    assert "invented" in capsys.readouterr().out


@pytest.mark.usefixtures("_without_work")
def test_prepare_loads_again_when_the_scenario_has_changed(tmp_path, monkeypatch):
    monkeypatch.setenv("POURTOUS_DATA_DIR", str(tmp_path))
    prepare()
    (tmp_path / DEMO_MARK).write_text("of another day")
    assert prepare()
