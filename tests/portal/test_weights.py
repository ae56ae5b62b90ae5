"""Public pages are light: for an old phone on a slow line."""

import gzip
import re
from bisect import bisect_right
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.portal.conftest import addresses

FIRST_PAINT = 14 * 1024
FIRST_VISIT = 50 * 1024
REQUESTS = 6
QUESTIONS = {"need", "need, error", "where", "where, error", "wishes", "registering"}
QUESTIONS |= {"booking, need", "booking, where", "booking, first name", "booked, cancel", "booked, move, check"}
QUESTIONS |= {"courses, where", "courses, where, error", "courses, what", "courses, what, error"}
# Quantiles of the web (EcoIndex 1.0): nodes, requests, kilobytes.
NODES = (0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601)
CALLS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
KILOBYTES = (0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08)
KILOBYTES = (*KILOBYTES, 2142.06, 2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26)


def quantile(table, value):
    index = min(bisect_right(table, value), len(table) - 1)
    return index - 1 + (value - table[index - 1]) / (table[index] - table[index - 1])


def ecoindex(nodes, requests, size_kb):
    """Out of 100; A is over 80 (formula of the EcoIndex collective: 3 nodes, 2 requests, 1 size)."""
    worst = 3 * quantile(NODES, nodes) + 2 * quantile(CALLS, requests) + quantile(KILOBYTES, size_kb)
    return 100 - 5 * worst / 6


def squeezed(raw):
    return len(gzip.compress(raw, 6))


def files(html):
    """Static files the browser asks for: styles, scripts, icon."""
    names = re.findall(r'(?:href|src)="/static/([^"]+)"', html)
    return {name: squeezed(Path(finders.find(name)).read_bytes()) for name in dict.fromkeys(names)}


def nodes(html):
    """Elements, those inside drawings left out, as EcoIndex counts them."""
    bare = re.sub(r"(<svg\b[^>]*>).*?</svg>", r"\1", html, flags=re.DOTALL)
    bare = re.sub(r"<(script|textarea)\b([^>]*)>.*?</\1>", r"<\1\2>", bare, flags=re.DOTALL)
    return len(re.findall(r"<[a-z]", bare))


@pytest.fixture
def measures(client, place, report, many):
    found = {}
    for name, address in addresses(place, report).items():
        answer = client.get(address)
        html = answer.content.decode()
        extras = files(html)
        page = squeezed(answer.content)
        css = sum(size for file, size in extras.items() if file.endswith(".css"))
        total = page + sum(extras.values())
        requests = 1 + len(extras)
        found[name] = {
            "paint": page + css,
            "visit": total,
            "requests": requests,
            "nodes": nodes(html),
            "ecoindex": ecoindex(nodes(html), requests, total / 1024),
        }
    return found


def test_the_formula_gives_the_published_values():
    assert round(ecoindex(60, 4, 14), 1) == 93.5
    assert round(ecoindex(300, 6, 60), 1) == 84.1
    assert round(ecoindex(500, 20, 300), 1) == 72.4


def test_every_page_is_light(measures):
    heavy = {
        name: one
        for name, one in measures.items()
        if one["paint"] > FIRST_PAINT or one["visit"] > FIRST_VISIT or one["requests"] > REQUESTS
    }
    assert heavy == {}


def test_questions_are_sober_and_no_page_is_less_than_a(measures):
    poor = {
        name: round(one["ecoindex"], 1)
        for name, one in measures.items()
        if one["ecoindex"] <= (90 if name in QUESTIONS else 80)
    }
    assert poor == {}


def test_the_map_stays_under_its_own_limit(client, place):
    answer = client.get("/aide/lieux/?commune=34998&carte=oui")
    html = answer.content.decode()
    assert squeezed(answer.content) + sum(files(html).values()) <= 120 * 1024
