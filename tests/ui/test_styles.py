"""The stylesheets: contrast of the tokens, weight, no colour outside the tokens."""

import gzip
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parents[2] / "src" / "pourtous" / "ui" / "static" / "ui"
PUBLIC = (STATIC / "pourtous.css").read_text()
COLOUR = r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|lab)a?\("
# Text on what lies behind it: at least 7 to 1.
TEXTS = [
    *[("ink", behind) for behind in ("ground", "surface", "wash", "sun-wash", "human", "ok-wash", "bad-wash")],
    *[("soft", behind) for behind in ("ground", "surface")],
    *[("lagune", behind) for behind in ("ground", "surface", "wash")],
    *[("lagune-hover", behind) for behind in ("ground", "surface", "wash")],
    ("on-lagune", "lagune"),
    ("on-lagune", "lagune-hover"),
    ("on-door", "door"),
    ("on-sun", "sun"),
    ("on-sun", "sun-hover"),
    ("sun-ink", "sun-wash"),
    ("ok", "ok-wash"),
    ("ok", "ground"),
    ("ok", "surface"),
    ("bad", "bad-wash"),
    ("bad", "ground"),
    ("bad", "surface"),
]
# Edges of what one fills in, and rings of focus: at least 3 to 1.
EDGES = [
    ("edge", "ground"),
    ("edge", "surface"),
    ("bad", "ground"),
    ("ink", "surface"),
    ("ink", "ground"),
    ("on-door", "door"),
]


def tokens(block):
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})\b", block))


LIGHT = tokens(PUBLIC.split("@media", 1)[0])
DARK = LIGHT | tokens(PUBLIC.split("prefers-color-scheme: dark", 1)[1].split("\n}", 1)[0])


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


CHARTS = (STATIC / "charts.css").read_text()
RAMPS = [
    tokens(CHARTS.split("@media", 1)[0]),
    tokens(CHARTS.split("prefers-color-scheme: dark", 1)[1].split("\n}", 1)[0]),
]


@pytest.mark.parametrize("ramp", RAMPS, ids=["light", "dark"])
def test_marks_of_charts_show_and_what_is_written_on_them_reads(ramp):
    assert contrast(ramp["on-ramp"], ramp["ramp-4"]) >= 7
    order = [luminance(ramp[f"ramp-{n}"]) for n in range(1, 6)]
    assert order in (sorted(order), sorted(order, reverse=True))  # told apart in grey print
    assert all(contrast(ramp[f"ramp-{n}"], ramp[f"ramp-{n + 1}"]) >= 1.3 for n in range(1, 5))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "behind"), TEXTS)
def test_text_reads_at_seven_to_one(palette, text, behind):
    assert contrast(palette[text], palette[behind]) >= 7


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("line", "behind"), EDGES)
def test_edges_show_at_three_to_one(palette, line, behind):
    assert contrast(palette[line], palette[behind]) >= 3


def test_the_public_stylesheet_leaves_room_for_the_page():
    assert len(gzip.compress(PUBLIC.encode(), 9)) <= 6_500


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda p: p.name)
def test_colours_stand_in_the_tokens_only(path):
    rules = re.sub(r"^ +--[a-z0-9-]+: .*$", "", path.read_text(), flags=re.MULTILINE)
    rules = re.sub(r"url\(#[a-z]+\)", "", rules)
    assert re.findall(COLOUR, rules) == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda p: p.name)
def test_only_tokens_that_exist_are_used(path):
    declared = set(re.findall(r"(--[a-z0-9-]+):", PUBLIC + path.read_text()))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", path.read_text())) <= declared


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.css")), ids=lambda p: p.name)
def test_sides_are_those_of_the_line_of_reading(path):
    physical = r"(?<![a-z-])(?:margin|padding|border)-(?:left|right|top|bottom)\b|(?<![a-z-])(?:left|right|top|bottom|width|height): "
    assert re.findall(physical, path.read_text()) == []


def test_each_class_of_a_template_has_its_rule():
    rules = "".join(p.read_text() for p in STATIC.glob("*.css"))
    templates = (STATIC.parents[1] / "templates").rglob("*.html")
    used = {
        name
        for path in templates
        for value in re.findall(r'class="([^"{%]+)"', path.read_text())
        for name in value.split()
    }
    hooks = {"human", "question__title", "header__help", "work", "progress__marks"}
    assert {name for name in used - hooks if f".{name}" not in rules} == set()
