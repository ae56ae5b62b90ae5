from datetime import date

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.people.importers.workbooks import LIMIT, MOST_ROWS, read
from tests.kernel.books import with_part
from tests.people.importers.books import HEADER, KARIM, ODILE, book


@pytest.fixture
def at(tmp_path):
    def write(content, name="file.xlsx"):
        path = tmp_path / name
        path.write_bytes(content)
        return path

    return write


def test_the_model_of_la_coop_is_read_from_its_fourth_row(at):
    sheet = read(at(book(ODILE, KARIM)))
    assert [(one.number, one.cells["last_name"], one.cells["birth_year"]) for one in sheet.lines] == [
        (4, "Ferrand", "1956"),
        (5, "Belloc", "1990"),
    ]
    assert sheet.remarks == []


def test_empty_rows_are_passed_over_and_rows_keep_their_number(at):
    assert [one.number for one in read(at(book(ODILE, [], KARIM))).lines] == [4, 6]


def test_a_plain_header_does_too(at):
    assert [one.number for one in read(at(book(ODILE, header=[HEADER[2]]))).lines] == [2]


def test_numbers_days_and_zeros_as_a_spreadsheet_leaves_them(at):
    row = ["Ferrand", "Odile", date(1956, 3, 12), "", 1004, 1000, 639981234, "", "F", ""]
    cells = read(at(book(row))).lines[0].cells
    assert (cells["birth_year"], cells["insee"], cells["phone"]) == ("1956-03-12", "1004", "639981234")


def test_a_number_the_spreadsheet_has_cut_is_named(at):
    row = [*ODILE[:6], 3.4e15, *ODILE[7:]]
    assert read(at(book(row))).lines[0].rounded == {"phone"}


def test_hidden_sheets_are_told_and_not_read(at):
    assert len(read(at(book(ODILE, hidden=True))).remarks) == 1


def test_a_formula_gives_the_value_it_was_saved_with(at):
    content = book(ODILE, formula=(3, 2, "=1900+56", None, 1956))
    assert read(at(content)).lines[0].cells["birth_year"] == "1956"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 not a workbook",
        b"\xd0\xcf\x11\xe0" + b"x" * 600,
        book(),
        book(header=[["a", "b"]]),
        book(ODILE, far=(900_000, 3)),
        book(ODILE, far=(3, 16_000)),
        book(*([KARIM] * (MOST_ROWS + 1))),
        book(ODILE)[:2000],
        with_part(book(ODILE), "xl/vbaProject.bin", b"macro"),
        with_part(book(ODILE), "xl/bomb.xml", b"0" * (70 << 20)),
        b"x" * (LIMIT + 1),
        b"a,b\n1,2\n",
        b"Nom,Pr\xc3\xa9nom\n",
        b"Nom,Pr\xc3\xa9nom\nFerrand,Odile\0\n",
    ],
    ids=range(15),
)
def test_what_cannot_be_read_gets_a_sentence(at, content):
    with pytest.raises(DomainError) as raised:
        read(at(content))
    assert len(str(raised.value)) > 15


def test_a_csv_of_the_same_columns_in_any_order(at):
    content = "Prénom*;Nom*;Année de naissance;Téléphone;Genre\nOdile;Ferrand;1956;0639981234;F\n"
    line = read(at(content.encode("cp1252"), "file.csv")).lines[0]
    assert (line.number, line.cells["first_name"], line.cells["phone"]) == (2, "Odile", "0639981234")
