"""La Coop's labels of its values (version of June 2026), in French whatever the language of the page.

An exchange format: what is written here must be understood there.
"""

from collections.abc import Mapping

from pourtous.kernel.text import fold

KIND = {"individuel": "Accompagnement individuel", "collectif": "Atelier collectif"}
PLACE_KIND = {
    "lieu_activite": "Lieu d’activité",
    "domicile": "À domicile",
    "a_distance": "À distance",
    "autre": "Autre lieu",
}
EQUIPMENT = {
    "ordinateur": "Ordinateur",
    "telephone": "Téléphone",
    "tablette": "Tablette",
    "autre": "Autre",
    "aucun": "Pas de matériel",
}
TOPIC = {
    "diagnostic_numerique": "Diagnostic numérique",
    "prendre_en_main_du_materiel": "Prendre en main du matériel",
    "maintenance_de_materiel": "Maintenance de matériel",
    "gere_ses_contenus_numeriques": "Gérer ses contenus numériques",
    "navigation_sur_internet": "Navigation sur internet",
    "email": "E-mail",
    "bureautique": "Bureautique",
    "reseaux_sociaux": "Réseaux sociaux communication",
    "sante": "Santé",
    "banque_et_achats_en_ligne": "Banque et achats en ligne",
    "entrepreneuriat": "Accompagner un professionnel",
    "insertion_professionnelle": "Insertion professionnelle",
    "securite_numerique": "Prévention en sécurité numérique",
    "parentalite": "Parentalité",
    "scolarite_et_numerique": "Scolarité et numérique",
    "creer_avec_le_numerique": "Créer avec le numérique",
    "culture_numerique": "Culture numérique",
    "intelligence_artificielle": "Intelligence artificielle (IA)",
    "aide_aux_demarches_administratives": "Aide aux démarches administratives",
}
PROCEDURE = {
    "papiers_elections_citoyennete": "Papiers - Élections - Citoyenneté",
    "famille_scolarite": "Famille - Scolarité",
    "social_sante": "Social - Santé",
    "travail_formation": "Travail - Formation - Entreprise",
    "logement": "Logement",
    "transports_mobilite": "Transports - Mobilité",
    "argent_impots": "Argent - Impôts",
    "justice": "Justice",
    "etrangers_europe": "Étrangers - Europe",
    "loisirs_sports_culture": "Loisirs - Sports - Culture",
    "associations": "Associations",
}
AUTONOMY = {
    "entierement_accompagne": "Avec guidage",
    "partiellement_autonome": "Autonome avec guidage en cas de besoin",
    "autonome": "Autonome",
}
LEVEL = {"debutant": "Débutant", "intermediaire": "Intermédiaire", "avance": "Avancé"}
ORIENTATION = {
    "administration": "Administration (mairie, préfecture…)",
    "mediation_numerique": "Autre structure de médiation numérique",
    "operateur_ou_organisme_en_charge": "Opérateur ou organisme en charge de la démarche administrative",
    "aide_sociale": "Structure d’aide sociale (maison des solidarités, centre social…)",
    "insertion_professionnelle": (
        "Structure d’insertion professionnelle (France Travail, mission locale, chambre de commerce…)"
    ),
    "aide_aux_demarches_administratives": "Structure d’aide aux démarches administratives (France Services…)",
    "autre": "Autre",
}
GENDER = {"masculin": "Masculin", "feminin": "Féminin", "non_communique": "Non communiqué"}
AGE = {
    "moins_de_douze": "Moins de 12 ans",
    "douze_dix_huit": "12 - 17 ans",
    "dix_huit_vingt_quatre": "18 - 24 ans",
    "vingt_cinq_trente_neuf": "25 - 39 ans",
    "quarante_cinquante_neuf": "40 - 59 ans",
    "soixante_soixante_neuf": "60 - 69 ans",
    "soixante_dix_plus": "70 ans et plus",
    "non_communique": "Non communiqué",
}
STATUS = {
    "scolarise": "Scolarisé",
    "sans_emploi": "Sans emploi",
    "en_emploi": "En emploi",
    "retraite": "Retraité",
    "non_communique": "Non communiqué ou hétérogène",
}
# Labels of earlier versions, and short ones found in spreadsheets.
_ALSO: dict[str, dict[str, str]] = {
    "kind": {"individuel": "individuel", "atelier": "collectif", "demarche administrative": "individuel"},
    "status": {"non communique": "non_communique", "heterogene": "non_communique"},
    "topic": {"prendre en main un ordinateur": "prendre_en_main_du_materiel"},
    "age": {"12 18 ans": "douze_dix_huit"},
}
LABELS: dict[str, Mapping[str, str]] = {
    "kind": KIND,
    "place_kind": PLACE_KIND,
    "equipment": EQUIPMENT,
    "topic": TOPIC,
    "procedure": PROCEDURE,
    "autonomy": AUTONOMY,
    "level": LEVEL,
    "orientation": ORIENTATION,
    "gender": GENDER,
    "age": AGE,
    "status": STATUS,
}


def label(name: str, value: str) -> str:
    """La Coop's label of a value; a value it does not know stays as it is."""
    return LABELS[name].get(value, value)


def value_of(name: str, text: str) -> str:
    """The value of a label (or of a value as the database writes it), "" when it is neither."""
    return _READ[name].get(fold(text), "")


def _read(name: str) -> dict[str, str]:
    known = LABELS[name]
    return {
        **_ALSO.get(name, {}),
        **{fold(value.replace("_", " ")): value for value in known},
        **{fold(text): value for value, text in known.items()},
    }


_READ = {name: _read(name) for name in LABELS}
