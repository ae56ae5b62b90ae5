"""La Coop's enumerations (version 2), value for value: what is exported must be understood there.

Values we do not know are kept as they came and shown as they are written (`label_of`).
"""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ActivityKind(TextChoices):
    """La Coop: type_activite. A one-off help is individual there; the old CRA called it "ponctuel"."""

    INDIVIDUAL = "individuel", _("One to one")
    WORKSHOP = "collectif", _("Workshop")


class PlaceKind(TextChoices):
    """La Coop: type_lieu."""

    PLACE = "lieu_activite", _("At a place")
    HOME = "domicile", _("At the person’s home")
    REMOTE = "a_distance", _("At a distance")
    OTHER = "autre", _("Elsewhere")


class Equipment(TextChoices):
    """La Coop: materiel."""

    COMPUTER = "ordinateur", _("Computer")
    PHONE = "telephone", _("Phone")
    TABLET = "tablette", _("Tablet")
    OTHER = "autre", _("Other equipment")
    NONE = "aucun", _("No equipment")


class Topic(TextChoices):
    """La Coop: thematiques of digital mediation (19)."""

    DIAGNOSIS = "diagnostic_numerique", _("Skills check")
    EQUIPMENT = "prendre_en_main_du_materiel", _("Getting started with equipment")
    MAINTENANCE = "maintenance_de_materiel", _("Looking after equipment")
    CONTENT = "gere_ses_contenus_numeriques", _("Keeping files and photos")
    WEB = "navigation_sur_internet", _("Finding one’s way on the internet")
    EMAIL = "email", _("E-mail")
    OFFICE = "bureautique", _("Word processing and tables")
    NETWORKS = "reseaux_sociaux", _("Social networks and messages")
    HEALTH = "sante", _("Health online")
    BANKING = "banque_et_achats_en_ligne", _("Banking and shopping online")
    BUSINESS = "entrepreneuriat", _("Running a business")
    WORK = "insertion_professionnelle", _("Looking for work")
    SAFETY = "securite_numerique", _("Staying safe")
    PARENTING = "parentalite", _("Being a parent")
    SCHOOL = "scolarite_et_numerique", _("School")
    CREATION = "creer_avec_le_numerique", _("Making things")
    CULTURE = "culture_numerique", _("Understanding the digital world")
    AI = "intelligence_artificielle", _("Artificial intelligence")
    PROCEDURES = "aide_aux_demarches_administratives", _("Administrative procedures")


class Procedure(TextChoices):
    """La Coop: thematiques of administrative procedures (11), only beside `Topic.PROCEDURES`."""

    IDENTITY = "papiers_elections_citoyennete", _("Papers, elections, citizenship")
    FAMILY = "famille_scolarite", _("Family, school")
    SOCIAL = "social_sante", _("Social rights, health")
    WORK = "travail_formation", _("Work, training")
    HOUSING = "logement", _("Housing")
    TRANSPORT = "transports_mobilite", _("Transport")
    MONEY = "argent_impots", _("Money, taxes")
    JUSTICE = "justice", _("Justice")
    FOREIGNERS = "etrangers_europe", _("Foreigners, Europe")
    LEISURE = "loisirs_sports_culture", _("Leisure, sports, culture")
    ASSOCIATIONS = "associations", _("Associations")


class Autonomy(TextChoices):
    """La Coop: autonomie (individual), shown there as 1/3, 2/3, 3/3."""

    GUIDED = "entierement_accompagne", _("With guidance")
    PARTLY = "partiellement_autonome", _("Alone, with guidance at times")
    ALONE = "autonome", _("Alone")


class Orientation(TextChoices):
    """La Coop: structure_de_redirection."""

    ADMINISTRATION = "administration", _("Public administration")
    MEDIATION = "mediation_numerique", _("Another digital mediation structure")
    OPERATOR = "operateur_ou_organisme_en_charge", _("The body in charge of the procedure")
    SOCIAL = "aide_sociale", _("Social aid")
    WORK = "insertion_professionnelle", _("Help towards work")
    PROCEDURES = "aide_aux_demarches_administratives", _("Help with procedures")
    OTHER = "autre", _("Another structure")


class OrientationOutcome(TextChoices):
    """What came of it, asked once."""

    UNKNOWN = "unknown", _("Not known")
    WENT = "went", _("Went, and was helped")
    NOT_HELPED = "not_helped", _("Went, and was not helped")
    DID_NOT_GO = "did_not_go", _("Did not go")


class Dimension(TextChoices):
    """What anonymous participants of an activity are counted by."""

    GENDER = "gender", _("Gender")
    AGE = "age", _("Age")
    STATUS = "status", _("Status")
    KNOWN = "known", _("Already helped")


class TagScope(TextChoices):
    """Who sees a tag."""

    PERSONAL = "personal", _("Mine")
    UNIT = "unit", _("My unit")
    TERRITORY = "territory", _("Everybody")


class Source(TextChoices):
    """Where an activity was recorded."""

    POURTOUS = "pourtous", _("Here")
    COOP = "coop", _("La Coop")


class Moment(TextChoices):
    """When a skills check was done."""

    BEFORE = "before", _("Before")
    DURING = "during", _("On the way")
    AFTER = "after", _("After")


def label_of(choices: type[TextChoices], value: str) -> str | Promise:
    """The label of a value, or the value itself when it is not one of ours."""
    return choices(value).label if value in choices.values else value
