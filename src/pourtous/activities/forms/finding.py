"""From words to rows: a person the team follows, a place of the directory, a commune."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from pourtous.activities.forms.desk import Desk
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.kernel.text import clean, fold
from pourtous.people.models import Person
from pourtous.people.queries import by_code, followed
from pourtous.places.enums import PlaceState
from pourtous.places.models import Place
from pourtous.territories import queries as territories

NAMED = 3  # how many candidates a sentence names


def find_people(desk: Desk, lines: Iterable[str], *, field: str) -> list[Person]:
    """The person of each line (a code, or part of a name); empty lines say nothing.

    Raises DomainError when nobody whom the team follows answers, or several do.
    """
    return [_person(desk, line, field) for line in (clean(line) for line in lines) if line]


def _person(desk: Desk, words: str, field: str) -> Person:
    if words in desk.people:
        return desk.people[words]
    visible = followed(desk.user, on=desk.today)
    code = read_code(words)
    if code and (kept := by_code(code)) and visible.filter(pk=kept.pk).exists():
        return kept
    found = list(followed(desk.user, words=words, on=desk.today).select_related("commune")[: NAMED + 1])
    if len(found) == 1:
        return found[0]
    if not found:
        message = _("Your team follows nobody called “%(words)s”. Register them first, or record without name.")
        raise DomainError(message % {"words": words}, field=field)
    names = ", ".join(f"{one.name} ({one.code})" for one in found[:NAMED])
    message = _("Several people answer to “%(words)s”: %(names)s. Write the code of the right one.")
    raise DomainError(message % {"words": words, "names": names}, field=field)


def find_place(words: str) -> Place:
    """The open place these words name: its code, or words of its name and commune."""
    places = Place.objects.exclude(state=PlaceState.CLOSED)
    if (code := read_code(words)) and (place := places.filter(code=code).first()):
        return place
    found = places
    for word in fold(words).split()[:8]:
        found = found.filter(search_text__contains=f" {word}")
    rows = list(found.order_by("sort_name", "code")[: NAMED + 1]) if fold(words) else []
    if len(rows) == 1:
        return rows[0]
    if not rows:
        message = _("No place is called “%(words)s”. Try one word of its name, or choose “Elsewhere”.")
        raise DomainError(message % {"words": words}, field="place_words")
    names = "; ".join(f"{one.name}, {one.commune_name} ({one.code})" for one in rows[:NAMED])
    message = _("Several places answer to “%(words)s”: %(names)s. Write the code of the right one.")
    raise DomainError(message % {"words": words, "names": names}, field="place_words")


def find_commune(text: str) -> str:
    """The INSEE code of the commune one typed: its code, its name, or "Name (code)". Elsewhere in France, a code."""
    bracket = text.rpartition("(")[2].rstrip(") ") if text.rstrip().endswith(")") else text
    if code := territories.clean_code(bracket):
        known = territories.commune(code)
        return known.code if known else code
    found = territories.communes_named(text, limit=2)
    exact = [one for one in found if fold(one.name) == fold(text)]
    if len(found) == 1 or len(exact) == 1:
        return (exact or found)[0].code
    if not found:
        message = _("We do not know the commune “%(words)s”. Write its name or its INSEE code.")
        raise DomainError(message % {"words": text}, field="commune")
    names = ", ".join(f"{one.name} ({one.code})" for one in found)
    message = _("Several communes answer to “%(words)s”: %(names)s. Write the whole name.")
    raise DomainError(message % {"words": text, "names": names}, field="commune")
