"""Files of the national address base: invented rows in its 23 columns."""

import fcntl
import gzip
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pourtous.audit.models import Event
from pourtous.kernel.errors import DomainError
from pourtous.runtime import program
from pourtous.territories import operations
from pourtous.territories.geocoder import geocode
from pourtous.territories.importers import addresses
from pourtous.territories.importers.address_rows import KNOWN, NEEDED, Rejected, read_row
from pourtous.territories.models import Address, Street
from tests.territories.factories import CommuneFactory, FormerCommuneFactory

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def row(key="34901_0010_00012", **values):
    number = [*key.split("_"), "", ""][2].lstrip("0")
    known = {
        "id": key,
        "numero": number,
        "nom_voie": "Rue des Lilas Blancs",
        "code_postal": "34990",
        "code_insee": key[:5] or "34901",
        "nom_commune": "Roquevive",
        "lon": "3.51",
        "lat": "43.51",
    }
    return {**dict.fromkeys(KNOWN, ""), **known, **values}


def text(*rows, columns=KNOWN):
    lines = [";".join(columns), *(";".join(one.get(name, "") for name in columns) for one in rows)]
    return "\n".join(lines) + "\n"


@pytest.fixture
def file(tmp_path):
    def write(content, name="adresses-34.csv"):
        path = tmp_path / name
        data = content if isinstance(content, bytes) else content.encode()
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return path

    return write


@pytest.fixture(autouse=True)
def town():
    return CommuneFactory(code="34901", name="Roquevive", postcodes=("34990",))


def bring(path, **more):
    return operations.import_addresses(path=path, actor=None, now=NOW, **more)


def state():
    streets = Street.objects.order_by("id").values_list("id", "name", "commune_id", "is_locality", "latitude")
    houses = Address.objects.order_by("id").values_list("id", "street_id", "number", "suffix", "latitude")
    return list(streets), list(houses)


@pytest.mark.parametrize("name", ["adresses-34.csv", "adresses-34.csv.gz"])
def test_streets_and_numbers_come_in_and_are_found(file, name):
    report = bring(
        file(text(row(lat="43.50"), row("34901_0010_00014", lat="43.52"), row("34901_0010_00014_bis", rep="bis")), name)
    )
    assert (report.rows, report.used, report.new, report.gone) == (3, 3, 3, 0)
    street = Street.objects.get()
    assert (street.id, street.commune_id, street.latitude) == ("34901_0010", "34901", pytest.approx(43.51))
    assert geocode("14 bis rue des lilas blancs roquevive")[0].id == "34901_0010_00014_bis"
    assert Event.objects.get().verb == "territories.import_addresses"


def test_columns_are_read_by_name_in_any_order_and_unknown_ones_are_ignored(file):
    columns = ("surprise", *reversed(KNOWN))
    bring(file(text(row(surprise="?"), columns=columns)))
    assert Address.objects.get().number == 12


def test_only_what_is_needed_is_enough(file):
    bring(file(text(row(), columns=NEEDED)))
    assert Address.objects.get().street.name == "Rue des Lilas Blancs"


def test_rows_of_other_communes_are_counted_and_left(file):
    report = bring(file(text(row(), row("30901_0010_00001"), row("99999_0010_00001"))))
    assert (report.used, report.elsewhere) == (1, 2)
    assert report.communes == {"34901"}


def test_a_commune_of_yesterday_is_stored_under_that_of_today(file, town):
    FormerCommuneFactory(code="34801", successor=town)
    bring(file(text(row("34801_0010_00003", nom_ancienne_commune="Vieuxbourg"))))
    street = Street.objects.get()
    assert (street.commune, street.former_commune) == (town, "Vieuxbourg")


def test_the_same_file_again_changes_nothing(file):
    path = file(text(row(), row("34901_0020_00001", nom_voie="Impasse du Puits")))
    bring(path)
    before = state()
    report = bring(path)
    assert state() == before
    assert (report.new, report.gone) == (0, 0)


def test_a_newer_file_updates_and_what_vanished_goes(file):
    bring(file(text(row(), row("34901_0010_00014"), row("34901_0020_00001", nom_voie="Impasse du Puits"))))
    report = bring(file(text(row(nom_voie="Rue des Lilas"), row("34901_0010_00016"))))
    assert (report.new, report.gone) == (1, 2)
    assert Street.objects.get().name == "Rue des Lilas"
    assert sorted(Address.objects.values_list("number", flat=True)) == [12, 16]


def test_communes_that_the_file_does_not_speak_of_keep_their_streets(file):
    CommuneFactory(code="34902", name="Saint-Félin")
    bring(file(text(row(), row("34902_0010_00001"))))
    bring(file(text(row("34901_0010_00014"))))
    assert sorted(Address.objects.values_list("id", flat=True)) == ["34901_0010_00014", "34902_0010_00001"]


