"""Spelling of addresses: what people abbreviate is written in full, so that both forms meet. Pure."""

from pourtous.kernel.text import fold

# Kinds of street, as abbreviated on envelopes (list of the postal standard for addresses, and common usage).
KINDS = {
    "all": "allee",
    "allees": "allee",
    "alle": "allee",
    "av": "avenue",
    "ave": "avenue",
    "aven": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "blvd": "boulevard",
    "boul": "boulevard",
    "bvd": "boulevard",
    "car": "carrefour",
    "che": "chemin",
    "chem": "chemin",
    "chm": "chemin",
    "cite": "cite",
    "crs": "cours",
    "dom": "domaine",
    "esp": "esplanade",
    "fbg": "faubourg",
    "fg": "faubourg",
    "ham": "hameau",
    "imp": "impasse",
    "lot": "lotissement",
    "lotis": "lotissement",
    "mte": "montee",
    "mtee": "montee",
    "pas": "passage",
    "pl": "place",
    "plan": "plan",
    "prom": "promenade",
    "qu": "quai",
    "quart": "quartier",
    "r": "rue",
    "res": "residence",
    "rpt": "rond point",
    "rte": "route",
    "sq": "square",
    "trav": "traverse",
    "za": "zone artisanale",
    "zac": "zac",
    "zi": "zone industrielle",
}
STREET_KINDS = frozenset(KINDS.values()) | {
    "clos",
    "mas",
    "parc",
    "rond",
    "ruelle",
    "sentier",
    "venelle",
    "voie",
    "zone",
}
TITLES = {
    "st": "saint",
    "ste": "sainte",
    "sts": "saints",
    "stes": "saintes",
    "dr": "docteur",
    "doct": "docteur",
    "gal": "general",
    "gen": "general",
    "mal": "marechal",
    "mar": "marechal",
    "cdt": "commandant",
    "col": "colonel",
    "cap": "capitaine",
    "lt": "lieutenant",
    "sgt": "sergent",
    "pdt": "president",
    "pres": "president",
    "prof": "professeur",
    "pr": "professeur",
    "mgr": "monseigneur",
    "nd": "notre dame",
}
# Words too common to tell streets apart.
SMALL_WORDS = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "lez", "s", "sous", "sur")
)


MONTHS = frozenset(
    (
        "janvier",
        "fevrier",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "aout",
        "septembre",
        "octobre",
        "novembre",
        "decembre",
    )
)
# Short for a kind of street at the start of an address only: elsewhere they are words of their own.
_AMBIGUOUS = frozenset(("all", "car", "dom", "esp", "ham", "lot", "pas", "plan", "res", "za", "zi", "imp"))


def canonical(text: str) -> str:
    """A name for comparing: folded, "St" and "Ste" in full."""
    return " ".join(TITLES.get(word, word) if word in _SAINTS else word for word in fold(text).split())


_SAINTS = frozenset({"st", "ste", "sts", "stes"})


def in_full(words: list[str]) -> list[str]:
    """Folded words of an address with kinds of street (where one can stand) and titles in full."""
    full: list[str] = []
    for index, word in enumerate(words):
        kind = KINDS.get(word) if index == 0 or (len(word) > 1 and word not in _AMBIGUOUS) else None
        full += (kind or TITLES.get(word, word)).split()
    return full


def kind_of(words: list[str]) -> str:
    """The kind of street that the words begin with, or ""."""
    return words[0] if words and words[0] in STREET_KINDS else ""


def telling_words(words: list[str]) -> list[str]:
    """The words that tell a street from another: without its kind and small words (all of them if none is left)."""
    kept = [word for index, word in enumerate(words) if word not in SMALL_WORDS and not (index == 0 and kind_of(words))]
    return kept or words
