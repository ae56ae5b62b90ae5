"""Templates: each is used, none carries style or script of its own."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "pourtous"
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.*"))
# Names that a library or Django looks for by itself.
LOOKED_FOR = re.compile(r"^(allauth|account|mfa|usersessions|socialaccount|django|4\d\d|500|robots)")


def name_of(path):
    return path.as_posix().split("/templates/", 1)[1]


def test_each_template_is_used():
    text = "\n".join(p.read_text() for p in SOURCE.rglob("*.py")) + "\n".join(p.read_text() for p in TEMPLATES)
    unused = [name_of(path) for path in TEMPLATES if name_of(path) not in text and not LOOKED_FOR.match(name_of(path))]
    assert unused == []


def test_no_template_carries_inline_style_or_script():
    guilty = [
        name_of(path)
        for path in TEMPLATES
        if re.search(
            r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*\b(src|type=\"application/(ld\+)?json\"))", path.read_text()
        )
    ]
    assert guilty == []


def test_no_template_names_another_origin():
    guilty = [
        name_of(path)
        for path in TEMPLATES
        if re.search(r"(src|action)=\"https?://|<link[^>]*href=\"https?://", path.read_text())
    ]
    assert guilty == []


def test_no_page_hides_where_its_forms_come_from():
    """With the policy “no-referrer” a browser sends `Origin: null`, and each form of the page is refused."""
    assert [name_of(path) for path in TEMPLATES if "no-referrer" in path.read_text()] == []


LANDMARK = re.compile(r"<(?:section|form|nav)\b[^>]*>|<[^>]*\brole=\"region\"[^>]*>")
NAMED_BY = re.compile(r"\baria-labelledby=\"([^\"{]+)\"")


def test_no_two_landmarks_bear_the_same_name():
    """A section and the region that scrolls in it, both named by the same heading, are told apart by nobody."""
    guilty = []
    for path in TEMPLATES:
        # Of the branches of a condition one alone is shown.
        branches = re.split(r"{%\s*(?:elif|else)\b[^%]*%}", path.read_text())
        named = [[n for tag in LANDMARK.findall(one) for n in NAMED_BY.findall(tag)] for one in branches]
        guilty += [name_of(path) for names in named if len(names) != len(set(names))]
    assert guilty == []
