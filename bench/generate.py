"""Invented places all over France, in the national standard: the same for the same count and seed.

    from bench.generate import rows, write_csv, load

Towns are invented around the départements' chief towns, so their communes are outside the loaded reference and stay
text; in the Hérault the communes are those of the reference. Telephone numbers are of the range kept for fiction.
"""

import csv
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from stdnum import luhn

from pourtous.places.enums import AccessMode, Audience, Care, Fee, Label, Programme, Service, Support
from pourtous.places.standard import NAMES

SOURCE = "bench"
SEED = 2026

# Département: latitude and longitude of its chief town, and how many places of a thousand it has.
CHIEF_TOWNS = {
    "01": (46.20, 5.22, 10), "02": (49.56, 3.62, 9), "03": (46.57, 3.33, 6), "04": (44.09, 6.24, 4),
    "05": (44.56, 6.08, 4), "06": (43.70, 7.27, 15), "07": (44.73, 4.60, 7), "08": (49.77, 4.72, 5),
    "09": (42.96, 1.61, 4), "10": (48.30, 4.08, 6), "11": (43.21, 2.35, 8), "12": (44.35, 2.57, 7),
    "13": (43.30, 5.38, 28), "14": (49.18, -0.37, 12), "15": (44.93, 2.44, 4), "16": (45.65, 0.16, 7),
    "17": (46.16, -1.15, 11), "18": (47.08, 2.40, 6), "19": (45.27, 1.77, 5), "2A": (41.93, 8.74, 3),
    "2B": (42.70, 9.45, 3), "21": (47.32, 5.04, 10), "22": (48.51, -2.76, 10), "23": (46.17, 1.87, 4),
    "24": (45.18, 0.72, 8), "25": (47.24, 6.02, 9), "26": (44.93, 4.89, 10), "27": (49.02, 1.15, 9),
    "28": (48.45, 1.49, 7), "29": (48.00, -4.10, 15), "30": (43.84, 4.36, 13), "31": (43.60, 1.44, 21),
    "32": (43.65, 0.59, 5), "33": (44.84, -0.58, 23), "34": (43.61, 3.88, 20), "35": (48.11, -1.68, 17),
    "36": (46.81, 1.69, 5), "37": (47.39, 0.69, 10), "38": (45.19, 5.73, 19), "39": (46.67, 5.55, 6),
    "40": (43.89, -0.50, 7), "41": (47.59, 1.33, 6), "42": (45.44, 4.39, 12), "43": (45.04, 3.88, 5),
    "44": (47.22, -1.55, 21), "45": (47.90, 1.91, 10), "46": (44.45, 1.44, 5), "47": (44.20, 0.62, 7),
    "48": (44.52, 3.50, 3), "49": (47.47, -0.55, 12), "50": (49.12, -1.09, 8), "51": (48.96, 4.36, 9),
    "52": (48.11, 5.14, 5), "53": (48.07, -0.77, 6), "54": (48.69, 6.18, 11), "55": (48.77, 5.16, 5),
    "56": (47.66, -2.76, 12), "57": (49.12, 6.18, 14), "58": (46.99, 3.16, 5), "59": (50.63, 3.06, 34),
    "60": (49.43, 2.08, 11), "61": (48.43, 0.09, 6), "62": (50.29, 2.78, 20), "63": (45.78, 3.08, 11),
    "64": (43.30, -0.37, 11), "65": (43.23, 0.08, 5), "66": (42.70, 2.90, 8), "67": (48.58, 7.75, 15),
    "68": (48.08, 7.36, 11), "69": (45.76, 4.84, 27), "70": (47.62, 6.15, 5), "71": (46.31, 4.83, 10),
    "72": (48.01, 0.20, 9), "73": (45.57, 5.92, 8), "74": (45.90, 6.13, 11), "75": (48.86, 2.35, 28),
    "76": (49.44, 1.10, 18), "77": (48.54, 2.66, 16), "78": (48.80, 2.13, 16), "79": (46.32, -0.46, 7),
    "80": (49.89, 2.30, 9), "81": (43.93, 2.15, 7), "82": (44.02, 1.36, 5), "83": (43.12, 5.93, 14),
    "84": (43.95, 4.81, 9), "85": (46.67, -1.43, 11), "86": (46.58, 0.34, 8), "87": (45.83, 1.26, 7),
    "88": (48.17, 6.45, 7), "89": (47.80, 3.57, 6), "90": (47.64, 6.86, 3), "91": (48.63, 2.43, 15),
    "92": (48.89, 2.21, 17), "93": (48.91, 2.44, 22), "94": (48.79, 2.46, 15), "95": (49.04, 2.08, 14),
    "971": (16.17, -61.60, 7), "972": (14.62, -61.05, 7), "973": (4.92, -52.33, 5), "974": (-20.98, 55.45, 13),
    "976": (-12.78, 45.22, 4),
}  # fmt: skip
_KINDS = (
    ("Espace numérique", "EPN"), ("France services", "RFS"), ("Médiathèque", "BIB"), ("Mairie", "MUNI"),
    ("Centre social", "CS"), ("Atelier des outils", "ASSO"), ("Mission locale", "ML"), ("CCAS", "CCAS"),
    ("Fabrique", "TIERS_LIEUX"), ("Maison des jeunes", "MJC"), ("Espace de vie", "EVS"), ("Point info", "PIJ_BIJ"),
)  # fmt: skip
_SYLLABLES = (
    ("Val", "Roque", "Mont", "Bel", "Clair", "Font", "Haut", "Pré", "Sauve", "Ville", "Cham", "Bois", "Gran", "Mer"),
    ("bre", "ga", "ri", "lo", "ne", "ma", "to", "vi", "ser", "dou", "ca", "pe", "lan", "mou"),
    ("mont", "vive", "lac", "court", "zac", "ville", "gnan", "lles", "rac", "ret", "bourg", "say", "ne", "dan"),
)
_STREETS = ("rue", "avenue", "place", "impasse", "chemin", "boulevard", "allée", "quai")
_OF = ("des Tilleuls", "du Lavoir", "des Mûriers", "de la Fontaine", "des Écoles", "du Marché", "de la Gare")
_MORNINGS = ("08:30-12:00", "09:00-12:00", "09:00-12:30", "09:30-12:30", "10:00-12:00", "08:00-12:15")
_AFTERNOONS = ("13:30-17:00", "14:00-17:00", "14:00-18:00", "13:00-16:30", "14:00-17:30", "15:00-19:00")
_TOWNS_BY_DEPARTEMENT = 40
_SMALL = {"75", "90", "92", "93", "94"}

