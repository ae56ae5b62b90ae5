import csv

import pytest

from pourtous.accounts.models import User
from pourtous.kernel.errors import DomainError
from pourtous.runtime import exporting, exports

pytestmark = pytest.mark.django_db


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_table_goes_out_without_secrets(tmp_path):
    User.objects.create_user("camille@example.example", 'Camille; "Essai"\nDeux', "a long password")
    folder = tmp_path / "all"
    counts = exporting.export_all(folder)
    assert counts["accounts_user"] == 1
    (row,) = read(folder / "accounts_user.csv")
    assert row["name"] == 'Camille; "Essai"\nDeux'
    assert "password" not in row
    assert {path.stem for path in folder.glob("*.csv")} == {*counts, "dictionnaire"}


def test_the_dictionary_says_what_is_personal_and_what_was_left_out(tmp_path):
    exporting.export_all(tmp_path / "all")
    said = {(entry["table"], entry["column"]): entry for entry in read(tmp_path / "all" / "dictionnaire.csv")}
    assert said["accounts_user", "email"]["personal"] == "yes"
    assert said["accounts_user", "email"]["retention"]
    assert said["accounts_user", "password"]["exported"] == "no"
    assert said["django_session", ""]["exported"] == "no"


def test_a_declared_table_replaces_the_models_it_covers(tmp_path, monkeypatch):
    monkeypatch.setattr(exports, "_tables", {})

    @exports.table("people", "One row a person", covers=["accounts.User"])
    def people():
        return [exports.Column("who", "The name")], [("Camille",)]

    counts = exporting.export_all(tmp_path / "all")
    assert counts["people"] == 1
    assert "accounts_user" not in counts
    assert read(tmp_path / "all" / "people.csv") == [{"who": "Camille"}]


def test_an_earlier_export_is_replaced_whole(tmp_path):
    folder = tmp_path / "all"
    exporting.export_all(folder)
    (folder / "gone.csv").write_text("a table that no longer exists")
    exporting.export_all(folder)
    assert not (folder / "gone.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def test_something_else_is_never_overwritten(tmp_path):
    (tmp_path / "mine.txt").write_text("precious")
    with pytest.raises(DomainError):
        exporting.export_all(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "precious"


def test_a_failure_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(exports, "_tables", {})

    @exports.table("broken", "Fails half-way")
    def broken():
        def rows():
            yield ("a",)
            raise OSError(28, "No space left on device")

        return [exports.Column("x", "X")], rows()

    with pytest.raises(DomainError):
        exporting.export_all(tmp_path / "all")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["password", "invitation_token", "token", "secret"])
def test_secrets_are_known_by_their_name(name):
    assert exporting.is_secret(name)
    assert not exporting.is_secret("shopping")
