"""What a place's own columns let us work out, kept beside them so that searches need not."""

from pourtous.kernel.text import fold
from pourtous.places.models import Place
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
