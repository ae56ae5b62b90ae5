"""The 32 columns of the national standard of places (schema 1.0.2, 2024-04-11), and where each one lives in `Place`.

Facts: LaMednum, standard-mediation-num (Licence Ouverte 2.0). Lists are written with `|`; real files also use `;`.
"""

from dataclasses import dataclass
from enum import StrEnum

from pourtous.places.enums import (
    TYPOLOGIES,
    AccessMode,
    Audience,
    Care,
    Fee,
    Itinerance,
    Label,
    Programme,
    Service,
    Support,
)

SEPARATOR = "|"


class Kind(StrEnum):
    """What a column holds."""

    ID = "id"
    PIVOT = "pivot"  # SIRET, RNA or RIDET
    TEXT = "text"  # one line
    LINES = "lines"  # several lines
    POSTCODE = "postcode"
    INSEE = "insee"
    DEGREES = "degrees"
    PHONE = "phone"
    EMAILS = "emails"
    URL = "url"
    URLS = "urls"
    HOURS = "hours"  # OSM opening_hours
    DATE = "date"  # YYYY-MM-DD
    TERMS = "terms"  # a list from a closed list
    LABELS = "labels"  # a free list


@dataclass(frozen=True)
class Column:
    """One column: its name in the standard, the column of `Place`, what it holds, the longest text, the terms."""

    name: str
    field: str
    kind: Kind
    longest: int = 0
    terms: tuple[str, ...] = ()

    @property
    def is_list(self) -> bool:
        """Whether the column holds several values."""
        return self.kind in {Kind.TERMS, Kind.LABELS, Kind.EMAILS, Kind.URLS}


def _terms(name: str, field: str, closed: type[StrEnum]) -> Column:
    return Column(name, field, Kind.TERMS, terms=tuple(closed))


COLUMNS = (
    Column("id", "", Kind.ID, 500),
    Column("pivot", "pivot", Kind.PIVOT, 14),
    Column("nom", "name", Kind.TEXT, 250),
    Column("commune", "commune_name", Kind.TEXT, 120),
    Column("code_postal", "postcode", Kind.POSTCODE, 5),
    Column("code_insee", "insee_code", Kind.INSEE, 5),
    Column("adresse", "address", Kind.TEXT, 250),
    Column("complement_adresse", "address_complement", Kind.TEXT, 250),
    Column("latitude", "latitude", Kind.DEGREES),
    Column("longitude", "longitude", Kind.DEGREES),
    Column("typologie", "typologies", Kind.TERMS, terms=tuple(sorted(TYPOLOGIES))),
    Column("telephone", "phone", Kind.PHONE, 20),
    Column("courriels", "emails", Kind.EMAILS),
    Column("site_web", "websites", Kind.URLS),
    Column("horaires", "opening_hours", Kind.HOURS, 1000),
    Column("presentation_resume", "summary", Kind.TEXT, 280),
    Column("presentation_detail", "description", Kind.LINES, 10_000),
    Column("source", "source", Kind.TEXT, 120),
    _terms("itinerance", "itinerance", Itinerance),
    Column("structure_parente", "parent", Kind.TEXT, 250),
    Column("date_maj", "updated_on", Kind.DATE),
    _terms("services", "services", Service),
    _terms("publics_specifiquement_adresses", "audiences", Audience),
    _terms("prise_en_charge_specifique", "care", Care),
    _terms("frais_a_charge", "fees", Fee),
    _terms("dispositif_programmes_nationaux", "programmes", Programme),
    _terms("formations_labels", "labels", Label),
    Column("autres_formations_labels", "other_labels", Kind.LABELS),
    _terms("modalites_acces", "access_modes", AccessMode),
    _terms("modalites_accompagnement", "supports", Support),
    Column("fiche_acces_libre", "accessibility_url", Kind.URL, 500),
    Column("prise_rdv", "booking_url", Kind.URL, 500),
)
NAMES = tuple(column.name for column in COLUMNS)
BY_NAME = {column.name: column for column in COLUMNS}
BY_FIELD = {column.field: column for column in COLUMNS if column.field}

# Older names of a column that kept its meaning (descriptif des évolutions, v0 to v1), and misspellings met.
OLD_NAMES = {
    "courriel": "courriels",
    "labels_autres": "autres_formations_labels",
    "accessibilite": "fiche_acces_libre",
    "public_accueillis": "publics_accueillis",
}
# Older columns whose terms now live in two columns or in ours: `importers.terms` reads them.
OLD_LISTS = ("publics_accueillis", "conditions_acces", "labels_nationaux")

# What our own columns become in the standard, which does not know them.
LAM_LABEL = "LAM"
LAM_TYPOLOGY = "EPN"
PASS_LABEL = "Pass numérique"  # noqa: S105 (a voucher, not a password)
# Our own columns that a file may fill besides those of the standard.
OWN_FIELDS = (
    "networks",
    "accepts_pass",
    "walk_in",
    "wheelchair",
    "home_help",
    "plain_french",
    "access_notes",
    "hours_notes",
)
