"""What an import works out for many places at once, with the communes read once: commune, département, position."""

from typing import Any, ClassVar

from pourtous.kernel.geometry import Point
from pourtous.kernel.text import fold
from pourtous.places.models import Place
from pourtous.places.operations.prepare import prepare
from pourtous.territories.geocoder import geocode
from pourtous.territories.models import Commune, FormerCommune

GOOD_ENOUGH = 0.6  # below, a match is a guess: the commune alone is said
_OVERSEAS = ("97", "98")


class Derived:
    """The communes of the reference at hand, and what they say of a place."""

    COLUMNS: ClassVar[tuple[str, ...]] = (
        "commune",
        "departement",
        "search_text",
        "sort_name",
        "inferred_services",
    )

    def __init__(self) -> None:
        communes = list(Commune.objects.defer("outline"))
        former = list(FormerCommune.objects.select_related("successor").defer("successor__outline"))
        self._by_code = {one.code: one.successor for one in former} | {one.code: one for one in communes}
        self._points: dict[tuple[str, str, str], tuple[Point, str]] = {}
        self._by_name: dict[str, dict[str, Commune]] = {}
        for name, commune in [(c.name, c) for c in communes] + [(f.name, f.successor) for f in former]:
            self._by_name.setdefault(plain_name(name), {})[commune.code] = commune

    def commune(self, insee_code: str, name: str, postcode: str) -> Commune | None:
        """The commune of an address: by its code, else by a name that is the only one so near the postcode."""
        if insee_code:
            return self._by_code.get(insee_code)
        found = list(self._by_name.get(plain_name(name), {}).values())
        if not postcode:
            return found[0] if len(found) == 1 else None
        exact = [one for one in found if postcode in one.postcodes]
        near = exact or [one for one in found if one.departement == departement_of(postcode)]
        return near[0] if len(near) == 1 else None

    def locate(self, values: dict[str, Any]) -> tuple[Point, str] | None:
        """Where an address is and how finely, for a row that gives no position."""
        if "latitude" in values:
            return None
        commune = self.commune(values.get("insee_code", ""), values.get("commune_name", ""), values.get("postcode", ""))
        return self._located(commune, values.get("address", ""), values.get("postcode", "")) if commune else None

    def _located(self, commune: Commune, address: str, postcode: str) -> tuple[Point, str]:
        """The point of an address; the middle of its commune when the geocoder knows no better inside it."""
        key = (commune.code, address, postcode)
        if key not in self._points:
            text = f"{address} {commune.name}"
            found = geocode(text, postcode=postcode, insee_code=commune.code, limit=3) if address else []
            inside = [one for one in found if one.commune_code == commune.code and one.score >= GOOD_ENOUGH]
            self._points[key] = (inside[0].point, inside[0].level) if inside else (commune.centre, "commune")
        return self._points[key]

    def prepare(self, place: Place) -> None:
        """Set the columns that are worked out, without saving."""
        prepare(place, communes=self)


def plain_name(name: str) -> str:
    """A commune's name for comparing: folded, "St" and "Ste" written whole, no delivery office."""
    words = fold(name).split()
    if "cedex" in words:
        words = words[: words.index("cedex")]
    return " ".join({"st": "saint", "ste": "sainte"}.get(word, word) for word in words)


def departement_of(code: str) -> str:
    """The département of a commune's code or of a postcode: "34", "2A", "974"; Corsica's postcodes by their third digit."""
    if code.startswith(_OVERSEAS):
        return code[:3]
    if code.startswith("20") and len(code) == 5:  # noqa: PLR2004
        return "2A" if code[2] in "01" else "2B"
    return code[:2]
