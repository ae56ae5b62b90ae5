"""Tables that become cards: each cell knows its column, and stays a table for those who listen."""

import re
from pathlib import Path

from django.template import Context, Template

SOURCES = Path(__file__).resolve().parents[2] / "src" / "pourtous"
TABLE = """{% cards %}<table class="table"><caption>x</caption>
<thead><tr><th scope="col" aria-sort="none"><a href="?sort=name">Name</a></th><th scope="col" class="num">People &amp; all</th>
<th scope="col"><span class="visually-hidden">Act</span></th></tr></thead>
<tbody><tr><th scope="row"><a href="/">{{ name }}</a></th><td class="num">{{ people }}</td><td><b>Go</b></td></tr></tbody></table>{% endcards %}"""


def drawn(**context):
    return Template(TABLE).render(Context(context))


def test_each_cell_carries_the_name_of_its_column():
    html = drawn(name="Le Cabanon", people=3)
    assert '<th role="rowheader" data-label="Name" scope="row">' in html
    assert '<td role="cell" data-label="People &amp; all" class="num">3</td>' in html
    assert '<td role="cell" data-label=""><b>Go</b></td>' in html, "a head for screen readers only is not shown"


def test_the_table_stays_a_table():
    html = drawn(name="x", people=1)
    assert re.findall(r"role=\"(\w+)\"", html) == [
        *("table", "rowgroup", "row", "columnheader", "columnheader", "columnheader"),
        *("rowgroup", "row", "rowheader", "cell", "cell"),
    ]


def test_an_empty_cell_says_so():
    assert 'class="is-blank num"' in drawn(name="x", people="")
    assert 'class="is-blank num"' in drawn(name="x", people="–")


def test_what_people_typed_stays_text():
    assert "<script>" not in drawn(name="<script>", people="<td>")


def test_a_table_without_head_stays_as_it_is():
    table = "<table class='table'><tbody><tr><td>1</td></tr></tbody></table>"
    assert Template(f"{{% cards %}}{table}{{% endcards %}}").render(Context()) == table


def test_each_professional_table_with_a_head_is_drawn_so():
    found = {
        path.name: path.read_text()
        for path in SOURCES.rglob("templates/**/*.html")
        if "ui/work.html" in (text := path.read_text()) and "<thead" in text
    }
    assert found
    for name, text in found.items():
        assert text.count("<thead") == text.count("{% cards %}"), name
