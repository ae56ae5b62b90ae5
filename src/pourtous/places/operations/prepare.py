"""What a place's own columns let us work out, kept beside them so that searches need not."""

from pourtous.kernel.text import fold
from pourtous.places.models import Place, new_place_code
from pourtous.places.rules.inference import inferred_services


def prepare(place: Place) -> Place:
    """Recompute the derived columns, without saving. Whoever writes a place calls it just before.

    Sets: `search_text` and `sort_name` (what words and the order by name look at), `inferred_services`.
    """
    place.sort_name = fold(place.name)[:250]
    place.search_text = search_text(place)
    place.inferred_services = inferred_services(place.services, place.programmes, place.typologies)
    return place


def search_text(place: Place) -> str:
    """The folded words a place answers to; each word has a space before it, so that " word" finds beginnings."""
    parts = (place.name, place.commune_name, place.postcode, place.address, place.address_complement, place.parent)
    lists = (place.networks, place.programmes, place.labels, place.other_labels)
    return " " + fold(" ".join((*parts, *(term for terms in lists for term in terms))))


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
