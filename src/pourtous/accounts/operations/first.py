"""How the first person gets in."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability, OrganisationKind, Role
from pourtous.accounts.models import Invitation, Organisation, Unit
from pourtous.accounts.operations.invitations import invite, resend_invitation
from pourtous.accounts.operations.organisations import create_organisation, create_unit
from pourtous.accounts.operations.people import read_email


def invite_first(*, email: str, organisation: str, now: datetime) -> str:
    """Invite a manager to the steering unit, made when there is none yet. Returns the link to open.

    DomainError as for any invitation.
    """
    with transaction.atomic():
        found = Unit.objects.filter(
            capabilities__has=Capability.STEERING.value, is_active=True, organisation__is_active=True
        ).first()
        unit = found or _steering_unit(organisation, now)
        waiting = Invitation.objects.filter(unit=unit, email=read_email(email), accepted_at=None, cancelled_at=None)
        one = waiting.first() or invite(unit=unit, email=email, role=Role.MANAGER, actor=None, now=now)
        token = resend_invitation(invitation=one, actor=None, now=now)
    return settings.PUBLIC_URL + reverse("invitation", args=[token])


def _steering_unit(name: str, now: datetime) -> Unit:
    body = Organisation.objects.filter(name=name, is_active=True).first()
    body = body or create_organisation(name=name, kind=OrganisationKind.DEPARTEMENT, actor=None, now=now)
    capabilities = [Capability.STEERING.value]
    return create_unit(
        organisation=body, name=_("Steering team"), capabilities=capabilities, siret="", actor=None, now=now
    )
