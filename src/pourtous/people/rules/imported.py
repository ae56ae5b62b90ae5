"""A row of a file of people, understood cell by cell; and whether it is somebody known."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

from pourtous.kernel.text import clean, fold
from pourtous.people.enums import Gender
from pourtous.people.rules.ages import OLDEST_YEAR, is_too_young, may_be_too_young
from pourtous.people.rules.phones import read_phone

_FORMULA = re.compile(r"^\s*[=+@＝＋＠]")
_SCIENTIFIC = re.compile(r"^\d+([.,]\d+)?E\+?\d+$", re.IGNORECASE)
_YEAR = re.compile(r"(?:^|\D)((?:19|20)\d{2})(?:\D|$)")
_NATIONAL_DIGITS = 9  # of a French number without its leading zero
_CODE_DIGITS = 5
_GENDERS = {"f": Gender.FEMALE, "m": Gender.MALE, "h": Gender.MALE, "n": Gender.UNKNOWN}


class Problem(NamedTuple):
    """What is wrong with a cell; `is_fatal` when the row cannot be imported."""

    column: str
    message: str
    is_fatal: bool = False


@dataclass
class Reading:
    """One row as we read it. `commune` is what was said of it: name, INSEE code, postcode."""

    number: int
    first_name: str = ""
    last_name: str = ""
    birth_year: int | None = None
    gender: str = Gender.UNKNOWN.value
    phone: str = ""  # E.164
    email: str = ""
    commune: tuple[str, str, str] = ("", "", "")
    notes: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def is_usable(self) -> bool:
        """Whether the row can be imported."""
        return not any(one.is_fatal for one in self.problems)

    @property
    def names(self) -> str:
        """Folded, in the order files are searched by."""
        return fold(f"{self.last_name} {self.first_name}")


def understand(number: int, cells: dict[str, str], *, year: int, rounded: frozenset[str] = frozenset()) -> Reading:
    """One row. `year`: the present one, for ages."""
    row = Reading(number)
    for name in ("last_name", "first_name"):
        setattr(row, name, _name(row, name, cells[name]))
    row.birth_year = _birth_year(row, cells["birth_year"], year)
    row.gender = _gender(row, cells["gender"])
    row.phone = _phone(row, cells["phone"], is_rounded="phone" in rounded)
    row.email = _email(row, cells["email"])
    row.commune = (clean(cells["commune"]), _code(cells["insee"]), _code(cells["postcode"]))
    row.notes = cells["notes"]
    return row


def _name(row: Reading, column: str, text: str) -> str:
    name = clean(text)
    if not name:
        row.problems.append(
            Problem(column, _("This cell is empty: first name and last name are needed."), is_fatal=True)
        )
    elif _FORMULA.match(name) or name.startswith("-"):
        row.problems.append(Problem(column, _("This looks like a formula, not like a name."), is_fatal=True))
    elif len(name) > 80:  # noqa: PLR2004 (the column)
        row.problems.append(Problem(column, _("This name is too long."), is_fatal=True))
    elif not any(letter.isalpha() for letter in name):
        row.problems.append(Problem(column, _("This is no name."), is_fatal=True))
    return name


def _birth_year(row: Reading, text: str, year: int) -> int | None:
    if not text:
        return None
    found = _YEAR.search(text)
    if found is None or not OLDEST_YEAR <= int(found[1]) <= year:
        row.problems.append(Problem("birth_year", _("We cannot read this year: left empty.")))
        return None
    born = int(found[1])
    if text != found[1]:
        row.problems.append(Problem("birth_year", _("Only the year is kept of this date.")))
    if is_too_young(born, year) or may_be_too_young(born, year):
        row.problems.append(
            Problem(
                "birth_year",
                _("Under 15, or 15 this year: no file by import. Register them if they are 15."),
                is_fatal=True,
            )
        )
    return born


def _gender(row: Reading, text: str) -> str:
    """The first letter decides, as in La Coop."""
    if not text:
        return Gender.UNKNOWN.value
    found = _GENDERS.get(fold(text)[:1])
    if found is None:
        row.problems.append(Problem("gender", _("We do not know this word: left empty.")))
    return (found or Gender.UNKNOWN).value


def _phone(row: Reading, text: str, *, is_rounded: bool) -> str:
    if not text:
        return ""
    if is_rounded or _SCIENTIFIC.match(text.replace(" ", "")):
        row.problems.append(Problem("phone", _("The spreadsheet has cut this number: left empty.")))
        return ""
    digits = re.sub(r"\D", "", text)
    number = read_phone(text)
    if number is None and len(digits) == _NATIONAL_DIGITS:
        number = read_phone("0" + digits)
        if number:
            row.problems.append(Problem("phone", _("The first zero was missing: put back.")))
    if number is None and digits.startswith("33"):
        number = read_phone("+" + digits)
    if number is None:
        row.problems.append(Problem("phone", _("This is no telephone number: left empty.")))
    return number or ""


def _email(row: Reading, text: str) -> str:
    address = clean(text).replace(" ", "")
    if address and not re.fullmatch(r"[^@\s=]+@[^@\s]+\.[^@\s.]+", address):
        row.problems.append(Problem("email", _("This e-mail address is not complete: left empty.")))
        return ""
    return address


def _code(text: str) -> str:
    code = re.sub(r"\s", "", text).upper().removesuffix(".0")
    return "0" + code if code.isdigit() and len(code) == _CODE_DIGITS - 1 else code


class Known(NamedTuple):
    """What is compared of a file one's unit follows."""

    code: str
    names: str  # folded
    birth_year: int | None
    phone: str
    email: str


def is_same(row: Reading, known: Known) -> bool:
    """The same person for sure: the same names, nothing that says otherwise, and one thing more that says so."""
    if sorted(row.names.split()) != sorted(known.names.split()):
        return False
    pairs = [(row.birth_year, known.birth_year), (row.phone, known.phone), (row.email.lower(), known.email.lower())]
    told = [(a, b) for a, b in pairs if a and b]
    return all(a == b for a, b in told) and (bool(told) or not any(a or b for a, b in pairs))
