"""Charts: their table says what was given, their drawing is in proportion, what people typed stays text."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from pourtous.kernel.tables import csv_for_people
from pourtous.ui.charts import (
    Outline,
    Outlines,
    bars,
    columns,
    commune_map,
    funnel,
    lines,
    stacked,
    steps_before_after,
)
from pourtous.ui.charts.plots import scale

EVIL = "<script>x</script>\"'&"
SQUARES = Outlines(20, 10, [Outline("90001", "Un", "M0 0h9v9z", 4, 4), Outline("90002", EVIL, "M10 0h9v9z", 14, 4)])
MAKERS = {
    "bars": lambda label: bars(label, [(label, 3), (label, 0)], unit=label, compared=[(label, 4)], note=label),
    "funnel": lambda label: funnel(label, [(label, 10), (label, 3)], rule=label),
    "stacked": lambda label: stacked(label, [(label, [3, 1])], [label, label], source=label),
    "steps": lambda label: steps_before_after(label, [(label, 0, 3), (label, 1, None)]),
    "columns": lambda label: columns(label, [(label, 3), (label, 12_000)]),
    "lines": lambda label: lines(label, [label, label], [(label, [1, None])], goal=3),
    "map": lambda label: commune_map(label, {"90001": 1, "90002": 5}, SQUARES, named=["90002"], worst_is_highest=True),
    "none": lambda label: bars(label, [], empty=label),
}


def drawn(chart, level=0):
    return Template("{% chart chart level %}").render(Context({"chart": chart, "level": level}))


def widths(html, name="chart__fill"):
    return [float(w) for w in re.findall(rf'class="{name}"[^>]* width="([\d.]+)%"', html)]


class Balanced(HTMLParser):
    """Every element that opens closes, in order."""

    def __init__(self, html):
        super().__init__()
        self.open, self.faults = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_structure(make):
    html = drawn(make("Titre"), 3)
    assert Balanced(html).faults == []
    assert html.count("<figure") == html.count("<figcaption") == 1
    assert '<h3 class="chart__title">Titre</h3>' in html
    assert "style=" not in html
    if "chart__empty" not in html:
        assert re.search(r'role="img" aria-label="Titre\. [^"]+"', html)
        assert "<summary>Voir les chiffres" in html


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_what_people_typed_stays_text(make):
    html = drawn(make(EVIL))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert Balanced(html).faults == []


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_each_row_of_the_table_fills_its_columns_and_goes_into_a_file(make):
    chart = make("Titre")
    assert all(len(row) == len(chart.columns) for row in chart.rows)
    text = csv_for_people([str(column) for column in chart.columns], chart.rows).decode("utf-8-sig")
    assert len(text.splitlines()) == len(chart.rows) + 1


def test_the_table_shows_the_values_that_were_given():
    html = drawn(bars("Thèmes", [("Courriels", 1840), ("Sécurité", 12.5)], unit="h"))
    assert re.findall(r'<th scope="row">([^<]+)</th>', html) == ["Courriels", "Sécurité"]
    cells = [cell.replace("\xa0", " ").replace("\u202f", " ") for cell in re.findall(r'<td class="num">([^<]+)', html)]
    assert cells == ["1 840", "12,5"]
    assert "Valeur (h)" in html


def test_bars_are_in_proportion():
    assert widths(drawn(bars("T", [("a", 50), ("b", 200), ("c", 0)]))) == [25, 100, 0]
    html = drawn(bars("T", [("a", 50), ("b", 100)], compared=[("a", 200)]))
    assert widths(html) == [25, 50]
    assert widths(html, "chart__before") == [100, 0]


def test_nothing_but_zeros_draws_empty_bars():
    assert widths(drawn(bars("T", [("a", 0)]))) == [0]
    assert "chart__fill" in drawn(columns("T", [("a", 0)]))
    assert "chart__track" in drawn(stacked("T", [("a", [0, 0])], ["x", "y"]))
    assert widths(drawn(funnel("T", [("a", 0), ("b", 0)]))) == [0, 0]


def test_a_funnel_hatches_its_largest_loss_only_and_tells_it():
    chart = funnel("T", [("Remis", 100), ("Réservée", 80), ("Faite", 20), ("Finie", 10)])
    html = drawn(chart)
    assert len(re.findall(r'class="chart__loss"', html)) == 1
    assert "−60" in html
    assert chart.note == "La plus grande perte vient après «\u00a0Réservée\u00a0»\u00a0: 60."
    assert chart.rows == [
        ("Remis", 100, 100, 0),
        ("Réservée", 80, 80, 20),
        ("Faite", 20, 20, 60),
        ("Finie", 10, 10, 10),
    ]
    assert "chart__loss" not in drawn(funnel("T", [("a", 4), ("b", 4)]))


def test_parts_written_in_a_bar_add_to_a_hundred():
    html = drawn(stacked("T", [("a", [1, 1, 1])], ["x", "y", "z"]))
    assert re.findall(r">(\d+)\xa0%<", html) == ["34", "33", "33"]


def test_beyond_five_parts_the_last_are_drawn_together_and_all_are_in_the_table():
    chart = stacked("T", [("a", [1, 2, 3, 4, 5, 6, 7])], [f"p{n}" for n in range(7)])
    assert len(chart.rows[0]) == 9
    assert drawn(chart).count('class="chart__part chart__part--') == 10  # five in the bar, five in the key
    assert "Autres" in drawn(chart)


def test_progress_counts_skills_known_twice():
    chart = steps_before_after("T", [("a", 0, 2), ("b", 1, 1), ("c", 2, None)])
    assert chart.note == "Progrès\u00a0: 1 savoir-faire sur 2."
    html = drawn(chart)
    assert "0 → 2" in html
    assert "2 → –" in html


def test_a_line_stops_where_nothing_is_known():
    html = drawn(lines("T", ["a", "b", "c", "d"], [("x", [1, 2, None, 4])]))
    path = re.search(r'<path class="chart__line chart__line--1" d="([^"]+)" vector', html)[1]
    assert [step[0] for step in re.findall(r"[ML][^ML]+", path)] == ["M", "L", "M"]
    assert html.count('<path class="chart__mark chart__line--1" d=') == 3


def test_a_goal_is_a_level_or_one_value_a_label():
    assert lines("T", ["a", "b"], [("x", [1, 2])], goal=5).rows == [("a", 1, 5), ("b", 2, 5)]
    assert lines("T", ["a", "b"], [("x", [1, 2])], goal=[4, None]).rows == [("a", 1, 4), ("b", 2, None)]


@pytest.mark.parametrize(
    ("labels", "series"), [(["a"], [("x", [1, 2])]), (["a"], [("x", [1])] * 5), ([], [("x", [1])])]
)
def test_lines_that_do_not_fit_are_an_error_of_the_program(labels, series):
    with pytest.raises(ValueError, match="four lines"):
        lines("T", labels, series)


@given(st.floats(0, 1e12), st.booleans())
def test_a_scale_holds_its_values_in_few_round_steps(top, whole):
    steps = scale(top, whole=whole)
    assert steps[0] == 0
    assert steps[-1] >= top or steps[-1] == pytest.approx(top, rel=1e-3)
    assert 2 <= len(steps) <= 6
    assert steps == sorted(set(steps))
    assert not whole or all(step == int(step) for step in steps)


def test_known_scales():
    assert scale(930) == [0, 250, 500, 750, 1000]
    assert scale(3, whole=True) == [0, 1, 2, 3]
    assert scale(0) == [0, 1]


def test_a_phone_shows_few_labels_and_a_screen_more():
    html = drawn(columns("T", [(str(n), n) for n in range(1, 32)]))
    ticks = re.findall(r'class="chart__tick([^"]*)"', html)
    assert len(ticks) <= 12
    assert 1 < ticks.count("") <= 5


class TestMap:
    cells = Outlines(10, 1, [Outline(f"9{n:04}", f"C{n}", f"M{n} 0h1v1z", n, 0) for n in range(10)])

    def test_bands_hold_about_as_many_communes_each(self):
        chart = commune_map("T", {f"9{n:04}": n for n in range(10)}, self.cells)
        assert re.findall(r"\((\d+)\)</span>", chart.key) == ["2"] * 5
        assert chart.rows[0] == ("C9", "90009", 9)

    def test_given_bands_are_kept_and_the_worst_is_hatched(self):
        values = {f"9{n:04}": n for n in range(8)}
        chart = commune_map("T", values, self.cells, bands=(5, 7), worst_is_highest=True, unit="min")
        key = re.sub(r"<[^>]+>", "|", chart.key).replace("\xa0", " ")
        assert [part for part in key.split("|") if part] == [
            "Moins de 5 min (5)",
            "De 5 min à moins de 7 min (2)",
            "7 min et plus (1)",
            "Sans chiffre (2)",
        ]
        assert 'class="chart__loss" fill="url(#hatch-' in chart.plot

    def test_equal_values_make_one_band(self):
        chart = commune_map("T", {"90001": 3, "90002": 3}, self.cells)
        assert "Toutes les communes (2)" in re.sub(r"<[^>]+>", "|", chart.key)

    def test_values_of_unknown_communes_are_left_out(self):
        assert commune_map("T", {"75056": 3}, self.cells).plot == ""

    def test_too_many_bands(self):
        with pytest.raises(ValueError, match="five"):
            commune_map("T", {"90001": 3}, self.cells, bands=(1, 2, 3, 4, 5))


def test_where_figures_come_from_stands_under_them():
    html = drawn(bars("T", [("a", 1)], rule="une par personne", source="Pourtous", on=date(2026, 11, 23)))
    assert "Règle\u00a0: une par personne. Source\u00a0: Pourtous. Au 23 novembre 2026." in html
    assert "Au 1er novembre 2026." in drawn(bars("T", [("a", 1)], on=date(2026, 11, 1)))


def test_no_rows_say_so():
    html = drawn(bars("T", [], empty="Rien cette semaine."))
    assert "Rien cette semaine." in html
    assert "<table" not in html
    assert "Rien à compter" in drawn(lines("T", [], []))
