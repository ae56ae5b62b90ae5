"""A row in the words of the standard, turned into values of `Place`: whatever the format it came in."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pourtous.places.importers import terms, values
from pourtous.places.importers.problems import Problem, Severity, problem
from pourtous.places.importers.reading import Cells
from pourtous.places.standard import BY_NAME, OLD_LISTS, Column, Kind

LONGEST_KEPT = 2_000
_NOTHING = {"0", "null", "None", "nan", "NULL", "N/A"}  # what programs write for nothing
_URL_ITEM = ("http://", "https://", "www.")


@dataclass
class Draft:
    """A row as its format understood it: cells by column of the standard, our own values, what it could not place."""

    cells: Cells
    own: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def keep(self, column: str, text: str, message: str) -> None:
        """Set aside a text that has no place in our columns, and say so."""
        self.kept[column] = (self.kept[column] + "|" + text if column in self.kept else text)[:LONGEST_KEPT]
        self.problems.append(problem(column, text, message))


@dataclass(frozen=True)
class Reading:
    """One row understood: column of Place → value as JSON can hold it; empty values are left out."""

    number: int
    local_id: str
    values: dict[str, Any]
    kept: dict[str, str]
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        """Whether the row has what a place cannot do without: id, name, commune."""
        return not any(one.severity is Severity.ERROR for one in self.problems)


Simple = Callable[[Draft, Column, str], values.Value]
_SIMPLE: dict[Kind, Simple] = {
    Kind.PIVOT: lambda _d, _c, text: values.pivot(text),
    Kind.TEXT: lambda _d, column, text: values.line(text, column.longest),
    Kind.LINES: lambda _d, column, text: values.lines(text, column.longest),
    Kind.POSTCODE: lambda _d, _c, text: values.postcode(text),
    Kind.INSEE: lambda _d, _c, text: values.insee(text),
    Kind.PHONE: lambda draft, _c, text: values.phone(text, _region(draft)),
    Kind.URL: lambda _d, column, text: values.url(text, column.longest),
    Kind.HOURS: lambda _d, column, text: values.hours(text, column.longest),
}


def read(draft: Draft, *, number: int, today: date) -> Reading:
    """The values of a draft, with all that was dropped or put right. `today` refuses dates of the future."""
    found: dict[str, Any] = {}
    local_id = _identity(draft, found)
    _position(draft, found)
    for name, text in draft.cells.items():
        if text and name not in _DONE:
            _cell(draft, found, name, text, today)
    for name, value in draft.own.items():
        if isinstance(value, list):
            _extend(found, name, value)
        else:
            found.setdefault(name, value)
    problems = tuple(one._replace(row=number, id=local_id[:100]) for one in draft.problems)
    return Reading(number, local_id, {k: v for k, v in found.items() if v not in ("", [])}, draft.kept, problems)


_DONE = {"id", "nom", "commune", "latitude", "longitude"}


def _cell(draft: Draft, found: dict[str, Any], name: str, text: str, today: date) -> None:
    if name in OLD_LISTS:
        _closed_list(draft, found, name, text)
    elif (column := BY_NAME.get(name)) is None:
        return
    elif column.kind in {Kind.TERMS, Kind.LABELS}:
        _closed_list(draft, found, name, text)
    elif column.kind in {Kind.EMAILS, Kind.URLS}:
        _contact_list(draft, found, column, text)
    else:
        value = values.day(text, today) if column.kind is Kind.DATE else _SIMPLE[column.kind](draft, column, text)
        _say(draft, name, text, value)
        found[column.field] = value.kept


def _say(draft: Draft, name: str, text: str, value: values.Value) -> None:
    """Report a value that was put right; keep aside one that was dropped."""
    if not value.message:
        return
    if value.kept:
        draft.problems.append(problem(name, text, value.message))
    else:
        draft.keep(name, text, value.message)


def _identity(draft: Draft, found: dict[str, Any]) -> str:
    """What a row cannot do without; a row that lacks one of them is rejected."""
    local_id = values.tidy(draft.cells.get("id", ""))
    if not local_id or len(local_id) > BY_NAME["id"].longest:
        _reject(draft, "id", local_id, _("A row needs an id of 1 to 500 signs."))
    for name, message in (("nom", _("A row needs a name.")), ("commune", _("A row needs the name of its commune."))):
        column = BY_NAME[name]
        text = values.tidy(draft.cells.get(name, ""))
        if text in _NOTHING or not any(sign.isalnum() for sign in text):
            _reject(draft, name, text, message)
        elif name == "commune" and text.isdigit():
            draft.problems.append(problem(name, text, _("This is a number, not the name of a commune.")))
        if len(text) > column.longest:
            draft.problems.append(problem(name, text, _("Too long: shortened.")))
        found[column.field] = text[: column.longest].strip()
    return local_id


def _reject(draft: Draft, name: str, text: str, message: str) -> None:
    draft.problems.append(problem(name, text, message, Severity.ERROR))


def _position(draft: Draft, found: dict[str, Any]) -> None:
    latitude, longitude = draft.cells.get("latitude", ""), draft.cells.get("longitude", "")
    if not latitude and not longitude:
        return
    position = values.position(latitude, longitude)
    text = f"{latitude}, {longitude}"
    _say(draft, "latitude", text, values.Value("kept" if position.kept else "", position.message))
    if position.kept:
        found["latitude"], found["longitude"] = position.kept


def _region(draft: Draft) -> str:
    postcode = values.postcode(draft.cells.get("code_postal", "")).kept
    return values.region(postcode or draft.cells.get("code_insee", ""))


def _closed_list(draft: Draft, found: dict[str, Any], name: str, text: str) -> None:
    for item in terms.split(text):
        if target := terms.find(name, item):
            column, value = target
            if value is True:
                found[column] = True
            else:
                _extend(found, column, [str(value)])
        elif name == "autres_formations_labels":
            _extend(found, "other_labels", [values.tidy(item)])
        else:
            draft.keep(name, item, _("This term is not in the standard and has no equivalent: set aside."))


def _contact_list(draft: Draft, found: dict[str, Any], column: Column, text: str) -> None:
    read_one = values.email if column.kind is Kind.EMAILS else values.url
    for item in _contacts(column.kind, text):
        value = read_one(item)
        _say(draft, column.name, item, value)
        if value.kept:
            _extend(found, column.field, [value.kept])


def _contacts(kind: Kind, text: str) -> list[str]:
    """Items of a list of e-mail or web addresses; a web address may hold `;` and `,` itself."""
    items = terms.split(text if "|" in text or kind is Kind.URLS else text.replace(",", ";").replace(" ", ";"))
    if kind is Kind.URLS and not all(item.startswith(_URL_ITEM) for item in items):
        return [item.strip() for item in text.split("|") if item.strip()]
    return items


def _extend(found: dict[str, Any], column: str, items: list[str]) -> None:
    found[column] = list(dict.fromkeys([*found.get(column, []), *items]))


def rejected_again(reading: Reading, message: str) -> Reading:
    """The same reading, rejected for a reason that only the whole file tells."""
    told = problem("id", reading.local_id, message, Severity.ERROR)._replace(row=reading.number, id=reading.local_id)
    return replace(reading, problems=(*reading.problems, told))
