"""Whatever an address holds, a page answers: never an error of ours."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = st.sampled_from(
    [
        "besoin",
        "ou",
        "commune",
        "rue",
        "pres",
        "partout",
        "avec",
        "service",
        "public",
        "prix",
        "ouvert",
        "pass",
        "rayon",
        "carte",
        "page",
        "q",
        "suite",
        "vers",
        "inconnu",
    ]
)
NASTY = st.sampled_from(
    [
        "\0",
        "%00",
        "😀" * 50,
        "\u202eetneserp",
        "é" * 5000,
        "-1",
        "1e309",
        "nan,nan",
        "inf,3",
        "43.6,3.8",
        "999,999",
        "43.6,3.8,1",
        "34998",
        "3499",
        "34990",
        "99999999999999999999",
        "Valbrune",
        "12 rue des Tamaris Valbrune",
        "<script>alert(1)</script>",
        "{{7*7}}",
        "' OR 1=1 --",
        "%s%n",
        "\r\nSet-Cookie: a=b",
        "oui",
        "telephone",
        "٣٤٩٩٠",
        "²",
        "",
    ]
)
PAIRS = st.lists(st.tuples(NAMES, NASTY | st.text(max_size=40)), max_size=6)
PAGES = st.sampled_from(
    [
        "/aide/besoin/",
        "/aide/ou/",
        "/aide/important/",
        "/aide/criteres/",
        "/aide/lieux/",
        "/aide/lieux/imprimer/",
        "/lieux/",
        "/",
    ]
)
CODES = st.text(min_size=1, max_size=12).filter(lambda text: "/" not in text and text not in {".", ".."})
EASY_GOING = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.django_db
@EASY_GOING
@given(page=PAGES, pairs=PAIRS)
def test_any_parameters_get_a_page(place, page, pairs):
    query: dict[str, list[str]] = {}
    for name, value in pairs:
        query.setdefault(name, []).append(value)
    answer = Client().get(page, query)
    assert answer.status_code in {200, 302, 400}
    if answer.status_code == 302:
        assert answer["Location"].startswith("/")


@pytest.mark.django_db
@EASY_GOING
@given(code=CODES, tail=st.sampled_from(["", "imprimer/", "signaler/", "un-nom/"]))
def test_any_code_gets_a_page(place, code, tail):
    answer = Client().get(f"/lieux/{code}/{tail}")
    assert answer.status_code in {200, 301, 302, 400, 404, 410}


@pytest.mark.django_db
@EASY_GOING
@given(about=st.text(max_size=20) | st.just("hours"), text=NASTY | st.text(max_size=60), contact=NASTY)
def test_any_report_gets_an_answer(place, about, text, contact):
    answer = Client().post(f"/lieux/{place.code}/signaler/", {"about": about, "text": text, "contact": contact})
    assert answer.status_code in {200, 302}
