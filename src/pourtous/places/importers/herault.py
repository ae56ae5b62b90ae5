"""The open data of the Hérault on places of digital help, in its portal's own columns.

Column names and terms: those the national pipeline reads (mednum-cli, MIT). Where that reading says more than the
data, ours does not: "person with a disability" is not four disabilities, and a place without appointment is said so.
"""

from django.utils.translation import gettext as _

from pourtous.kernel.text import fold
from pourtous.places.enums import AccessMode, Audience, Fee, Itinerance, Network, Service, Support
from pourtous.places.importers import terms
from pourtous.places.importers.reading import Cells
from pourtous.places.importers.rows import Draft

NAME = "herault"
_COLUMNS = {
    "code_service": "id",
    "pivot": "pivot",
    "lib_long_service": "nom",
    "nom_comm": "commune",
    "lieu_code_postal": "code_postal",
    "num_insee_comm_service": "code_insee",
    "adresse": "adresse",
    "lieu_lat84": "latitude",
    "lieu_long84": "longitude",
    "tabservice_tel_service": "telephone",
    "tabservice_mail_service": "courriels",
    "site_internet_service": "site_web",
    "date_maj": "date_maj",
    "infos_complementaires": "presentation_detail",
    "horaires": "horaires",
}
_YES_NO = {"1": True, "oui": True, "true": True, "0": False, "non": False, "false": False}
_MULTIMEDIA = "Lieux d'accès multimédia"
_WALK_IN = "Sans Rendez-Vous"
_DISABILITY = "Personne en situation de handicap"


def _table(*entries: tuple[tuple[str, ...], str]) -> dict[str, list[str]]:
    """Values by folded term: one term may mean several values."""
    found: dict[str, list[str]] = {}
    for names, value in entries:
        for name in names:
            found.setdefault(fold(name), []).append(value)
    return found


_TYPES = _table(
    (("Caisse d'allocations familiales", "Allocations Familiales CAF"), "CAF"),
    (("Services des impôts DGFIP",), "CFP"),
    (("Caisse Primaire d'Assurance Maladie", "Assurance Maladie CPAM"), "CPAM"),
    (("Espace de médiation numérique", _MULTIMEDIA, "Lieu d'accès multimédia", "Point d'accueil numérique"), "EPN"),
    (("France Services",), "RFS"),
    (("France Travail", "Pôle Emploi"), "FT"),
    (("La Poste",), "LA_POSTE"),
    (("Mutualité Sociale Agricole",), "MSA"),
    (("Services ministère de la Justice",), "PAD"),
)
_FEES = _table((("Gratuit",), Fee.FREE), (("Payant",), Fee.PAID))
_SUPPORTS = _table(
    (("Espace ou borne en libre accès",), Support.ALONE),
    (
        (
            "Espace avec un accompagnement en individuel",
            "Espace avec un accompagnement à la formation à l'informatique",
        ),
        Support.ONE_TO_ONE,
    ),
    (("Espace avec un accompagnement collectif",), Support.WORKSHOP),
)
_AUDIENCES = _table(
    (("Jeune",), Audience.YOUNG), (("Stagiaire en formation",), Audience.STUDENTS), (("Retraité",), Audience.SENIORS)
)
_SERVICES = _table(
    (
        (
            "Démarches",
            "Aide à la mobilité",
            "Accès au logement",
            "Faire une demande ou une déclaration en ligne",
            "Faire valoir un droit",
            "Usages professionnels (contacts chambres consulaires, gestion activité, accès sites intranet...)",
        ),
        Service.PROCEDURES,
    ),
    (
        (
            "Accéder à l'information en ligne",
            "Créer et utiliser un compte de messagerie",
            "Effectuer des connexions réseaux",
            "Imprimer ou scanner un document",
            "Télécharger un document",
            "Envoyer des courriels et joindre des fichiers",
            "Géolocaliser un service ou un lieu",
        ),
        Service.DAILY_TOOLS,
    ),
    (("Préparer et passer une certification",), Service.WORK),
    (("Services internet ouverts au public", "Imprimer ou scanner un document"), Service.ACCESS),
)
_CREATION = "accompagnement a la creation numerique"
_LISTS = (
    ("lib_long_type", "typologie", _TYPES),
    ("administration", "typologie", _TYPES),
    ("cond_acces", "frais_a_charge", _FEES),
    ("mod_acces", "modalites_accompagnement", _SUPPORTS),
    ("publics", "publics_specifiquement_adresses", _AUDIENCES),
    ("demarches", "services", _SERVICES),
    ("usages", "services", _SERVICES),
)
KNOWN = frozenset(
    {
        *_COLUMNS,
        *(column for column, _name, _terms in _LISTS),
        "itinerance",
        "borne_libre_service",
        "accueil_pmr",
        "reseau",
    }
)


