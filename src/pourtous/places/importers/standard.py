"""The national standard, today's (v1) and older (v0) columns, and files that mix both."""

from pourtous.places.importers.reading import Cells
from pourtous.places.importers.rows import Draft
from pourtous.places.standard import BY_NAME, OLD_LISTS, OLD_NAMES

NAME = "standard"
_LISTS = {"courriels", "autres_formations_labels", *OLD_LISTS}
KNOWN = frozenset({*BY_NAME, *OLD_NAMES, *OLD_LISTS})


def matches(columns: frozenset[str]) -> bool:
    """A file that names places and their communes as the standard does."""
    return {"id", "nom", "commune"} <= columns


def draft(cells: Cells) -> Draft:
    """The row under today's names; where both an old and a new name are filled, lists add up and today's text wins."""
    found = {name: text for name, text in cells.items() if name in BY_NAME or name in OLD_LISTS}
    for old, name in OLD_NAMES.items():
        if text := cells.get(old):
            if name in _LISTS and found.get(name):
                found[name] = f"{found[name]}|{text.replace(';', '|')}"
            else:
                found[name] = found.get(name) or text
    return Draft(found)
