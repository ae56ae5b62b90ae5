"""An amount in French words, as a statement is closed with ("arrêté à la somme de…"). Spelling of 1990: hyphens all along."""

_SMALL = [
    "zéro",
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
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")
_THOUSAND, _MILLION, _BILLION = 1_000, 1_000_000, 1_000_000_000


def amount_in_words(cents: int) -> str:
    """As in "mille deux-cent-trente euros et cinquante centimes". ValueError below zero or from a thousand million euros on."""
    euros, rest = divmod(cents, 100)
    if cents < 0 or euros >= _BILLION:
        msg = f"{cents} cents cannot be written in words"
        raise ValueError(msg)
    link = "d’" if euros >= _MILLION and euros % _MILLION == 0 else ""
    said = f"{_number(euros)} {link}euro{'s' if euros > 1 else ''}"
    return f"{said} et {_number(rest)} centime{'s' if rest > 1 else ''}" if rest else said


def _number(value: int) -> str:
    if value < _THOUSAND:
        return _hundreds(value, is_last=True)
    if value < _MILLION:
        thousands, rest = divmod(value, _THOUSAND)
        head = "mille" if thousands == 1 else f"{_hundreds(thousands, is_last=False)}-mille"
    else:
        millions, rest = divmod(value, _MILLION)
        head = f"{_hundreds(millions, is_last=True)}-million{'s' if millions > 1 else ''}"
    return f"{head}-{_number(rest)}" if rest else head


def _hundreds(value: int, *, is_last: bool) -> str:
    """Up to 999; "cents" and "quatre-vingts" take their s only at the end (`is_last`)."""
    hundreds, rest = divmod(value, 100)
    if not hundreds:
        return _tens(rest, is_last=is_last)
    head = "cent" if hundreds == 1 else f"{_SMALL[hundreds]}-cent"
    if rest:
        return f"{head}-{_tens(rest, is_last=is_last)}"
    return f"{head}s" if hundreds > 1 and is_last else head


def _tens(value: int, *, is_last: bool) -> str:
    if value < len(_SMALL):
        return _SMALL[value]
    ten, unit = divmod(value, 10)
    if ten in {7, 9}:
        unit += 10
    if unit == 0:
        return f"{_TENS[ten]}s" if ten == 8 and is_last else _TENS[ten]  # noqa: PLR2004 (eighty)
    link = "-et-" if unit in {1, 11} and ten < 8 else "-"  # noqa: PLR2004 (eighty)
    return f"{_TENS[ten]}{link}{_SMALL[unit]}"
