import json
from datetime import UTC, datetime, timedelta

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.places.enums import Network, PlaceState, PositionOrigin, RunState
from pourtous.places.exporters import files
from pourtous.places.models import ImportRun, Layer, Place
from pourtous.places.operations.imports import import_file
from pourtous.places.standard import NAMES
from tests.places.factories import PlaceFactory
from tests.territories.factories import AddressFactory, CommuneFactory, StreetFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

ROW = {
    "id": "a1",
    "pivot": "12345678200010",
    "nom": "Maison des Outils",
    "commune": "Roquevive",
    "code_postal": "34990",
    "code_insee": "34901",
    "adresse": "2 rue du Lavoir",
    "latitude": "43.61",
    "longitude": "3.87",
    "typologie": "ASSO|TIERS_LIEUX",
    "telephone": "04 65 71 20 10",
    "courriels": "bonjour@outils.example|aide@outils.example",
    "site_web": "https://outils.example/",
    "horaires": "Mo-Fr 09:00-12:00",
    "presentation_resume": "On vous aide.",
    "presentation_detail": "Première ligne\nSeconde ligne, avec « guillemets »",
    "source": "Collectif inventé",
    "itinerance": "Fixe",
    "date_maj": "2026-10-01",
    "services": "Aide aux démarches administratives|Utilisation sécurisée du numérique",
    "publics_specifiquement_adresses": "Seniors",
    "prise_en_charge_specifique": "Illettrisme",
    "frais_a_charge": "Gratuit",
    "dispositif_programmes_nationaux": "Aidants Connect",
    "formations_labels": "ORDI 3.0",
    "autres_formations_labels": "LAM|Label du coin",
    "modalites_acces": "Se présenter|Téléphoner",
    "modalites_accompagnement": "En autonomie",
    "fiche_acces_libre": "https://acces.example/fiche",
    "prise_rdv": "https://rdv.example/",
}


@pytest.fixture
def load(tmp_path):
    def load(*rows, source="collectif", now=NOW, **options):
        path = tmp_path / "lieux.json"
        path.write_text(json.dumps(rows), encoding="utf-8")
        return import_file(path=path, source=source, actor=None, now=now, **options)

    return load


def row(**changes):
    return {**ROW, **changes}


def counts(report):
    return report.rows, report.created, report.updated, report.unchanged, report.rejected


def messages(report, severity="warning"):
    return {(one.field, one.value) for one in report.problems if one.severity == severity}


def test_a_row_of_the_standard_becomes_a_place_with_all_its_columns(load):
    report = load(ROW)
    place = Place.objects.get()
    assert counts(report) == (1, 1, 0, 0, 0)
    assert report.problems == []
    assert (place.name, place.phone, place.latitude) == ("Maison des Outils", "+33465712010", 43.61)
    assert place.emails == ("bonjour@outils.example", "aide@outils.example")
    assert place.description == "Première ligne\nSeconde ligne, avec « guillemets »"
    assert place.networks == (Network.LAM,)
    assert place.other_labels == ("Label du coin",)
    assert place.source == "Collectif inventé"
    assert place.position_origin == PositionOrigin.GIVEN
    assert place.search_text


def test_the_same_file_again_changes_nothing(load):
    load(ROW, row(id="a2", date_maj="1970-01-01"))
    before = list(Place.objects.values())
    report = load(ROW, row(id="a2", date_maj="1970-01-01"), now=NOW + timedelta(days=1))
    assert counts(report) == (2, 0, 0, 2, 0)
    assert report.warnings == 1
    assert list(Place.objects.values()) == before


def test_a_changed_row_updates_its_place_only(load):
    load(ROW, row(id="a2"))
    report = load(row(nom="Maison neuve"), row(id="a2"), now=NOW + timedelta(days=1))
    assert counts(report) == (2, 0, 1, 1, 0)
    assert set(Place.objects.values_list("name", flat=True)) == {"Maison neuve", "Maison des Outils"}


def test_a_row_without_id_name_or_commune_is_rejected_with_the_reason(load):
    report = load(row(id=" "), row(id="b", nom=""), row(id="c", commune="0"), row(id="d"))
    assert counts(report) == (4, 1, 0, 0, 3)
    assert [(one.row, one.field) for one in report.problems] == [(1, "id"), (2, "nom"), (3, "commune")]
    assert {one.severity for one in report.problems} == {"error"}


