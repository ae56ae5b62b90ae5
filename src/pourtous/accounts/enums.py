"""Kinds of organisation, capabilities of units, roles of people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OrganisationKind(TextChoices):
    """What an organisation is in law."""

    DEPARTEMENT = "departement", _("Département")
    COMMUNE = "commune", _("Town hall")
    EPCI = "epci", _("Group of communes")
    CCAS = "ccas", _("Social action centre of a commune (CCAS)")
    STATE = "state", _("State service")
    SOCIAL_SECURITY = "social_security", _("Social security body")
    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Company")
    OTHER = "other", _("Other")


class Capability(TextChoices):
    """What a unit does in the programme."""

    STEERING = "steering", _("Steering")
    PRESCRIBER = "prescriber", _("Prescriber")
    MEDIATION = "mediation", _("Digital mediation")
    HOST = "host", _("Host of courses")
    REFURBISHER = "refurbisher", _("Refurbisher")
    REPAIRER = "repairer", _("Repairer")
    DONOR = "donor", _("Donor")
    PLACE_MANAGER = "place_manager", _("Manager of places")


class Role(TextChoices):
    """What a person is in a unit."""

    MANAGER = "manager", _("Manager")
    MEMBER = "member", _("Member")


class DataRole(TextChoices):
    """The organisation's role for personal data (GDPR articles 4, 26 and 28)."""

    NONE = "none", _("Not recorded")
    CONTROLLER = "controller", _("Controller")
    JOINT = "joint", _("Joint controller")
    PROCESSOR = "processor", _("Processor")


class AgreementKind(TextChoices):
    """What was signed with an organisation. `rules.agreements.KINDS_OF_ROLE` says which ones open personal data."""

    JOINT = "joint", _("Joint controllership arrangement (GDPR, article 26)")
    PROCESSING = "processing", _("Processing contract (GDPR, article 28)")
    SHARING = "sharing", _("Data-sharing agreement between controllers")
    DECISION = "decision", _("Decision that sets up the processing")
    CHARTER = "charter", _("Charter of the programme")
    FUNDING = "funding", _("Funding agreement")
