import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pourtous.kernel.errors import DomainError
from pourtous.kernel.tables import csv_for_people, escape_formula, read_csv, write_csv, xlsx_for_people

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(str.strip).filter(bool)


def read(text):
    return list(read_csv(io.StringIO(text, newline="")))


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_by_column_whatever_the_separator(separator, end):
    text = end.join([separator.join(["nom", "commune"]), separator.join(["Les Tamaris", " Sète "]), ""])
    assert read(text) == [{"nom": "Les Tamaris", "commune": "Sète"}]


def test_what_is_odd_but_clear_is_read():
    assert read("\ufeffnom\u00a0,commune,\nA,B,C,D\nE\n,,\n\n") == [{"nom": "A", "commune": "B"}, {"nom": "E"}]
    assert read("a,b\n") == []
    assert read('a,b\n"1\n2",3\n') == [{"a": "1\n2", "b": "3"}]
    assert read('a,b\nécran 5",3\n') == [{"a": 'écran 5"', "b": "3"}]


BAD = {
    "empty": "",
    "one column": "nom\nA\n",
    "doubles": "nom,commune,nom\n1,2,3\n",
    "too many": ",".join(map(str, range(10_000))),
    "endless header": "x" * (2 << 20) + ",b\n",
    "endless cell": 'a,b\n1,"' + "x" * (2 << 20),
    "quote not closed": 'a,b\n1,2\n3,"4\n5,6\n7,8\n',
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_gets_a_sentence(text):
    with pytest.raises(DomainError):
        read(text)


def test_the_line_of_a_quote_that_is_not_closed_is_told():
    with pytest.raises(DomainError, match="3"):
        read('a,b\n1,2\n3,"4\n5,6\n7,8\n')


def test_a_cell_too_long_is_called_so():
    with pytest.raises(DomainError, match=r"3.*long"):
        read("a,b\n1,2\n3," + "x" * 2_000_000 + "\n")


@given(st.lists(st.tuples(words, words), max_size=8))
def test_what_is_written_is_read_back(rows):
    out = io.StringIO(newline="")
    written = [dict(zip(("nom", "commune"), row, strict=True)) for row in rows]
    assert write_csv(out, ["nom", "commune"], written) == len(rows)
    assert read(out.getvalue()) == written


FORMULAS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(A1)",
    "  =1+1",
    "\u00a0=1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\u2003=1+1",
    "\x0b=1+1",
    '=HYPERLINK("x";"y")',
    '=cmd|"/c calc"!A0',
    "+33 4 65 71 20 10 =1",
]


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_formula_survives(formula):
    assert escape_formula(formula) == "'" + formula


@pytest.mark.parametrize("value", ["+33 4 65 71 20 10", "+33465712010", "Sète", "", "a=b", "l'aide", 5, -5.5, None])
def test_what_is_no_formula_is_left_alone(value):
    assert escape_formula(value) == value


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=20)), max_size=5))
def test_no_cell_of_a_file_for_people_starts_a_formula(rows):
    text = csv_for_people(["=nom"], rows).decode("utf-8-sig")
    back = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert len(back) == len(rows) + 1
    for row, given_row in zip(back[1:], rows, strict=True):
        cell = "".join(row)
        assert cell.endswith(given_row[0])
        assert not cell.lstrip().startswith(("=", "@", "-", "＝"))
    assert back[0] == ["'=nom"]


def test_a_spreadsheet_comes_back_as_it_was():
    rows = [("=1+1", 5, None), ("Sète\u00a0!", -2.5, "x" * 40_000), ("https://x.example", 0, "+33 4 65 71 20 10")]
    content = xlsx_for_people("Un titre bien trop long pour un onglet de tableur", ["nom", "n", "z"], rows)
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert sheet[0] == ["nom", "n", "z"]
    assert sheet[1][0] == "=1+1"
    assert len(sheet[2][2]) == 32_767
    assert sheet[3] == ["https://x.example", 0, "+33 4 65 71 20 10"]
