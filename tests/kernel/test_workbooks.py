from datetime import date, datetime

import pytest

from pourtous.kernel.errors import DomainError
from pourtous.kernel.workbooks import MOST_PARTS, Limits, is_workbook, read_workbook, text
from tests.kernel.books import book_of, with_part

LIMITS = Limits(sent=1 << 20, unpacked=2 << 20, rows=4, farthest_row=10)
ONE = {"Lieux": [["nom", "ouvert le"], ["Les Tamaris", date(2026, 3, 12)], ["Le Lavoir", 7]]}
OLD = b"\xd0\xcf\x11\xe0" + b"x" * 600


@pytest.fixture
def at(tmp_path):
    def write(content):
        path = tmp_path / "file.xlsx"
        path.write_bytes(content)
        return path

    return write


def test_the_cells_of_each_sheet_are_as_they_were_written(at):
    book = read_workbook(at(book_of({**ONE, "Autre": [["a"]]})), LIMITS)
    assert [*book.sheets] == ["Lieux", "Autre"]
    assert book.sheets["Lieux"] == [["nom", "ouvert le"], ["Les Tamaris", date(2026, 3, 12)], ["Le Lavoir", 7.0]]


def test_hidden_sheets_are_counted_and_not_read(at):
    book = read_workbook(at(book_of({**ONE, "Cachée": [["secret"]]}, hidden=("Cachée",))), LIMITS)
    assert ([*book.sheets], book.hidden) == (["Lieux"], 1)


def test_rows_beyond_the_limit_are_not_read(at):
    assert len(read_workbook(at(book_of({"Lieux": [["x"]] * 9})), LIMITS).sheets["Lieux"]) == LIMITS.rows


def test_empty_rows_above_the_table_keep_their_place(at):
    assert read_workbook(at(book_of({"Lieux": [[], [], ["nom"]]})), LIMITS).sheets["Lieux"][2] == ["nom"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "pas un classeur"),
        (b"nom;commune\n", "pas un classeur"),
        (with_part(b"", "mimetype", b"epub"), "pas un classeur"),
        (with_part(b"", "xl/workbook.xml", b"<no workbook>"), "abîmé"),
        (book_of(ONE)[:2000], "abîmé"),
        (OLD, "ancien"),
        (b"PK\x03\x04" + b"x" * LIMITS.sent, "est de 1 Mo"),
        (with_part(book_of(ONE), "xl/bomb.xml", b"0" * (3 << 20)), "décompressé. La limite est de 2 Mo"),
        (with_part(book_of(ONE), "xl/vbaProject.bin", b"macro"), "macros"),
        (book_of({"Lieux": [*[[]] * LIMITS.farthest_row, ["x"]]}), "loin du tableau"),
        (book_of({"Lieux": [[*[None] * 703, "x"]]}), "loin du tableau"),
    ],
    ids=range(11),
)
def test_what_cannot_be_read_gets_a_sentence(at, content, sentence):
    with pytest.raises(DomainError, match=sentence):
        read_workbook(at(content), LIMITS)


def test_an_archive_of_countless_parts_is_no_workbook(at):
    content = book_of(ONE)
    for number in range(MOST_PARTS):
        content = with_part(content, f"xl/{number}.xml", b"")
    with pytest.raises(DomainError, match="pas un classeur"):
        read_workbook(at(content), LIMITS)


def test_a_far_cell_is_seen_where_a_part_is_read_in_two_blocks(at):
    part = b" " * ((1 << 20) - 8) + b'<c r="A11"/>'
    with pytest.raises(DomainError, match="loin du tableau"):
        read_workbook(at(with_part(book_of(ONE), "xl/worksheets/sheet9.xml", part)), LIMITS)


def test_a_workbook_is_known_by_how_it_begins(at):
    assert is_workbook(at(book_of(ONE)))
    assert not is_workbook(at(b"nom;commune\n"))
    with pytest.raises(DomainError):
        is_workbook(at(OLD))


@pytest.mark.parametrize(
    ("cell", "typed"),
    [
        (1956.0, "1956"),
        (1.5, "1.5"),
        (date(1956, 3, 12), "1956-03-12"),
        (datetime(1956, 3, 12, 10, 30), "1956-03-12"),  # noqa: DTZ001 (spreadsheets know no zone)
        (True, "oui"),
        (False, "non"),
        (" a\0b\n", "ab"),
        ("\ud800x", "x"),
    ],
)
def test_a_cell_as_a_person_would_have_typed_it(cell, typed):
    assert text(cell) == typed
