"""Tables that become cards on a narrow screen: each cell carries the name of its column.

The roles are written out because some browsers forget what a table is once its rows are drawn as blocks.
"""

import re
from collections.abc import Callable

from django.utils.html import escape

_ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
_CELL = re.compile(r"<(t[hd])\b([^>]*)>(.*?)</\1>", re.DOTALL)
_PART = re.compile(r"<(table|thead|tbody|tfoot|tr)\b")
_MARKUP = re.compile(r"<span class=\"visually-hidden\">.*?</span>|<[^>]*>", re.DOTALL)
_ROLES = {"table": "table", "tr": "row"}
_NOTHING = ("", "–")


def as_cards(html: str, *, sort_label: str = "") -> str:
    """A `<table>` of ours whose cells know their column (`data-label`); `sort_label` stands before links that sort.

    Cells with nothing to say get the class `is-blank`. A column whose head is for screen readers only has no label.
    """
    head, foot, body = html.partition("</thead>")
    if not foot:
        return html
    labels = [_words(cell[2]) for cell in _CELL.findall(head)]
    head = head.replace('<table class="table', '<table class="table table--cards', 1)
    head = _CELL.sub(lambda cell: f'<th role="columnheader"{cell[2]}>{cell[3]}</th>', head)
    head = head.replace("<thead", f'<thead data-label="{escape(sort_label)}"', 1)
    return _with_roles(head + foot + _ROW.sub(_labelled(labels), body))


def _words(content: str) -> str:
    """What is seen of a head, escaped already."""
    return " ".join(_MARKUP.sub(" ", content).split())


def _labelled(labels: list[str]) -> Callable[[re.Match[str]], str]:
    def row(found: re.Match[str]) -> str:
        left = iter(labels)
        return _CELL.sub(lambda cell: _cell(cell, next(left, "")), found[0])

    return row


def _cell(cell: re.Match[str], label: str) -> str:
    name, attributes, content = cell.groups()
    if content.strip() in _NOTHING:
        attributes = _with_class(attributes, "is-blank")
    role = "rowheader" if name == "th" else "cell"
    return f'<{name} role="{role}" data-label="{label}"{attributes}>{content}</{name}>'


def _with_class(attributes: str, name: str) -> str:
    if 'class="' in attributes:
        return attributes.replace('class="', f'class="{name} ', 1)
    return f'{attributes} class="{name}"'


def _with_roles(html: str) -> str:
    return _PART.sub(lambda part: f'{part[0]} role="{_ROLES.get(part[1], "rowgroup")}"', html)