def matches(columns: frozenset[str]) -> bool:
    """A file with the portal's ids and names of services."""
    return {"code_service", "lib_long_service", "nom_comm"} <= columns


def draft(cells: Cells) -> Draft:
    """One place of the portal."""
    found = Draft({name: cells.get(column, "") for column, name in _COLUMNS.items()})
    for column, name, table in _LISTS:
        for item in terms.split(cells.get(column, "")):
            _place_term(found, column, name, item, table)
    _networks(found, cells)
    _yes_or_no(found, cells)
    if _CREATION in fold(cells.get("infos_complementaires", "")):
        _add(found, "services", Service.LEISURE)
    return found


def _add(found: Draft, name: str, value: str) -> None:
    items = terms.split(found.cells.get(name, ""))
    found.cells[name] = "|".join(dict.fromkeys([*items, value]))


def _place_term(found: Draft, column: str, name: str, item: str, table: dict[str, list[str]]) -> None:
    folded = fold(item)
    for value in table.get(folded, ()):
        _add(found, name, value)
    if folded == fold(_WALK_IN):
        _add(found, "modalites_acces", AccessMode.COME)
        found.own["walk_in"] = True
    elif folded == fold(_DISABILITY):
        found.keep(column, item, _("It does not say which disability: set aside, none is written."))
    elif folded in _MULTIMEDIA_NAMES:
        _join_lam(found)
    elif folded not in table:
        found.keep(column, item, _("This term has no equivalent in the standard: set aside."))


_MULTIMEDIA_NAMES = {fold(_MULTIMEDIA), fold("Lieu d'accès multimédia"), "lam"}


def _join_lam(found: Draft) -> None:
    _add(found, "typologie", "EPN")
    found.own["networks"] = [Network.LAM.value]


def _networks(found: Draft, cells: Cells) -> None:
    """`reseau`: the network of multimedia access points is ours; other names go among the free labels."""
    for item in terms.split(cells.get("reseau", "")):
        words = fold(item)
        if words in _MULTIMEDIA_NAMES or words.startswith("lam "):
            _join_lam(found)
        else:
            _add(found, "autres_formations_labels", item)


def _yes_or_no(found: Draft, cells: Cells) -> None:
    mobile = _answer(found, "itinerance", cells)
    if mobile is not None:
        found.cells["itinerance"] = Itinerance.MOBILE if mobile else Itinerance.FIXED
    if _answer(found, "borne_libre_service", cells):
        _add(found, "modalites_accompagnement", Support.ALONE)
    wheelchair = _answer(found, "accueil_pmr", cells)
    if wheelchair is not None:
        found.own["wheelchair"] = wheelchair


def _answer(found: Draft, column: str, cells: Cells) -> bool | None:
    text = cells.get(column, "")
    answer = _YES_NO.get(fold(text.removesuffix(".0")))
    if text and answer is None:
        found.keep(column, text, _("We expected 1 or 0 here: set aside."))
    return answer
