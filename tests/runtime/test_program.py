"""The program says in one line what is wrong with a file somebody named."""

import pytest

from pourtous.runtime.program import main

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "words",
    [
        ["import", "places", "x" * 300, "--source", "a"],
        ["import", "addresses", "x" * 300],
        ["import", "places", "absent.csv", "--source", "a"],
        ["import", "addresses", "."],
        ["export", "places", "--output", "absent/folder/places.csv"],
        ["export", "places", "--output", "."],
        ["export", "all", "/dev/null/x"],
    ],
    ids=lambda words: " ".join(words)[:40],
)
def test_one_line_and_status_2(words, capsys):
    assert main(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("pourtous: ")
    assert said.count("\n") == 1


def test_no_import_whose_report_could_not_be_written(tmp_path, capsys):
    from pourtous.places.models import Place

    file = tmp_path / "places.csv"
    file.write_text("id,nom,commune\n1,Un lieu,Sète\n")
    asked = ["import", "places", str(file), "--source", "a", "--report", str(tmp_path / "absent" / "r.json")]
    assert main(asked) == 2
    assert "absent" in capsys.readouterr().err
    assert not Place.objects.exists()
