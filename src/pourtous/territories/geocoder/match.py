"""Finding the commune, then the street, of an address taken apart. Pure: works on an index in memory.

The commune comes first, by its name (present or former) wherever it stands in the text; a postcode or a code
given beside only adds weight, it never excludes. Then streets of at most a dozen candidate communes are compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pourtous.territories.geocoder.index import Index, Road, Town
from pourtous.territories.geocoder.spelling import SMALL_WORDS, STREET_KINDS, kind_of, telling_words
from pourtous.territories.geocoder.types import Asked

MAX_TOWNS = 12
MAX_NAME_WORDS = 7
MAX_DOUBT = 0.5  # a commune so much less sure than the surest is not looked at
NAME_CUTOFF = 74
LONGER_NAME_CUTOFF = 84  # beside an exact shorter name ("… Cahouls-lès-Béziers")
STREET_CUTOFF = 0.66
_UNLIKELY = 0.1  # what a name spelt otherwise loses when no postcode or code speaks for it
_UNLIKELY_AGAINST_POSTCODE = 0.3  # … and when a postcode of the territory speaks for others
_ROADS_A_TOWN = 8
_CUTOFFS = (78, 54)  # a high cutoff is several times faster, and mostly enough
_ROADS_COMPARED = 18
_MIN_GLUED = 6


class _Naming(NamedTuple):
    """Likeness (0 to 1) of some words to a glued name, the words left, and how usual their place in the text is."""

    likeness: float
    name: str
    rest: tuple[str, ...]
    place: float


@dataclass(frozen=True)
class Candidate:
    """A commune that the text may name, how surely (0 to about 1.4), and the words left for the street."""

    town: Town
    weight: float
    rest: tuple[str, ...]
    is_named: bool


@dataclass(frozen=True)
class Found:
    """A commune, perhaps a street in it, and how sure (0 to 1)."""

    town: Town
    road: Road | None
    score: float


def find(index: Index, asked: Asked, *, postcodes: frozenset[str], insee_code: str, limit: int) -> list[Found]:
    """The best answers, best first, at most one a street or commune."""
    towns = candidates(index, asked, postcodes, insee_code)
    found = [*_streets(towns, postcodes), *(_commune(one) for one in towns)]
    if not towns:
        found = _anywhere(index, asked)
    best: dict[tuple[str, str], Found] = {}
    for one in sorted(found, key=lambda one: (-one.score, -one.town.population, one.road.id if one.road else "")):
        best.setdefault((one.town.code, one.road.id if one.road else ""), one)
    return list(best.values())[:limit]


def candidates(index: Index, asked: Asked, postcodes: frozenset[str], insee_code: str) -> list[Candidate]:
    """The communes that the text may mean, the surest first."""
    best: dict[tuple[str, tuple[str, ...]], Candidate] = {}
    is_known = any(postcode in index.by_postcode for postcode in postcodes)
    for likeness, key, rest, place in _named(index, asked):
        for code in index.owners[key]:
            town = index.towns[code]
            weight = likeness * place + _hints(town, postcodes, insee_code) + 0.004 * len(key)
            if likeness < 1 and not _hints(town, postcodes, insee_code):
                weight -= _UNLIKELY_AGAINST_POSTCODE if is_known else _UNLIKELY
            kept = best.get((code, rest))
            if kept is None or weight > kept.weight:
                best[code, rest] = Candidate(town, weight, rest, is_named=True)
    surest = max((one.weight for one in best.values()), default=0.0)
    named = sorted(best.values(), key=lambda one: -one.weight)[:MAX_TOWNS]
    told = {one.town.code for one in named if _tells(one.rest)}
    hinted = [one for one in _hinted(index, asked, postcodes, insee_code) if one.town.code not in told]
    return [one for one in named + hinted if one.weight >= surest - MAX_DOUBT]


def _tells(rest: tuple[str, ...]) -> bool:
    """Whether words are left that can name a street, beyond its kind."""
    return any(word not in SMALL_WORDS and word not in STREET_KINDS for word in rest)


def _hints(town: Town, postcodes: frozenset[str], insee_code: str) -> float:
    weight = 0.25 if insee_code and town.code == insee_code else 0.0
    if postcodes.intersection(town.postcodes):
        return weight + 0.2
    return weight


def _hinted(index: Index, asked: Asked, postcodes: frozenset[str], insee_code: str) -> list[Candidate]:
    """Communes that only the postcode or the code points at: all words are left for the street."""
    towns = [town for postcode in sorted(postcodes) for town in index.by_postcode.get(postcode, [])]
    if insee_code in index.towns:
        towns.insert(0, index.towns[insee_code])
    unique = list({town.code: town for town in towns}.values())
    alone = 0.15 if len(unique) == 1 else 0.0
    return [
        Candidate(town, 0.4 + alone + _hints(town, postcodes, insee_code), asked.words, is_named=False)
        for town in unique[: 2 * MAX_TOWNS]
    ]


def _named(index: Index, asked: Asked) -> Iterable[_Naming]:
    """What in the text may name a commune: exact names anywhere, alike ones where a commune usually stands."""
    size = len(asked.words)
    anchored: list[tuple[int, int]] = []
    longest = 0
    for start in range(size):
        for end in range(start + 1, min(size, start + MAX_NAME_WORDS) + 1):
            key = "".join(asked.words[start:end])
            place = _place(asked, start, end)
            if index.owners.get(key):
                longest = max(longest, end - start) if place == 1 else longest
                yield _Naming(1.0, key, _rest(asked, start, end), place)
            elif place >= 0.9 and len(key) > 2:  # noqa: PLR2004
                anchored.append((start, end))
    if longest == 0:
        yield from _fuzzy(index, asked, anchored, NAME_CUTOFF)
        yield from _glued(index, asked.words)
    elif asked.split < 0 or asked.split + longest < size:
        longer = [(start, end) for start, end in anchored if end == size and end - start > longest]
        yield from _fuzzy(index, asked, longer, LONGER_NAME_CUTOFF)


def _rest(asked: Asked, start: int, end: int) -> tuple[str, ...]:
    """The words left for the street."""
    return asked.words[asked.lead : max(start, asked.lead)] + asked.words[max(end, asked.lead) :]


def _place(asked: Asked, start: int, end: int) -> float:
    """How usual it is for the commune to stand there: at the end or after the postcode, else first, else inside."""
    if end == len(asked.words) or start == asked.split or (start == 0 and 0 < end == asked.lead):
        return 1.0
    return 0.92 if start == 0 else 0.7


def _fuzzy(index: Index, asked: Asked, spans: list[tuple[int, int]], cutoff: int) -> Iterable[_Naming]:
    for start, end in spans:
        if start == 0 and asked.words[0] in STREET_KINDS:
            continue
        key = "".join(asked.words[start:end])
        near = process.extract(key, index.names, scorer=fuzz.ratio, score_cutoff=cutoff, limit=4)
        for name, likeness, _at in near:
            yield _Naming(likeness / 100, name, _rest(asked, start, end), _place(asked, start, end))


def _glued(index: Index, words: tuple[str, ...]) -> Iterable[_Naming]:
    """Names of communes stuck to the word before: "rue des lilasmontpellier"."""
    whole = "".join(words)
    for name in index.names:
        if len(name) >= _MIN_GLUED and whole.endswith(name) and len(whole) > len(name):
            yield _Naming(0.95, name, _without_tail(words, len(name)), 1.0)


def _without_tail(words: tuple[str, ...], size: int) -> tuple[str, ...]:
    kept = list(words)
    while kept and size >= len(kept[-1]):
        size -= len(kept.pop())
    if size and kept:
        kept[-1] = kept[-1][:-size]
    return tuple(kept)


def _commune(one: Candidate) -> Found:
    """The commune itself as an answer: less sure when words are left that name no known street."""
    left = [word for word in one.rest if word not in SMALL_WORDS]
    score = min(one.weight, 1.0)
    if left and one.is_named:
        score = 0.1 + 0.4 * score
    elif left:
        score = 0.3 * score
    return Found(one.town, None, score)


def _streets(towns: list[Candidate], postcodes: frozenset[str]) -> list[Found]:
    rough: list[tuple[float, Candidate, Road, str]] = []
    for one in towns:
        if one.rest and one.town.roads:
            key = "".join(telling_words(list(one.rest)))
            rough += [
                (likeness / 100 + one.weight, one, one.town.roads[at], key)
                for at, likeness in _near_roads(one, key).items()
            ]
    rough.sort(key=lambda row: -row[0])
    found = []
    for _rough, one, road, key in rough[:_ROADS_COMPARED]:
        likeness = street_likeness(one.rest, road, key)
        if likeness >= STREET_CUTOFF:
            nearer = 0.03 if road.postcode in postcodes else 0.0
            found.append(Found(one.town, road, 0.4 * min(one.weight, 1.25) + 0.5 * likeness + 0.07 + nearer))
    return found


def _near_roads(one: Candidate, key: str) -> dict[int, float]:
    """Index of a commune's road → rough likeness (0 to 100): by the whole name, and by a shared telling word."""
    town = one.town
    found = dict.fromkeys(town.by_key.get(key, [])[:_ROADS_A_TOWN], 100.0)
    for cutoff in _CUTOFFS:
        if not found:
            near = process.extract(key, town.keys, scorer=fuzz.ratio, score_cutoff=cutoff, limit=_ROADS_A_TOWN)
            found = {at: likeness for _key, likeness, at in near}
    for word in telling_words(list(one.rest)):
        for at in town.by_word.get(word, [])[:6]:
            found.setdefault(at, 50 + 2 * len(word))
    return found