Town = tuple[str, str, str, float, float]  # name, postcode, INSEE code, latitude, longitude


def rows(count: int, seed: int = SEED) -> Iterator[dict[str, str]]:
    """So many rows of the standard: 32 columns of text each."""
    dice = random.Random(seed)
    towns = {code: _towns(code, dice) for code in CHIEF_TOWNS}
    chosen = dice.choices(list(CHIEF_TOWNS), weights=[weight for _, _, weight in CHIEF_TOWNS.values()], k=count)
    for number, departement in enumerate(chosen, start=1):
        yield _row(number, dice.choice(towns[departement]), dice)


def write_csv(path: Path, count: int, seed: int = SEED) -> None:
    """The rows as a CSV of the standard."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=NAMES)
        writer.writeheader()
        writer.writerows(rows(count, seed))


def load(count: int, seed: int = SEED) -> None:
    """Fill the current database with these places, by the import itself (collector "bench")."""
    from pourtous.kernel.clock import now
    from pourtous.places.operations.imports import import_file

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "lieux.csv"
        write_csv(path, count, seed)
        import_file(path=path, source=SOURCE, actor=None, now=now())


def _towns(departement: str, dice: random.Random) -> list[Town]:
    if departement == "34":
        return _reference_towns(departement)
    latitude, longitude, _ = CHIEF_TOWNS[departement]
    is_overseas = departement.startswith("97")
    spread = 0.08 if is_overseas or departement in _SMALL else 0.25
    post = departement if is_overseas else departement.replace("A", "0").replace("B", "0")
    found = []
    for number in range(_TOWNS_BY_DEPARTEMENT):
        name = "".join(dice.choice(part) for part in _SYLLABLES)
        postcode = f"{post}{number:02}" if is_overseas else f"{post}{number * 10:03}"
        insee = f"{departement}{50 + number}" if is_overseas else f"{departement}{900 + number}"
        where = dice.uniform(-spread, spread), dice.uniform(-spread, spread)
        found.append((name, postcode, insee, latitude + where[0], longitude + where[1]))
    return found


def _reference_towns(departement: str) -> list[Town]:
    from pourtous.territories.reference import read

    return [
        (one["name"], one["postcodes"][0], one["code"], *one["centre"])
        for one in read(departement)["communes"]
        if one["postcodes"]
    ]


def _row(number: int, town: Town, dice: random.Random) -> dict[str, str]:
    name, postcode, insee, latitude, longitude = town
    kind, typology = dice.choice(_KINDS)
    is_france_services = typology == "RFS"
    found = dict.fromkeys(NAMES, "")
    found |= {
        "id": f"b{number:06}",
        "pivot": _siret(dice) if _one_of(dice, 0.3) else "",
        "nom": f"{kind} {dice.choice(('de', 'à', '–'))} {name} {number % 97 or ''}".strip(),
        "commune": name,
        "code_postal": postcode,
        "code_insee": insee if _one_of(dice, 0.9) else "",
        "adresse": f"{dice.randint(1, 180)} {dice.choice(_STREETS)} {dice.choice(_OF)}",
        "typologie": typology,
        "telephone": f"+3346571{dice.randrange(10_000):04}" if _one_of(dice, 0.85) else "",
        "courriels": f"accueil{number}@lieux.example" if _one_of(dice, 0.6) else "",
        "site_web": f"https://lieux.example/{number}" if _one_of(dice, 0.5) else "",
        "horaires": _hours(dice) if _one_of(dice, 0.85) else "",
        "presentation_resume": "Un lieu pour apprendre et se faire aider." if _one_of(dice, 0.3) else "",
        "source": dice.choice(("collectif-nord", "collectif-sud", "reseau-ouest")),
        "itinerance": dice.choices(("Fixe", "Itinérant", ""), (80, 5, 15))[0],
        "date_maj": f"20{dice.randint(22, 25)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        "services": "" if is_france_services else _some(dice, tuple(Service), 1, 5),
        "publics_specifiquement_adresses": _some(dice, tuple(Audience), 0, 2),
        "prise_en_charge_specifique": _some(dice, tuple(Care), 0, 2),
        "frais_a_charge": dice.choices((Fee.FREE, Fee.FREE_IF, Fee.PAID, ""), (70, 8, 6, 16))[0],
        "dispositif_programmes_nationaux": Programme.FRANCE_SERVICES
        if is_france_services
        else _some(dice, (Programme.CONSEILLERS, Programme.AIDANTS_CONNECT, Programme.PIX), 0, 2),
        "formations_labels": _some(dice, (Label.ORDI, Label.FABRIQUES, Label.LA_POSTE), 0, 1),
        "autres_formations_labels": dice.choices(("", "LAM", "Pass numérique", "LAM|Pass numérique"), (88, 5, 5, 2))[0],
        "modalites_acces": _some(dice, (AccessMode.COME, AccessMode.PHONE, AccessMode.MAIL), 0, 3),
        "modalites_accompagnement": _some(dice, tuple(Support), 0, 3),
        "prise_rdv": f"https://rdv.example/{number}" if _one_of(dice, 0.1) else "",
    }
    if _one_of(dice, 0.99):
        found["latitude"] = f"{latitude + dice.gauss(0, 0.012):.6f}"
        found["longitude"] = f"{longitude + dice.gauss(0, 0.012):.6f}"
    return found


def _one_of(dice: random.Random, share: float) -> bool:
    """Whether this row is one of a share of them."""
    return dice.random() < share


def _siret(dice: random.Random) -> str:
    siren = f"{dice.randrange(10**8):08}"
    siren += luhn.calc_check_digit(siren)
    body = f"{siren}{dice.randrange(1, 60):04}"
    return body + luhn.calc_check_digit(body)


def _hours(dice: random.Random) -> str:
    week = f"Mo-Fr {dice.choice(_MORNINGS)},{dice.choice(_AFTERNOONS)}"
    if _one_of(dice, 0.4):
        week = f"Mo,Tu,Th {dice.choice(_MORNINGS)},{dice.choice(_AFTERNOONS)}; We,Fr {dice.choice(_MORNINGS)}"
    saturday = f"; Sa {dice.choice(_MORNINGS)}" if _one_of(dice, 0.2) else ""
    holidays = "; PH off" if _one_of(dice, 0.3) else ""
    return week + saturday + holidays


def _some(dice: random.Random, terms: tuple[str, ...], least: int, most: int) -> str:
    return "|".join(str(term) for term in dice.sample(terms, min(len(terms), dice.randint(least, most))))
