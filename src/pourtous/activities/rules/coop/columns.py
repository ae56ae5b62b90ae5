"""The columns of La Coop's sheet "Activités", by the names we give them and the words that announce them."""

from pourtous.kernel.text import fold

NAME, NOTES = "name", "notes"
SHEET = "Activités"
# Name here, header written, other headers read (older versions).
_TOLD: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("day", "Date", ()),
    ("recorded_on", "Enregistré le", ()),
    ("modified_on", "Dernière modification le", ()),
    ("mediator", "Médiateur", ()),
    ("kind", "Type", ("Type d’accompagnement",)),
    ("participants", "Participants", ("Nombre de participants",)),
    (NAME, "Bénéficiaire", ()),
    ("place_kind", "Canaux d’accompagnement", ("Canal", "Canal d’accompagnement")),
    ("place_name", "Nom du lieu", ("Lieu", "Lieu d’activité")),
    ("address", "Adresse", ()),
    ("commune", "Commune", ()),
    ("postcode", "Code postal", ()),
    ("insee_code", "Code Insee", ()),
    ("minutes", "Durée (min)", ("Durée",)),
    ("title", "Nom de l’atelier", ("Titre de l’atelier",)),
    ("equipment", "Matériel numérique utilisé", ()),
    ("topics", "Thématique(s)", ("Thématique(s) d’accompagnement", "Thématiques")),
    ("tags", "Tags", ()),
    ("procedure_name", "Nom de la démarche administrative", ()),
    (
        "grade",
        "Niveau d’autonomie (ou de l’atelier)",
        ("Niveau d’autonomie du bénéficiaire", "Niveau de l’atelier", "Niveau d’autonomie"),
    ),
    ("is_oriented", "Bénéficiaire réorienté", ("Le bénéficiaire est-il orienté vers une autre structure ?",)),
    ("orientation", "Structure de redirection", ()),
    ("home_commune", "Commune de résidence du bénéficiaire", ("Commune du bénéficiaire",)),
    ("home_postcode", "Code postal du bénéficiaire", ("Code postal de résidence du bénéficiaire",)),
    ("home_insee", "Code Insee du bénéficiaire", ("Code Insee de résidence du bénéficiaire",)),
    ("gender", "Genre du bénéficiaire", ("Genre",)),
    ("age", "Tranche d’âge du bénéficiaire", ("Tranche d’âge",)),
    ("status", "Statut du bénéficiaire", ("Statut",)),
    (NOTES, "Notes", ("Notes supplémentaires",)),
    ("source", "Source", ()),
    ("source_id", "ID CRA", ("Id du CRA", "Identifiant CRA", "ID")),
)
COLUMNS: dict[str, str] = {name: header for name, header, _also in _TOLD}
_READ: dict[str, str] = {fold(words): name for name, header, also in _TOLD for words in (header, *also)}


def column_of(header: str) -> str:
    """Our name of a column by its header, "" when it is not one of these."""
    return _READ.get(fold(header), "")
