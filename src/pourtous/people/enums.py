"""Closed lists about people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PersonState(TextChoices):
    """What has become of a file."""

    ACTIVE = "active", _("Active")
    MERGED = "merged", _("Merged into another file")
    ANONYMISED = "anonymised", _("Anonymised")


class Gender(TextChoices):
    """As the national tool of digital mediation has it (La Coop: genre)."""

    FEMALE = "feminin", _("Woman")
    MALE = "masculin", _("Man")
    UNKNOWN = "non_communique", _("Not told")


class Status(TextChoices):
    """Place in working life (La Coop: statut_social)."""

    PUPIL = "scolarise", _("At school or studying")
    JOBLESS = "sans_emploi", _("Without a job")
    WORKING = "en_emploi", _("Working")
    RETIRED = "retraite", _("Retired")
    UNKNOWN = "non_communique", _("Not told")


class AgeBand(TextChoices):
    """Age bands of La Coop (tranche_age): the year minus the birth year."""

    UNDER_12 = "moins_de_douze", _("Under 12")
    FROM_12 = "douze_dix_huit", _("12 to 17")
    FROM_18 = "dix_huit_vingt_quatre", _("18 to 24")
    FROM_25 = "vingt_cinq_trente_neuf", _("25 to 39")
    FROM_40 = "quarante_cinquante_neuf", _("40 to 59")
    FROM_60 = "soixante_soixante_neuf", _("60 to 69")
    FROM_70 = "soixante_dix_plus", _("70 and over")
    UNKNOWN = "non_communique", _("Not told")


class Reach(TextChoices):
    """How a person wants to be reached."""

    SMS = "sms", _("By text message")
    CALL = "call", _("By phone call")
    EMAIL = "email", _("By e-mail")
    LETTER = "letter", _("By letter")
    ORGANISATION = "organisation", _("Through an organisation")
    NONE = "none", _("Not at all")


class HomeKind(TextChoices):
    """What the commune of a person is to them (a person without home may be domiciled, or have none)."""

    RESIDENCE = "residence", _("Lives there")
    DOMICILIATION = "domiciliation", _("Has a postal address there (domiciliation)")
    NONE = "none", _("No commune")


class CriterionKind(TextChoices):
    """What may be checked of a person. Never an income, never a document, never health."""

    RSA = "rsa", _("Receives the RSA")
    MINIMUM_BENEFIT = "minimum_benefit", _("Receives another minimum benefit")  # which one is nobody's business
    JOBSEEKER = "jobseeker", _("Looks for a job")
    NO_DIPLOMA = "no_diploma", _("Has no diploma")
    SENIOR = "senior", _("Senior")
    NO_DEVICE = "no_device", _("Has no computer")
    NO_CONNECTION = "no_connection", _("Has no internet at home")
    ISOLATED = "isolated", _("Is isolated")
    FRENCH = "french", _("Is not at ease in French")
    READING = "reading", _("Is not at ease in reading")


class Purpose(TextChoices):
    """Why a unit follows a person."""

    MEDIATION = "mediation", _("Digital help")
    TRAINING = "training", _("Training and pass numérique")
    DEVICE = "device", _("A computer")
    CONNECTION = "connection", _("Internet at home")
    SUPPORT = "support", _("Social support")


class NoticeKind(TextChoices):
    """How the person was told about their data (GDPR articles 13 and 14)."""

    ORAL = "oral", _("Told aloud")
    PAPER = "paper", _("On paper")
    SMS = "sms", _("By text message")


class RelationKind(TextChoices):
    """What somebody is to a person."""

    PARENT = "parent", _("Parent or guardian of a minor")
    REPRESENTATIVE = "representative", _("Signs for them")
    HELPER = "helper", _("Helps them (family, friend, carer)")


class RequestKind(TextChoices):
    """A right a person uses (GDPR articles 15 to 21)."""

    ACCESS = "access", _("See my data")
    CORRECTION = "correction", _("Correct my data")
    OBJECTION = "objection", _("Object")
    ERASURE = "erasure", _("Erase my data")


class RequestState(TextChoices):
    """What has become of a request."""

    OPEN = "open", _("To be answered")
    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Accepted in part")
    REFUSED = "refused", _("Refused")


class MandateAct(TextChoices):
    """What a helper does, after the kit of the CNIL for digital mediators."""

    SHOWS = "shows", _("Shows how")
    ASSISTS = "assists", _("Does it with the person")
    DOES = "does", _("Does it for the person")


class ListState(TextChoices):
    """A list of files to eliminate."""

    DRAFT = "draft", _("Waits for the visa")
    APPROVED = "approved", _("Visa given")
    DONE = "done", _("Eliminated")
    REFUSED = "refused", _("Visa refused")


class ImportState(TextChoices):
    """How far a file of people to import is."""

    LOOKING = "looking", _("Being looked at")
    READY = "ready", _("Waits for your choice")
    RUNNING = "running", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Did not reach its end")


class StillThere(TextChoices):
    """Why a file that was to go stays: a sign of the person, never what it was about."""

    MET = "met", _("I met the person")
    CALLED = "called", _("The person called or wrote")
    BOOKED = "booked", _("The person has an appointment")
    WISHES = "wishes", _("The person asked to keep the file")


class MandateLength(TextChoices):
    """How long a mandate holds: the four lengths of the kit."""

    DAY = "day", _("One day")
    MONTH = "month", _("One month")
    HALF = "half", _("Six months")
    YEAR = "year", _("One year")