def street_likeness(rest: tuple[str, ...], road: Road, key: str) -> float:
    """How alike (0 to 1) the words left are to a street: whole spelling, or word by word where some are missing."""
    words = list(rest)
    whole = max(fuzz.ratio(key, "".join(road.words)), fuzz.ratio("".join(rest), road.full)) / 100
    likeness = whole if whole > 0.97 else max(whole, 0.97 * _by_words(telling_words(words), road.words))  # noqa: PLR2004
    asked_kind = kind_of(words)
    if asked_kind and road.kind and asked_kind != road.kind:
        return likeness - 0.07
    return likeness - (0.0 if asked_kind == road.kind else 0.02)


def _by_words(asked: list[str], known: tuple[str, ...]) -> float:
    """Each word beside its nearest, long words counting more: all that was asked must be there, less the reverse."""
    return 0.68 * _cover(asked, known) + 0.32 * _cover(known, asked)


def _cover(words: Iterable[str], others: Iterable[str]) -> float:
    total = found = 0.0
    pool = list(others)
    for word in words:
        size = len(word)
        nearest = max((fuzz.ratio(word, other) for other in pool), default=0.0)
        total += size
        found += size * nearest / 100 if nearest >= 70 else 0.0  # noqa: PLR2004
    return found / total if total else 0.0


def _anywhere(index: Index, asked: Asked) -> list[Found]:
    """No commune in the text: streets of all communes, the nearest spelling, never very sure."""
    key = "".join(telling_words(list(asked.words)))
    if len(key) < 4:  # noqa: PLR2004
        return []
    found = []
    for town in index.towns.values():
        for _key, _likeness, at in process.extract(key, town.keys, scorer=fuzz.ratio, score_cutoff=82, limit=2):
            likeness = street_likeness(asked.words, town.roads[at], key)
            found.append(Found(town, town.roads[at], 0.6 * likeness))
    return found