def test_wrong_optional_values_are_set_aside_and_told(load):
    wrong = {
        "pivot": "00000000000000",
        "telephone": "01 23",
        "courriels": "pas une adresse",
        "site_web": "javascript:alert(1)",
        "horaires": "Mo-Fr 09:00-12:00; Sa 17:00",
        "date_maj": "1969-12-31",
        "services": "Faire le café",
        "code_postal": "ABCDE",
        "latitude": "0",
        "longitude": "0",
        "presentation_resume": "x" * 281,
    }
    report = load(row(**wrong))
    place, layer = Place.objects.get(), Layer.objects.get()
    told = {one.field for one in report.problems}
    assert told == set(wrong) - {"longitude"}
    assert (place.phone, place.opening_hours, place.updated_on, place.services) == ("", "", None, ())
    assert layer.kept["services"] == "Faire le café"
    assert set(layer.kept) == told


def test_the_second_of_two_rows_with_one_id_is_rejected(load):
    report = load(ROW, row(nom="Autre nom"))
    assert counts(report) == (2, 1, 0, 0, 1)
    assert Place.objects.get().name == "Maison des Outils"


def test_the_managers_value_stands_and_the_difference_is_listed(load):
    load(ROW)
    Place.objects.update(managed=("opening_hours",), opening_hours="Tu 10:00-12:00")
    report = load(row(horaires="We 10:00-12:00"))
    assert Place.objects.get().opening_hours == "Tu 10:00-12:00"
    assert messages(report, "difference") == {("horaires", "We 10:00-12:00")}
    assert messages(load(row(horaires="We 10:00-12:00")), "difference") == {("horaires", "We 10:00-12:00")}


def test_rows_no_longer_in_the_file_wait_and_come_back(load):
    load(ROW, row(id="a2"))
    report = load(ROW, now=NOW + timedelta(days=1))
    assert report.absent == 1
    assert Layer.objects.get(local_id="a2").absent_since == NOW + timedelta(days=1)
    assert set(Place.objects.values_list("state", flat=True)) == {PlaceState.PUBLISHED}
    assert load(ROW, row(id="a2")).unchanged == 2
    assert not Layer.objects.exclude(absent_since=None).exists()


def test_a_dry_run_tells_the_same_and_writes_nothing(load):
    told = load(ROW, row(id=""), dry_run=True)
    assert not Place.objects.exists()
    assert not ImportRun.objects.exists()
    assert counts(told) == counts(load(ROW, row(id="")))


def test_two_collectors_with_the_same_id_make_two_places(load):
    load(ROW)
    load(ROW, source="autre")
    assert Place.objects.count() == 2


def test_the_commune_is_found_by_code_by_old_writing_or_stays_text(load):
    vive = CommuneFactory(code="34901", name="Saint-Vive-les-Eaux", postcodes=("34990",))
    load(
        row(id="1"),
        row(id="2", code_insee="", commune="ST VIVE LES EAUX"),
        row(id="3", code_insee="", commune="Saint-Vive-les-Eaux", code_postal="07000"),
        row(id="4", code_insee="2A004", commune="Ailleurs", code_postal="20000"),
    )
    found = {layer.local_id: layer.place for layer in Layer.objects.select_related("place")}
    assert found["1"].commune == found["2"].commune == vive
    assert found["3"].commune is None
    assert (found["4"].commune, found["4"].departement, found["4"].commune_name) == (None, "2A", "Ailleurs")


def test_a_missing_position_is_worked_out_and_marked(load):
    commune = CommuneFactory(code="34901")
    load(row(latitude="", longitude=""))
    place = Place.objects.get()
    assert place.position_origin == PositionOrigin.GEOCODED
    assert place.position_level == "commune"
    assert (place.latitude, place.longitude) == (commune.latitude, commune.longitude)
    assert load(row(latitude="", longitude="")).unchanged == 1


def test_an_address_of_the_reference_gives_a_finer_position(load):
    street = StreetFactory(
        commune=CommuneFactory(code="34901", name="Roquevive"), name="Rue du Lavoir", postcode="34990"
    )
    house = AddressFactory(street=street, number=2, latitude=43.5001, longitude=3.7002)
    load(row(latitude="", longitude="", adresse="2 rue du lavoir"))
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (house.latitude, house.longitude)
    assert (place.position_origin, place.position_level) == (PositionOrigin.GEOCODED, "number")


