"""Template tags and filters: what they write, and that what people typed stays text."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from pourtous.ui import format as written
from pourtous.ui.components import Step, Tab
from pourtous.ui.icons import DIRECTIONAL, PATHS
from pourtous.ui.templatetags.ui import answers_to_review

EVIL = "<script>x</script>\"'&"


def render(text, **context):
    return Template(text).render(Context(context))


@pytest.mark.parametrize("name", PATHS)
def test_an_icon_weighs_at_most_150_bytes(name):
    assert len(PATHS[name].encode()) <= 150
    assert 'aria-hidden="true"' in render(f'{{% icon "{name}" %}}')


def test_icons_that_point_turn_over_in_right_to_left_languages():
    assert set(PATHS) >= DIRECTIONAL
    assert "icon--flip" in render('{% icon "arrow-left" %}')


@pytest.mark.parametrize("text", ['{% icon "unicorn" %}', '{% arch "map" "pink" %}', '{% tag "a" "" "pink" %}'])
def test_a_word_that_is_not_ours_is_an_error(text):
    with pytest.raises(TemplateSyntaxError):
        render(text)


@pytest.mark.parametrize(
    "text",
    [
        "{% tag evil %}",
        '{% state "open" evil %}',
        '{% alert "ok" evil %}{{ evil }}{% endalert %}',
        '{% empty "door" evil %}{{ evil }}{% endempty %}',
        "{% steps items %}",
        "{% tabs tabs evil %}",
        '{% qr "https://pourtous.example/" evil %}',
        "{% phone_link evil %}",
        "{{ evil|french_phone }}",
    ],
)
def test_what_people_typed_stays_text(text):
    html = render(text, evil=EVIL, items=[Step(EVIL, EVIL)], tabs=[Tab(EVIL, "?x=" + EVIL)])
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_link_to_an_unreadable_number_holds_digits_only():
    assert 'href="tel:"' in render("{% phone_link evil %}", evil='"><b>')


def test_bare_text_of_a_message_gets_its_paragraph_and_blocks_are_left():
    assert "<p>Bonjour</p>" in render('{% alert "sun" "A" %}Bonjour{% endalert %}')
    assert "<p><p>" not in render('{% alert "sun" "A" %}<p>Bonjour</p>{% endalert %}')


@pytest.mark.parametrize(
    ("number", "shown", "address"),
    [
        ("0465712010", "04 65 71 20 10", "tel:+33465712010"),
        ("+33465712010", "04 65 71 20 10", "tel:+33465712010"),
        ("+262262123456", "0262 12 34 56", "tel:+262262123456"),
        ("+441632960001", "+44 1632 960001", "tel:+441632960001"),
        ("n’importe quoi", "n’importe quoi", "tel:"),
        ("", "", ""),
        (None, "", ""),
    ],
)
def test_telephone_numbers(number, shown, address):
    assert render("{{ n|french_phone }}", n=number) == shown
    assert render("{{ n|tel }}", n=number) == address


def test_a_short_number_can_be_dialled():
    assert render("{{ n|tel }}", n="3939").endswith("3939")


@pytest.mark.parametrize(
    ("metres", "french", "english"),
    [
        (12, "à 50 m", "50 m away"),
        (410, "à 400 m", "400 m away"),
        (990, "à 1 km", "1 km away"),
        (1230, "à 1,2 km", "1.2 km away"),
        (12_345, "à 12 km", "12 km away"),
        (None, "", ""),
    ],
)
def test_distances(metres, french, english):
    assert render("{{ m|distance }}", m=metres).replace("\u00a0", " ") == french
    with translation.override("en"):
        assert render("{{ m|distance }}", m=metres).replace("\u00a0", " ") == english


@given(st.floats(min_value=0, max_value=2_000_000))
def test_a_distance_never_says_zero(metres):
    assert not written.distance(metres).startswith("à 0\u00a0")


def test_days_and_hours_in_french_and_english():
    assert written.day(date(2026, 11, 23)) == "lundi 23 novembre"
    assert written.day(date(2026, 11, 1), year=True) == "dimanche 1er novembre 2026"
    assert written.hour(time(9, 30)).replace("\u00a0", " ") == "9 h 30"
    assert written.hour(time(17)).replace("\u00a0", " ") == "17 h"
    with translation.override("en"):
        assert written.day(date(2026, 11, 1)) == "Sunday 1 November"
        assert written.hour(time(17)).replace("\u00a0", " ") == "5 pm"
        assert written.hour(time(0, 5)).replace("\u00a0", " ") == "12:05 am"


def test_moments_are_told_on_a_clock_in_paris():
    moment = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert written.day(moment) == "mardi 24 novembre"
    assert written.hour(moment).replace("\u00a0", " ") == "0 h 30"


def test_pages_keep_the_rest_of_the_address():
    request = RequestFactory().get("/", {"service": ["a", "b"], "page": "2"})
    html = render("{% pagination page %}", page=Paginator(range(45), 10).get_page(2), request=request)
    assert "?service=a&amp;service=b&amp;page=3" in html
    assert html.count('aria-current="page"') == 1
    assert 'rel="next"' in html
    assert "page=0" not in html


def test_one_page_has_no_links_to_pages():
    html = render("{% pagination page %}", page=Paginator(range(3), 10).get_page(1), request=RequestFactory().get("/"))
    assert html.strip() == ""


@pytest.mark.parametrize(
    ("now", "order", "following"),
    [("", "none", "sort=name"), ("name", "ascending", "sort=-name"), ("-name", "descending", "sort=name")],
)
def test_a_table_head_sorts_both_ways(now, order, following):
    request = RequestFactory().get("/", {"sort": now, "q": "x", "page": "3"})
    html = render('{% sort_header "name" "Nom" %}', request=request)
    assert f'aria-sort="{order}"' in html
    assert following in html
    assert "q=x" in html
    assert "page=" not in html


def test_progress_is_told_in_words():
    assert "Question 2 sur 3" in render("{% progress 2 3 %}")


def test_a_qr_code_has_a_name_and_can_be_styled():
    html = render('{% qr "https://pourtous.example/" "Voir sur Internet" %}')
    assert 'aria-label="Voir sur Internet"' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("language", "count", "sentence"),
    [("fr", 1, "Une réponse est à revoir"), ("fr", 3, "3 réponses sont à revoir"), ("en", 2, "2 answers need")],
)
def test_the_title_of_a_summary_counts(language, count, sentence):
    with translation.override(language):
        assert answers_to_review(count).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("mardi 1er décembre", "mardi 1<sup>er</sup> décembre"),
        ("lundi 11 mai", "lundi 11 mai"),
        ("<1er", "&lt;1<sup>er</sup>"),
    ],
)
def test_the_first_of_a_month_is_raised(text, written):
    assert render("{{ words|ordinal }}", words=text) == written


def test_an_address_breaks_before_its_at():
    assert render("{{ words|mail }}", words="a.b@c.example") == "a.b<wbr>@c.example"
    assert render("{{ words|mail }}", words="<none>") == "&lt;none&gt;"
