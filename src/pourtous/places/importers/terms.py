"""Terms of the standard, today's and older ones, and where each goes.

Older terms and their equivalents: compiled from the standard's description of changes (v0 to v1.0.2, LaMednum,
Licence Ouverte 2.0). A term without equivalent is in no table: the importer keeps it and says so.
"""

from functools import lru_cache

from pourtous.kernel.text import fold
from pourtous.places.enums import Audience, Care, Fee, Label, Network, Programme, Service, Support
from pourtous.places.standard import BY_NAME, Kind

Target = tuple[str, str | bool]  # a column of Place, and the term or the answer

_SERVICES: dict[str, Target] = {
    "Prendre en main un ordinateur": ("services", Service.DAILY_TOOLS),
    "Prendre en main un smartphone ou une tablette": ("services", Service.DAILY_TOOLS),
    "Utiliser le numérique au quotidien": ("services", Service.DAILY_TOOLS),
    "Devenir autonome dans les démarches administratives": ("services", Service.PROCEDURES),
    "Réaliser des démarches administratives avec un accompagnement": ("services", Service.PROCEDURES),
    "Accompagner les démarches de santé": ("services", Service.PROCEDURES),
    "Accéder à une connexion internet": ("services", Service.ACCESS),
    "Accéder à du matériel": ("services", Service.ACCESS),
    "Acquérir du matériel informatique à prix solidaire": ("services", Service.EQUIPMENT),
    "Approfondir ma culture numérique": ("services", Service.CULTURE),
    "Promouvoir la citoyenneté numérique": ("services", Service.CULTURE),
    "Favoriser mon insertion professionnelle": ("services", Service.WORK),
    "Soutenir la parentalité et l'éducation avec le numérique": ("services", Service.PARENTING),
    "Soutenir la parentalité": ("services", Service.PARENTING),
}
_PEOPLE: dict[str, Target] = {
    "Seniors (+ 65 ans)": ("audiences", Audience.SENIORS),
    "Jeunes (16-26 ans)": ("audiences", Audience.YOUNG),
    "Familles/enfants": ("audiences", Audience.FAMILIES),
    "Uniquement femmes": ("audiences", Audience.WOMEN),
    "Personnes en situation d'illettrisme": ("care", Care.ILLITERACY),
    "Public langues étrangères": ("care", Care.LANGUAGES),
}
_FEES: dict[str, Target] = {
    "Adhésion": ("fees", Fee.PAID),
    "Accepte le Pass numérique": ("accepts_pass", True),
}
_LABELS: dict[str, Target] = {
    "CNFS": ("programmes", Programme.CONSEILLERS),  # Conseillers numériques France Services: its name until 2023
    "Pass numérique": ("accepts_pass", True),
}
_SUPPORTS: dict[str, Target] = {
    "Seul": ("supports", Support.ALONE),
    "Avec de l'aide": ("supports", Support.ONE_TO_ONE),
    "Dans un atelier": ("supports", Support.WORKSHOP),
}
_TYPOLOGIES: dict[str, Target] = {
    "PE": ("typologies", "FT"),  # Pôle emploi, named France Travail since 1 January 2024
}
_OTHER_LABELS: dict[str, Target] = {
    "LAM": ("networks", Network.LAM),
    "Pass numérique": ("accepts_pass", True),
}


def _current(*columns: str) -> dict[str, Target]:
    return {term: (BY_NAME[name].field, term) for name in columns for term in BY_NAME[name].terms}


def _table(*parts: dict[str, Target]) -> dict[str, Target]:
    return {fold(term): target for part in parts for term, target in part.items()}


_people = _table(_PEOPLE, _current("publics_specifiquement_adresses", "prise_en_charge_specifique"))
_fees = _table(_FEES, _current("frais_a_charge"))
_labels = _table(_LABELS, {label: ("labels", label) for label in Label}, {p: ("programmes", p) for p in Programme})
# By column of the file: hybrids of both versions put new terms under old names and the other way round.
TABLES: dict[str, dict[str, Target]] = {
    **{c.name: _table(_current(c.name)) for c in BY_NAME.values() if c.kind is Kind.TERMS},
    "services": _table(_SERVICES, _current("services")),
    "typologie": _table(_TYPOLOGIES, _current("typologie")),
    "publics_accueillis": _people,
    "publics_specifiquement_adresses": _people,
    "prise_en_charge_specifique": _people,
    "conditions_acces": _fees,
    "frais_a_charge": _fees,
    "labels_nationaux": _labels,
    "dispositif_programmes_nationaux": _labels,
    "formations_labels": _labels,
    "modalites_accompagnement": _table(_SUPPORTS, _current("modalites_accompagnement")),
    "autres_formations_labels": _table(_OTHER_LABELS),
}


@lru_cache(maxsize=4096)
def find(column: str, term: str) -> Target | None:
    """Where a term of this column goes, whatever its case, accents and spaces; an explanation after " : " is ignored."""
    table = TABLES[column]
    return table.get(fold(term)) or table.get(fold(term.split(" : ", 1)[0]))


def split(text: str) -> list[str]:
    """The items of a list written with `|`, or with `;` as the older version of the standard did."""
    separator = "|" if "|" in text else ";"
    return list(dict.fromkeys(item.strip() for item in text.split(separator) if item.strip()))