def test_the_run_is_recorded_with_its_report(load):
    load(ROW)
    run = ImportRun.objects.get()
    assert (run.state, run.report["created"], run.report["problems_total"]) == (RunState.DONE, 1, 0)


def test_a_file_that_cannot_be_read_writes_nothing(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("colonne,autre\n1,2\n", encoding="utf-8")
    with pytest.raises(DomainError, match="colonne"):
        import_file(path=path, source="x", actor=None, now=NOW)
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize("source", ["", "Été 2026", "pourtous", "x" * 41])
def test_the_source_must_have_a_name_of_its_own(load, source):
    with pytest.raises(DomainError):
        load(ROW, source=source)


# --- Export, and import of what was exported.


def exported(name="csv", source=""):
    return files.build(name, source=source).content


@pytest.fixture
def back(tmp_path):
    def back(content, source, name="lieux.csv"):
        path = tmp_path / name
        path.write_bytes(content)
        return import_file(path=path, source=source, actor=None, now=NOW + timedelta(days=2))

    return back


def test_the_export_has_the_columns_of_the_standard_in_order(load):
    load(ROW)
    header = exported().decode().splitlines()[0]
    assert tuple(header.split(",")) == NAMES
    assert json.loads(exported("geojson"))["features"][0]["geometry"]["coordinates"] == [3.87, 43.61]


@pytest.mark.parametrize("name", ["csv", "json", "geojson"])
@pytest.mark.parametrize("source", ["", "collectif"])
def test_importing_what_was_exported_changes_nothing(load, back, name, source):
    load(
        ROW,
        row(id="a2", pivot="", date_maj="", site_web="", services="Inconnu"),
        row(id="a3", latitude="", longitude=""),
    )
    PlaceFactory(name="Lieu fait ici", networks=("LAM",), accepts_pass=True, walk_in=True)
    before, layers = list(Place.objects.order_by("code").values()), list(Layer.objects.order_by("pk").values())
    content = exported(name, source)
    report = back(content, source or "ailleurs", f"lieux.{name}")
    assert (report.created, report.updated) == (0, 0)
    assert report.unchanged == (3 if source else 4)
    assert list(Place.objects.order_by("code").values()) == before
    assert list(Layer.objects.order_by("pk").values()) == layers
    assert exported(name, source) == content


def test_export_import_elsewhere_export_gives_the_same_bytes(load, back):
    load(ROW, row(id="a2", services="", autres_formations_labels="Pass numérique|QPV"))
    content = exported("csv", "collectif")
    Place.objects.all().delete()
    back(content, "collectif")
    assert exported("csv", "collectif") == content


def test_what_is_inferred_hidden_or_closed_does_not_go_out(load):
    CommuneFactory(code="34901")
    load(row(services="", dispositif_programmes_nationaux="France Services", latitude="", longitude=""))
    PlaceFactory(name="Caché", state=PlaceState.HIDDEN)
    PlaceFactory(name="Fermé", state=PlaceState.CLOSED)
    (found,) = json.loads(exported("json"))
    assert (found["services"], found["latitude"]) == (None, None)


def test_a_lam_and_the_pass_are_said_in_the_words_of_the_standard():
    PlaceFactory(networks=("LAM",), accepts_pass=True, typologies=("ASSO",))
    (found,) = json.loads(exported("json"))
    assert found["typologie"] == "ASSO|EPN"
    assert found["autres_formations_labels"] == "LAM|Pass numérique"


def test_an_unknown_collector_cannot_be_exported():
    with pytest.raises(DomainError):
        files.build("csv", source="personne")


def test_the_whole_export_under_the_name_of_one_collector_makes_no_row_absent(load, back):
    load(ROW)
    report = back(exported(), "collectif")
    assert (report.unchanged, report.absent) == (1, 0)
    assert Layer.objects.get().absent_since is None


def test_entities_of_html_are_read_and_addresses_of_the_web_keep_their_signs(load):
    site = "https://outils.example/?a=1&copy=2"
    load(
        {
            **ROW,
            "nom": "Clic &amp; Outils",
            "presentation_detail": "L&#39;aide\nde tous &eacute;t&eacute;",
            "site_web": site,
        }
    )
    place = Place.objects.get()
    assert (place.name, place.description, list(place.websites)) == ("Clic & Outils", "L'aide\nde tous été", [site])