def test_killed_half_way_then_run_again_gives_what_one_run_gives(file, monkeypatch):
    bring(file(text(row("34901_0099_00001", nom_voie="Rue Disparue"))))
    path = file(text(*(row(f"34901_0010_{n:05}", lat=f"43.5{n}") for n in range(1, 8))))
    monkeypatch.setattr(addresses, "BATCH", 2)

    def killed(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring(path, progress=killed)
    assert Address.objects.filter(street="34901_0010").count() == 2
    report = bring(path)
    whole = state()
    assert report.gone == 1
    assert Street.objects.get().latitude == pytest.approx(43.54)
    Address.objects.all().delete()
    Street.objects.all().delete()
    bring(path)
    assert state() == whole


def test_two_imports_at_once_are_refused(file, settings):
    with (settings.DATA_DIR / "addresses.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(DomainError):
            bring(file(text(row())))
    assert not Address.objects.exists()


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"lat": "", "lon": ""}, "no position"),
        ({"lat": "north"}, "no position"),
        ({"lat": "nan"}, "position out of France"),
        ({"lat": "3.51", "lon": "43.51"}, "position out of France"),
        ({"numero": "12345"}, "a house number that is none"),
        ({"numero": "douze"}, "a house number that is none"),
        ({"numero": "-3"}, "a house number that is none"),
        ({"nom_voie": "", "nom_ld": ""}, "no name of street or locality"),
        ({"nom_voie": "***"}, "no name of street or locality"),
        ({"id": "x" * 61}, "an identifier that is too long"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_and_the_others_come_in(file, values, reason):
    report = bring(file(text(row("34901_0010_00013", **values), row())))
    assert dict(report.rejected) == {reason: 1}
    assert report.examples[0][:2] == (2, reason)
    assert Address.objects.count() == 1


def test_quirks_of_real_files(file):
    rows = [
        row("34901_0010_00002", lon="3,51", lat="43,51"),
        row("34901_0010_00004", code_postal="34990.0"),
        row("34901_0010_00006", numero="6B"),
        row("34901_b007_99999", numero="99999", nom_voie="Mas du Vent"),
        row("", numero="8", id_fantoir="34901_0010"),
        row("", numero="10", nom_voie="Rue Sans Code"),
        row("34901_0030_00001", numero="1", nom_voie="", nom_ld="Les Aires"),
        row("34901_0010_00020", alias="Rue de l’Ancienne École"),
    ]
    report = bring(file(text(*rows)))
    assert (report.used, report.aliases) == (7, 1)
    by_id = {house.id: house for house in Address.objects.select_related("street")}
    assert by_id["34901_0010_00002"].latitude == 43.51
    assert by_id["34901_0010_00004"].postcode == "34990"
    assert by_id["34901_0010_00006"].suffix == "b"
    assert by_id["34901_0010_00008"].number == 8
    assert by_id["34901_rue-sans-code_00010"].street.name == "Rue Sans Code"
    assert Street.objects.get(id="34901_b007").is_locality
    assert Street.objects.get(id="34901_0030").name == "Les Aires"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"\xff\xfei\x00d\x00",
        b"id;numero\x00;lon",
        b"just one column\n1\n",
        b"a;b\n1;2\n",
        text().encode(),
        gzip.compress(text(row()).encode())[:-12],
        b"\x1f\x8bnot really gzip",
        ('"' + text(row())).encode(),
        b"id;id;numero\n1;2;3\n",
    ],
)
def test_a_wrong_file_gives_one_line_and_writes_nothing(file, content, capsys):
    path = file(b"")
    path.write_bytes(content)
    assert program.main(["import", "addresses", str(path)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("pourtous: ")
    assert err.count("\n") == 1
    assert not Address.objects.exists()


def test_a_missing_file_or_a_folder_gives_one_line(tmp_path, capsys):
    for path in (tmp_path / "nothing.csv", tmp_path):
        assert program.main(["import", "addresses", str(path)]) == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_the_command_prints_what_it_did(file, capsys):
    path = file(text(row(), row("34901_0010_00013", lat="3.5"), row("30901_0010_00001")))
    assert program.main(["import", "addresses", str(path)]) == 0
    out = capsys.readouterr().out
    assert "3" in out.splitlines()[0]
    assert len(out.splitlines()) == 4


def test_latin_1_files_read_well(file):
    bring(file(text(row(nom_voie="Rue de l’Été")).encode("cp1252")))
    assert Street.objects.get().name == "Rue de l’Été"


@given(st.fixed_dictionaries({name: st.text(max_size=30) for name in NEEDED}))
def test_any_row_is_read_or_rejected(values):
    found = read(values)
    assert found is None or (len(found.id) <= 60 and 0 <= found.number <= 9999)


def read(values):
    try:
        return read_row(values, "34901")
    except Rejected:
        return None
