"""Passwords that are guessed first: a common word with trimmings, a row of the keyboard, names everybody knows."""

from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from pourtous.kernel.text import fold

MIN_LENGTH = 12
MAX_LENGTH = 256
# Letters that may stay unexplained around and between words, and how many common words still make no secret.
LOOSE_LETTERS = 3
COMMON_WORDS = 3
SHORTEST_RUN = 4
FEWEST_SIGNS = 5
LONGEST_READ = 60

# Written by hand: stems people build passwords on, in French and in English.
STEMS = frozenset(
    [
        "motdepasse",
        "mdp",
        "passe",
        "secret",
        "confidentiel",
        "code",
        "acces",
        "connexion",
        "compte",
        "ordinateur",
        "ordi",
        "internet",
        "informatique",
        "numerique",
        "bureau",
        "travail",
        "boulot",
        "equipe",
        "admin",
        "administrateur",
        "administration",
        "utilisateur",
        "invite",
        "stagiaire",
        "direction",
        "directeur",
        "directrice",
        "mairie",
        "commune",
        "ville",
        "village",
        "departement",
        "region",
        "prefecture",
        "social",
        "sociale",
        "ccas",
        "mission",
        "locale",
        "association",
        "service",
        "services",
        "france",
        "francais",
        "francaise",
        "republique",
        "liberte",
        "egalite",
        "fraternite",
        "europe",
        "occitanie",
        "bonjour",
        "bonsoir",
        "salut",
        "coucou",
        "bienvenue",
        "merci",
        "aurevoir",
        "bisous",
        "amour",
        "jetaime",
        "moncoeur",
        "cherie",
        "doudou",
        "chouchou",
        "loulou",
        "nounours",
        "poupette",
        "princesse",
        "maman",
        "papa",
        "famille",
        "bebe",
        "enfant",
        "vacances",
        "soleil",
        "plage",
        "mer",
        "montagne",
        "etoile",
        "lune",
        "chocolat",
        "cheval",
        "chat",
        "chien",
        "minou",
        "dauphin",
        "papillon",
        "fleur",
        "rose",
        "tournesol",
        "fraise",
        "cerise",
        "banane",
        "pomme",
        "fromage",
        "camembert",
        "vin",
        "football",
        "foot",
        "rugby",
        "basket",
        "olympique",
        "marseille",
        "paris",
        "lyon",
        "toulouse",
        "bordeaux",
        "montpellier",
        "beziers",
        "sete",
        "nantes",
        "lille",
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
        "lundi",
        "mardi",
        "mercredi",
        "jeudi",
        "vendredi",
        "samedi",
        "dimanche",
        "printemps",
        "ete",
        "automne",
        "hiver",
        "noel",
        "anniversaire",
        "un",
        "deux",
        "trois",
        "quatre",
        "cinq",
        "six",
        "sept",
        "huit",
        "neuf",
        "dix",
        "zero",
        "premier",
        "dernier",
        "nouveau",
        "nouvelle",
        "password",
        "pass",
        "word",
        "passwd",
        "login",
        "logon",
        "signin",
        "access",
        "root",
        "user",
        "guest",
        "test",
        "testing",
        "demo",
        "default",
        "change",
        "changeme",
        "changemoi",
        "letmein",
        "welcome",
        "hello",
        "master",
        "super",
        "superman",
        "batman",
        "spiderman",
        "pokemon",
        "starwars",
        "naruto",
        "zelda",
        "dragon",
        "monkey",
        "shadow",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "soccer",
        "hockey",
        "liverpool",
        "arsenal",
        "chelsea",
        "summer",
        "winter",
        "spring",
        "autumn",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "friday",
        "sunday",
        "love",
        "iloveyou",
        "lover",
        "angel",
        "baby",
        "flower",
        "butterfly",
        "cookie",
        "computer",
        "internet",
        "google",
        "facebook",
        "samsung",
        "iphone",
        "windows",
        "microsoft",
        "office",
        "company",
        "money",
        "power",
        "magic",
        "freedom",
        "whatever",
        "nothing",
        "trustno",
        "qwerty",
        "azerty",
    ]
)
_ROWS = (
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
    "aqwzsxedcrfvtgbyhnujmikolp",
    "qazwsxedcrfvtgbyhnujmikolp",
)
_LEET = str.maketrans("013457@$!€&+", "oieasta" + "siest")


class Weakness(StrEnum):
    """Why a password is refused."""

    SHORT = "short"
    LONG = "long"
    MONOTONOUS = "monotonous"
    GUESSABLE = "guessable"


def weakness(password: str, known: Iterable[str] = ()) -> Weakness | None:
    """Why a password would be guessed, or None.

    `known` is text that anybody knows of the person: their name, address, team, organisation, territory. Pure
    chance apart, a password is refused when its letters are made of known words, keyboard rows and at most three
    common words, with at most three other letters; digits and signs around and between count for nothing.
    """
    if len(password) < MIN_LENGTH:
        return Weakness.SHORT
    if len(password) > MAX_LENGTH:
        return Weakness.LONG
    if len(set(password.lower())) < FEWEST_SIGNS:
        return Weakness.MONOTONOUS
    names = frozenset(_names(known))
    return Weakness.GUESSABLE if any(_is_guessable(letters, names) for letters in _readings(password)) else None


def _names(known: Iterable[str]) -> Iterable[str]:
    """The words of known text that are long enough to be recognised, alone and joined."""
    for text in known:
        parts = fold(text).split()
        yield from (part for part in parts if len(part) > 2)  # noqa: PLR2004 ("de", "la"…)
        yield "".join(parts)


def _readings(password: str) -> set[str]:
    """The letters of a password as written, and with digits and signs read as the letters they look like."""
    low = password.lower()
    trimmed = low.strip("0123456789 !@#$%^&*()-_=+[]{};:'\",.<>/?\\|`~€£§°²")
    readings = (low, low.translate(_LEET), trimmed.translate(_LEET))
    letters = {_letters(reading) for reading in readings}
    return letters | {_once(one) for one in letters}


def _letters(text: str) -> str:
    return "".join(c for c in fold(text) if c.isalpha())


def _once(letters: str) -> str:
    """A text repeated is worth one: "azertyazerty" → "azerty"."""
    again = (letters + letters).find(letters, 1)
    return letters[:again] if letters else letters


def _is_guessable(letters: str, names: frozenset[str]) -> bool:
    if len(letters) > LONGEST_READ:
        return False
    common, loose = _cheapest(letters, names)
    return common <= COMMON_WORDS and loose <= LOOSE_LETTERS


def _cheapest(letters: str, names: frozenset[str]) -> tuple[int, int]:
    """(common words, loose letters) of the cheapest way to read the letters, loose letters counting most."""
    best: list[tuple[int, int]] = [(0, 0)]  # (loose, common) of each beginning
    for end in range(1, len(letters) + 1):
        ways = [(best[end - 1][0] + 1, best[end - 1][1])]
        for start in range(end - 1):
            word = letters[start:end]
            if word in names or _is_run(word):
                ways.append(best[start])
            elif word in STEMS:
                ways.append((best[start][0], best[start][1] + 1))
        best.append(min(ways))
    loose, common = best[-1]
    return common, loose


@lru_cache(maxsize=4096)
def _is_run(word: str) -> bool:
    """Whether it is a stretch of the alphabet or of a keyboard, in either direction, or one letter over and over."""
    if len(word) < SHORTEST_RUN:
        return False
    return len(set(word)) == 1 or any(word in row or word[::-1] in row for row in _ROWS)
