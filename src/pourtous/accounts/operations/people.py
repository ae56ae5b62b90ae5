"""Accounts and who belongs where."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.models import Membership, Unit, User
from pourtous.audit.operations import record
from pourtous.kernel.errors import DomainError
from pourtous.kernel.text import clean
from pourtous.messaging.operations import send_email

NAME_LENGTH = 120
_LONGEST_NUMBER = 18  # digits of a row number the databases hold


def create_user(*, email: str, name: str, password: str | None = None, actor: User | None, now: datetime) -> User:
    """A new account; without password, nobody can sign in to it yet.

    DomainError when the address is wrong or taken, or the name missing. The password is not judged here.
    """
    address = read_email(email)
    with transaction.atomic():
        try:
            with transaction.atomic():
                user = User.objects.create_user(address, person_name(name), password)
        except IntegrityError as error:
            raise DomainError(_("There is already an account with this e-mail address."), field="email") from error
        record(actor=actor, verb="accounts.create_user", subject=user, now=now)
    return user


def read_email(text: str) -> str:
    """An address in shape, in lower case; DomainError when it cannot be one."""
    address = clean(text).lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError(_("This e-mail address is not complete. Example: nom@structure.fr"), field="email") from error
    if len(address) > 254:  # noqa: PLR2004 (RFC 5321)
        raise DomainError(_("This e-mail address is too long."), field="email")
    return address


def person_name(text: str) -> str:
    """A name in shape; DomainError when it is missing or too long."""
    name = clean(text)
    if not name:
        raise DomainError(_("Give your first name and your name."), field="name")
    if len(name) > NAME_LENGTH:
        raise DomainError(_("This name is too long: 120 letters at most."), field="name")
    return name


def rename_user(*, user: User, name: str, actor: User, now: datetime) -> None:
    """Change a user's name."""
    user.name = person_name(name)
    with transaction.atomic():
        user.save(update_fields=["name"])
        record(actor=actor, verb="accounts.rename_user", subject=user, now=now)


def add_member(*, user: User, unit: Unit, role: str, actor: User | None, now: datetime) -> Membership:
    """Give a user a role in a unit. DomainError when they have one there already."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                membership = Membership.objects.create(user=user, unit=unit, role=Role(role))
        except IntegrityError as error:
            raise DomainError(_("%(name)s is already in this unit.") % {"name": user.name}) from error
        record(actor=actor, verb="accounts.add_member", subject=user, now=now, details=_post(membership))
    return membership


def change_role(*, membership: Membership, role: str, actor: User, now: datetime) -> None:
    """Change a role in a unit. DomainError when the unit would be left without manager."""
    if role not in Role.values:
        raise DomainError(_("Choose one of the answers."), field="role")
    with transaction.atomic():
        _lock(membership)
        if role != Role.MANAGER:
            _refuse_last_manager(membership)
        membership.role = role
        membership.save(update_fields=["role"])
        record(actor=actor, verb="accounts.change_role", subject=membership.user, now=now, details=_post(membership))


def remove_member(*, membership: Membership, actor: User, now: datetime) -> None:
    """Take somebody out of a unit; their account stays. DomainError for the last manager."""
    with transaction.atomic():
        _lock(membership)
        _refuse_last_manager(membership)
        details = _post(membership)
        membership.delete()
        record(actor=actor, verb="accounts.remove_member", subject=membership.user, now=now, details=details)


def _lock(membership: Membership) -> None:
    """Writers of one unit's people wait for each other, so that two managers cannot remove one another."""
    Unit.objects.select_for_update().get(pk=membership.unit_id)


def _refuse_last_manager(membership: Membership) -> None:
    managers = Membership.objects.filter(unit=membership.unit_id, role=Role.MANAGER, user__is_active=True)
    current = managers.filter(pk=membership.pk).exists()
    if current and not managers.exclude(pk=membership.pk).exists():
        raise DomainError(_("This is the last manager of the unit. Name another manager first."))


def _post(membership: Membership) -> dict[str, str]:
    return {"unit": str(membership.unit_id), "role": membership.role}


def reset_second_factor(*, user: User, actor: User, now: datetime) -> None:
    """Forget a lost second factor, once their manager has checked who asks: they set a new one at next sign-in.

    The person is told by e-mail. DomainError when there is none, for oneself, or for somebody of the team that
    steers when one does not manage that team: less power never weakens more.
    """
    if user.pk == actor.pk:
        raise DomainError(_("You cannot do this for yourself. Ask another manager."))
    if _steers(user) and not _steers(actor, role=Role.MANAGER):
        raise DomainError(
            _("%(name)s is also in the team that steers: a manager of it does this.") % {"name": user.name}
        )
    with transaction.atomic():
        removed, _rows = Authenticator.objects.filter(user=user).delete()
        if not removed:
            raise DomainError(_("%(name)s has no second factor.") % {"name": user.name})
        record(actor=actor, verb="accounts.reset_second_factor", subject=user, now=now)
        send_email(
            to=user.email,
            subject=_("Pourtous: your second factor was removed"),
            text=_(
                "Hello %(name)s,\n\n%(actor)s removed the second factor of your account. You will set a new one"
                " when you next sign in.\n\nIf you did not ask for this, tell your manager at once."
            )
            % {"name": user.name, "actor": actor.name},
            now=now,
            about="accounts.second_factor",
        )


def _steers(user: User, **as_: str) -> bool:
    return Membership.objects.filter(
        user=user,
        unit__capabilities__has=Capability.STEERING.value,
        unit__is_active=True,
        unit__organisation__is_active=True,
        **as_,
    ).exists()


def end_sessions(*, user: User, which: str, current: str | None, actor: User, now: datetime) -> int:
    """End one session of a user (its number), or with "" all but the present one. Returns how many ended."""
    mine = UserSession.objects.filter(user=user)
    chosen = (
        mine.filter(pk=int(which))
        if which.isascii() and which.isdigit() and len(which) <= _LONGEST_NUMBER
        else mine.none()
    )
    if not which:
        chosen = mine.exclude(session_key=current or "")
    with transaction.atomic():
        ended = [session.end() for session in chosen]
        record(actor=actor, verb="accounts.end_sessions", subject=user, now=now, details={"count": len(ended)})
    return len(ended)
