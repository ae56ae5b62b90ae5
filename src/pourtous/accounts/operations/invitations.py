"""Inviting people to a unit, and accepting."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Role
from pourtous.accounts.models import Invitation, Membership, Unit, User
from pourtous.accounts.operations.people import add_member, create_user, read_email
from pourtous.accounts.rules.invitations import LASTS, digest, new_token
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.messaging.operations import send_email

KEPT_FOR = timedelta(days=30)  # after the invitation ends, as its declaration says


def invite(*, unit: Unit, email: str, role: str, actor: User | None, now: datetime) -> Invitation:
    """Invite somebody to a unit, by e-mail.

    DomainError when the address is wrong, already in the unit, or already invited; or when the unit is closed.
    """
    address = read_email(email)
    if role not in Role.values:
        raise DomainError(_("Choose one of the answers."), field="role")
    _refuse_closed(unit)
    if Membership.objects.filter(unit=unit, user__email=address).exists():
        raise DomainError(_("This person is already in the unit."), field="email")
    token = new_token()
    invitation = Invitation(unit=unit, email=address, role=role, invited_by=actor, created_at=now)
    invitation.token_digest, invitation.expires_at = digest(token), now + LASTS
    with transaction.atomic():
        _save_single(invitation)
        _send(invitation, token, actor, now)
        record(actor=actor, verb="accounts.invite", subject=invitation, now=now)
    return invitation


def _save_single(invitation: Invitation) -> None:
    try:
        with transaction.atomic():
            invitation.save()
    except IntegrityError as error:
        message = _("This person is already invited. You can send the invitation again.")
        raise DomainError(message, field="email") from error


def _refuse_closed(unit: Unit) -> None:
    if not (unit.is_active and unit.organisation.is_active):
        raise DomainError(_("This unit is closed."))


def _send(invitation: Invitation, token: str, actor: User | None, now: datetime) -> None:
    unit = invitation.unit
    words = {
        "actor": actor.name if actor else settings.TERRITORY["publisher"],
        "unit": unit.name,
        "organisation": unit.organisation.name,
        "link": settings.PUBLIC_URL + reverse("invitation", args=[token]),
    }
    text = _(
        "Hello,\n\n%(actor)s invites you to join the team “%(unit)s” (%(organisation)s) in Pourtous.\n\n"
        "To accept, open this page:\n%(link)s\n\nThe link works for seven days, and only once."
        "\nIf you do not know why you get this message, do nothing."
    )
    send_email(
        to=invitation.email,
        subject=_("Invitation to join %(unit)s in Pourtous") % words,
        text=text % words,
        now=now,
        about="accounts.invitation",
    )


def resend_invitation(*, invitation: Invitation, actor: User | None, now: datetime) -> str:
    """Send an invitation again with a new link, seven days more; the old link stops working. Returns the new secret."""
    _refuse_closed(invitation.unit)
    token = new_token()
    with transaction.atomic():
        waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, cancelled_at=None)
        if not waiting.update(token_digest=digest(token), expires_at=now + LASTS):
            raise DomainError(_("This invitation was accepted or cancelled meanwhile."))
        _send(invitation, token, actor, now)
        record(actor=actor, verb="accounts.resend_invitation", subject=invitation, now=now)
    return token


def cancel_invitation(*, invitation: Invitation, actor: User, now: datetime) -> None:
    """Make an invitation worth nothing. DomainError when it was accepted or cancelled meanwhile."""
    with transaction.atomic():
        waiting = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, cancelled_at=None)
        if not waiting.update(cancelled_at=now):
            raise DomainError(_("This invitation was accepted or cancelled meanwhile."))
        record(actor=actor, verb="accounts.cancel_invitation", subject=invitation, now=now)


def accept_as_new(*, invitation: Invitation, name: str, password: str, now: datetime) -> User:
    """Make the invited person's account and their post. The password has been judged by the form.

    DomainError when the invitation is over, or when an account with its address exists (then they sign in).
    """
    with transaction.atomic():
        _take(invitation, now)
        user = create_user(email=invitation.email, name=name, password=password, actor=None, now=now)
        _join(invitation, user, now)
    return user


def accept_as_user(*, invitation: Invitation, user: User, now: datetime) -> Membership:
    """Give the signed-in user the post. DomainError when it is not theirs, or over."""
    if user.email != invitation.email:
        raise DomainError(_("This invitation is for another e-mail address than yours."))
    with transaction.atomic():
        _take(invitation, now)
        return _join(invitation, user, now)


def _take(invitation: Invitation, now: datetime) -> None:
    """Use the invitation up: whoever moves the row has it, once."""
    taken = Invitation.objects.filter(
        pk=invitation.pk,
        token_digest=invitation.token_digest,
        accepted_at=None,
        cancelled_at=None,
        expires_at__gt=now,
        unit__is_active=True,
        unit__organisation__is_active=True,
    ).update(accepted_at=now)
    if not taken:
        raise DomainError(_("This invitation no longer works. Ask for a new one."))


def _join(invitation: Invitation, user: User, now: datetime) -> Membership:
    membership = add_member(user=user, unit=invitation.unit, role=invitation.role, actor=user, now=now)
    record(actor=user, verb="accounts.accept_invitation", subject=invitation, now=now)
    return membership


def forget_old(*, now: datetime, dry_run: bool = False) -> int:
    """Delete the invitations that ended thirty days ago. Returns how many."""
    old = Invitation.objects.filter(expires_at__lt=now - KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]
