"""What may be said of a person, put in shape and checked: the same for a form, an import and another app."""

from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from pourtous.accounts.models import Unit
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean, clean_lines, fold
from pourtous.people.enums import Gender, HomeKind, Reach, Status
from pourtous.people.hashing import name_hashes, phone_hashes
from pourtous.people.models import Person
from pourtous.people.rules import ages
from pourtous.people.rules.phones import is_mobile, read_phone
from pourtous.territories.models import Commune

NAME_LENGTH = 80
ADDRESS_LENGTH = 300
LANGUAGE_LENGTH = 8


class PersonFacts(TypedDict, total=False):
    """What one may say of a person; a first name or a last name is enough.

    `phone` in any usual form; `postal_address` in lines; `is_fifteen`: they say so, in the year it may be false.
    """

    first_name: str
    last_name: str
    birth_year: int | None
    is_fifteen: bool
    gender: str
    status: str
    commune: Commune | None
    home_kind: str
    reach: str
    phone: str
    email: str
    postal_address: str
    reach_through: Unit | None
    language: str
    agrees_to_be_found: bool


_CHOICES = {"gender": Gender, "status": Status, "home_kind": HomeKind, "reach": Reach}
_LINES = {"first_name": NAME_LENGTH, "last_name": NAME_LENGTH, "language": LANGUAGE_LENGTH}
COLUMNS = frozenset(PersonFacts.__annotations__) - {"is_fifteen"}


def fill(person: Person, said: PersonFacts, *, on: date) -> None:
    """Write what was said on a person, not saved. DomainError, with the field, for what cannot be."""
    shaped: dict[str, Any] = {name: value for name, value in said.items() if name in COLUMNS}
    for name, length in _LINES.items():
        if name in shaped:
            shaped[name] = _line(name, str(shaped[name] or ""), length)
    for name, kinds in _CHOICES.items():
        if name in shaped and shaped[name] not in kinds.values:
            raise DomainError(_("Choose one of the answers."), field=name)
    for name, value in shaped.items():
        setattr(person, name, value)
    _check_name(person)
    _check_age(person, on=on, is_fifteen=said.get("is_fifteen", False))
    _settle_home(person)
    _settle_reach(person)
    settle_searched(person)


def _line(name: str, text: str, length: int) -> str:
    line = clean(text)
    if len(line) > length:
        raise DomainError(_("This is too long: %(length)s letters at most.") % {"length": length}, field=name)
    return line


def _check_name(person: Person) -> None:
    if not fold(person.first_name) and not fold(person.last_name) and not (person.first_name or person.last_name):
        raise DomainError(_("Give a first name or a last name."), field="last_name")


def _check_age(person: Person, *, on: date, is_fifteen: bool) -> None:
    year = person.birth_year
    if year is None:
        return
    if not ages.OLDEST_YEAR <= year <= on.year:
        raise DomainError(_("This birth year is not right. Example: 1961."), field="birth_year")
    if ages.is_too_young(year, on.year):
        raise DomainError(
            _(
                "No file before the age of 15. You can help without a file: record an anonymous activity."
                " Or register a parent."
            ),
            field="birth_year",
        )
    is_known = person.created_at is not None and not person._state.adding  # noqa: SLF001 (Django's documented way)
    if ages.may_be_too_young(year, on.year) and not is_fifteen and not is_known:
        raise DomainError(_("This person may be 14. Ask, then tick that they are 15."), field="is_fifteen")


def _settle_home(person: Person) -> None:
    if person.home_kind == HomeKind.NONE:
        person.commune = None


def _settle_reach(person: Person) -> None:
    """Numbers and addresses in shape; who wants a message must be reachable that way."""
    phone = read_phone(person.phone)
    if phone is None:
        raise DomainError(_("This telephone number is not complete. Example: 06 39 98 12 34."), field="phone")
    person.phone = phone
    person.email = _email(person.email)
    person.postal_address = clean_lines(person.postal_address)
    if len(person.postal_address) > ADDRESS_LENGTH:
        raise DomainError(
            _("This is too long: %(length)s letters at most.") % {"length": ADDRESS_LENGTH}, field="postal_address"
        )
    if person.reach != Reach.ORGANISATION:
        person.reach_through = None
    _check_reach(person)


def _email(text: str) -> str:
    address = clean(text)
    if not address:
        return ""
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError(
            _("This e-mail address is not complete. Example: nom@fournisseur.fr"), field="email"
        ) from error
    return address


def _check_reach(person: Person) -> None:
    if person.reach == Reach.SMS and person.phone and not is_mobile(person.phone):
        person.reach = Reach.CALL  # a landline gets no text message: they are called
    wants: dict[str, tuple[bool, str, str]] = {
        Reach.EMAIL: (bool(person.email), "email", _("Give the e-mail address to write to.")),
        Reach.LETTER: (bool(person.postal_address), "postal_address", _("Give the address to write to.")),
        Reach.CALL: (bool(person.phone), "phone", _("Give the number to call.")),
        Reach.ORGANISATION: (
            person.reach_through is not None,
            "reach_through",
            _("Say which organisation passes messages on."),
        ),
    }
    is_given, field, sentence = wants.get(person.reach, (True, "", ""))
    if not is_given:
        raise DomainError(sentence, field=field)


def settle_searched(person: Person) -> None:
    """What files are found by, made from the names and the number."""
    person.search_text = fold(f"{person.last_name} {person.first_name}")[:200]
    person.name_hash = next(iter(name_hashes(person.first_name, person.last_name, person.birth_year)), "")
    person.phone_hash = next(iter(phone_hashes(person.phone)), "")
