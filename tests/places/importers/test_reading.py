"""What a file may hold that no database keeps, and what is no table at all."""

import json
from contextlib import suppress

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.places.importers.reading import Table
from pourtous.places.models import Place
from pourtous.places.operations.imports import import_file

ODD = "S\ud800è\udfffte\0"
COLUMNS = [
    "adresse",
    "code_insee",
    "code_postal",
    "courriels",
    "date_maj",
    "horaires",
    "latitude",
    "presentation_detail",
    "presentation_resume",
    "services",
    "site_web",
    "source",
    "structure_parente",
    "telephone",
    "typologie",
    "unknown",
]


@pytest.fixture
def odd(tmp_path):
    rows = [
        {"id": ODD, "nom": ODD, "commune": ODD, **dict.fromkeys(COLUMNS, value)} for value in (ODD, [ODD], {ODD: ODD})
    ]
    for number, row in enumerate(rows):
        row["id"] += str(number)
    path = tmp_path / "odd.json"
    path.write_text(json.dumps(rows))
    return path


def test_halves_of_characters_and_nul_go(odd):
    text = "".join("".join(row.values()) for row in Table(odd))
    assert "\0" not in text
    text.encode()


@pytest.mark.django_db
def test_such_a_file_is_imported(odd):
    from pourtous.kernel.clock import now

    report = import_file(path=odd, source="odd", actor=None, now=now())
    json.dumps(report.as_json(), ensure_ascii=False).encode()
    assert report.rows == 3
    assert {place.name for place in Place.objects.all()} <= {"Sète"}


def test_a_list_of_anything_else_is_no_list_of_places(tmp_path):
    path = tmp_path / "words.json"
    path.write_text('["a", 3, null]')
    with pytest.raises(DomainError):
        Table(path)


def test_lists_in_lists_are_read_or_refused(tmp_path):
    path = tmp_path / "deep.json"
    for depth in (*range(400, 1000), 100_000):
        path.write_text('[{"id":"1","nom":"a","commune":"b","x":' + "[" * depth + "]" * depth + "}]")
        with suppress(DomainError):
            assert Table(path).count == 1
