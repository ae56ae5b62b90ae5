"""What a place's own columns let us work out, kept beside them so that searches need not."""

from typing import Protocol

from pourtous.kernel.text import fold
from pourtous.places.models import Place, new_place_code
from pourtous.places.rules.inference import inferred_services
from pourtous.territories import queries as territories
from pourtous.territories.models import Commune

# An index holds this text, and PostgreSQL's take 2,700 bytes a row.
_MAX_SEARCH_TEXT = 1500
_OVERSEAS = ("97", "98")


class CommuneFinder(Protocol):
    """Whoever knows the communes: `derived.Derived` for a whole import, the database itself for a single place."""

    def commune(self, insee_code: str, name: str, postcode: str) -> Commune | None:
        """By INSEE code of any year when there is one, else by name among those of the postcode, else by name alone.

        None when the reference does not hold it: the place then keeps its commune as text.
        """


class _Reference:
    def commune(self, insee_code: str, name: str, postcode: str) -> Commune | None:
        return territories.commune(insee_code) if insee_code else _commune_by_name(name, postcode)


def _commune_by_name(name: str, postcode: str) -> Commune | None:
    named = territories.communes_named(name, limit=10)
    if postcode:
        served = {commune.code for commune in territories.communes_of_postcode(postcode)}
        named = [commune for commune in named if commune.code in served]
    same = [commune for commune in named if fold(commune.name) == fold(name)]
    best = same or named
    return best[0] if len(best) == 1 or (same and postcode) else None


def prepare(place: Place, *, communes: CommuneFinder | None = None) -> Place:
    """Recompute the derived columns, without saving. Whoever writes a place calls it just before.

    Sets: `commune`, `departement`, `search_text` and `sort_name` (what words
    and the order by name look at), `inferred_services`. An import hands over its own `communes`, read once.
    """
    finder = communes or _Reference()
    place.commune = finder.commune(place.insee_code, place.commune_name, place.postcode)
    place.departement = place.commune.departement if place.commune else _departement(place.insee_code, place.postcode)
    place.sort_name = fold(place.name)[:250]
    place.search_text = search_text(place)
    place.inferred_services = inferred_services(place.services, place.programmes, place.typologies)
    return place


def _departement(insee_code: str, postcode: str) -> str:
    """From the INSEE code, else from the postcode (Corsica: 200 and 201 are 2A, 202 and 206 are 2B); "" when unknown."""
    code = insee_code or postcode
    if code.startswith(_OVERSEAS):
        return code[:3]
    if not insee_code and code.startswith("20"):
        return "2A" if code[:3] in {"200", "201"} else "2B"
    return code[:2]


def search_text(place: Place) -> str:
    """The folded words a place answers to; each word has a space before it, so that " word" finds beginnings."""
    parts = (place.name, place.commune_name, place.postcode, place.address, place.address_complement, place.parent)
    lists = (place.networks, place.programmes, place.labels, place.other_labels)
    return (" " + fold(" ".join((*parts, *(term for terms in lists for term in terms)))))[:_MAX_SEARCH_TEXT]


def unused_codes(count: int) -> list[str]:
    """Codes that no place has, for those that create many at once (one import of 20,000 in 200 would else fail)."""
    fresh: set[str] = set()
    while len(fresh) < count:
        fresh.update(new_place_code() for _ in range(count - len(fresh)))
        fresh.difference_update(_taken(list(fresh)))
    return sorted(fresh)


def _taken(codes: list[str]) -> set[str]:
    """Those of the codes that a place has; asked 500 at a time, within what SQLite takes in one query."""
    taken: set[str] = set()
    for start in range(0, len(codes), 500):
        taken.update(Place.objects.filter(code__in=codes[start : start + 500]).values_list("code", flat=True))
    return taken
