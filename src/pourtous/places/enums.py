"""The enumerations of the national standard of places (schema 1.0.2), exactly as written there, and our own.

Values are French because the standard's are: they are data, exchanged letter for letter.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Service(StrEnum):
    """services: what one gets help for."""

    PROCEDURES = "Aide aux démarches administratives"
    DAILY_TOOLS = "Maîtrise des outils numériques du quotidien"
    WORK = "Insertion professionnelle via le numérique"
    SAFETY = "Utilisation sécurisée du numérique"
    PARENTING = "Parentalité et éducation avec le numérique"
    LEISURE = "Loisirs et créations numériques"
    CULTURE = "Compréhension du monde numérique"
    ACCESS = "Accès internet et matériel informatique"
    EQUIPMENT = "Acquisition de matériel informatique à prix solidaire"


class Audience(StrEnum):
    """publics_specifiquement_adresses: none means everybody."""

    YOUNG = "Jeunes"
    STUDENTS = "Étudiants"
    FAMILIES = "Familles et/ou enfants"
    SENIORS = "Seniors"
    WOMEN = "Femmes"


class Care(StrEnum):
    """prise_en_charge_specifique."""

    DEAFNESS = "Surdité"
    MOTOR = "Handicaps moteurs"
    MENTAL = "Handicaps mentaux"
    ILLITERACY = "Illettrisme"
    ENGLISH = "Langues étrangères (anglais)"
    LANGUAGES = "Langues étrangères (autres)"
    SIGHT = "Déficience visuelle"


class Fee(StrEnum):
    """frais_a_charge."""

    FREE = "Gratuit"
    FREE_IF = "Gratuit sous condition"
    PAID = "Payant"


class Itinerance(StrEnum):
    """itinerance."""

    MOBILE = "Itinérant"
    FIXED = "Fixe"


class Programme(StrEnum):
    """dispositif_programmes_nationaux."""

    AIDANTS_CONNECT = "Aidants Connect"
    LIBRARIES = "Bibliothèques numérique de référence"
    PIX = "Certification PIX"
    CONSEILLERS = "Conseillers numériques"
    EMMAUS_CONNECT = "Emmaüs Connect"
    FRANCE_SERVICES = "France Services"
    GRANDE_ECOLE = "Grande école du numérique"
    RED_CROSS = "La Croix Rouge"
    CAF_POINT = "Point d'accès numérique CAF"
    PROMENEURS = "Promeneurs du net"
    EMMAUS_RELAY = "Relais numérique (Emmaüs Connect)"


class Label(StrEnum):
    """formations_labels."""

    ESPACE_SANTE = "Formé à « Mon Espace Santé »"
    DUPLEX = "Formé à « DUPLEX » (illettrisme)"
    ARNIA = "Arnia/MedNum BFC (Bourgogne-Franche-Comté)"
    NORMANDIE = "Collectif ressources et acteurs réemploi (Normandie)"
    LA_POSTE = "Étapes numériques (La Poste)"
    FABRIQUES = "Fabriques de Territoire"
    DROME = "Les Éclaireurs du numérique (Drôme)"
    LYON = "Mes Papiers (Métropole de Lyon)"
    ORDI = "ORDI 3.0"
    SUD_LABS = "SUD LABS (PACA)"


class AccessMode(StrEnum):
    """modalites_acces: how one comes into contact."""

    COME = "Se présenter"
    PHONE = "Téléphoner"
    MAIL = "Contacter par mail"
    BOOK_ONLINE = "Prendre un RDV en ligne"
    NO_PUBLIC = "Ce lieu n'accueille pas de public"
    PRESCRIPTION = "Envoyer un mail avec une fiche de prescription"


class Support(StrEnum):
    """modalites_accompagnement: how one is helped."""

    ALONE = "En autonomie"
    ONE_TO_ONE = "Accompagnement individuel"
    WORKSHOP = "Dans un atelier collectif"
    REMOTE = "À distance"


TYPOLOGIES = frozenset(
    [
        "ACI",
        "ACIPHC",
        "AFPA",
        "AI",
        "ASE",
        "ASSO",
        "ASSO_CHOMEUR",
        "Autre",
        "AVIP",
        "BIB",
        "CAARUD",
        "CADA",
        "CAF",
        "CAP_EMPLOI",
        "CAVA",
        "CC",
        "CCAS",
        "CCONS",
        "CD",
        "CDAS",
        "CFP",
        "CHRS",
        "CHU",
        "CIAS",
        "CIDFF",
        "CITMET",
        "CMP",
        "CMS",
        "CPAM",
        "CPH",
        "CS",
        "CSAPA",
        "CSC",
        "DEETS",
        "DEPT",
        "DIPLP",
        "E2C",
        "EA",
        "EATT",
        "EI",
        "EITI",
        "ENM",
        "EPCI",
        "EPI",
        "EPIDE",
        "EPN",
        "ES",
        "ESAT",
        "ESS",
        "ETTI",
        "EVS",
        "FABLAB",
        "FABRIQUE",
        "FAIS",
        "FT",
        "GEIQ",
        "HUDA",
        "LA_POSTE",
        "MDE",
        "MDH",
        "MDEF",
        "MDPH",
        "MDS",
        "MJC",
        "ML",
        "MQ",
        "MSA",
        "MSAP",
        "MUNI",
        "OACAS",
        "ODC",
        "OF",
        "OIL",
        "OPCS",
        "PAD",
        "PENSION",
        "PI",
        "PIJ_BIJ",
        "PIMMS",
        "PJJ",
        "PLIE",
        "PREF",
        "PREVENTION",
        "REG",
        "RELAIS_LECTURE",
        "RESSOURCERIE",
        "RFS",
        "RS_FJT",
        "SCP",
        "SPIP",
        "TIERS_LIEUX",
        "UDAF",
    ]
)


class Network(TextChoices):
    """Local networks the standard does not know (exported as typology EPN and in autres_formations_labels)."""

    LAM = "LAM", _("Multimedia access point (LAM)")


class PlaceState(TextChoices):
    """Whether the public sees a place."""

    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    CLOSED = "closed", _("Closed for good")


class PositionOrigin(TextChoices):
    """Where a position comes from."""

    NONE = "none", _("Unknown")
    GIVEN = "given", _("Given by the source")
    GEOCODED = "geocoded", _("Worked out from the address")
    MANAGER = "manager", _("Put right by the place's manager")


class ProblemAbout(TextChoices):
    """What a person says is wrong."""

    HOURS = "hours", _("The opening hours")
    PHONE = "phone", _("The phone number")
    ADDRESS = "address", _("The address")
    CLOSED = "closed", _("The place has closed")
    OTHER = "other", _("Something else")


class ReportState(TextChoices):
    """Where a report of something wrong stands."""

    RECEIVED = "received", _("Received")
    SETTLED = "settled", _("Put right")
    DISMISSED = "dismissed", _("Checked: nothing to change")


class RunState(TextChoices):
    """Where an import stands."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
