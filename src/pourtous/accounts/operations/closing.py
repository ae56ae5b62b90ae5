"""Accounts nobody uses: their owner is told, then name and address go. The number stays, for the journal.

Two years after the last sign-in (or the creation, when nobody ever signed in), and thirty days at least after the
warning. The last manager of the team that steers stays: somebody must be able to let others in.
"""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.enums import Capability, Role
from pourtous.accounts.models import Membership, User
from pourtous.audit.operations import forget_actor, record
from pourtous.messaging.operations import send_email
from pourtous.ui.format import date_in_full

KEPT_FOR = timedelta(days=730)
NOTICE = timedelta(days=30)
_PLACEHOLDER = "compte.invalid"  # a domain that can never exist (RFC 2606)


def warn_unused(*, now: datetime) -> int:
    """Tell owners of accounts that close in thirty days. Once, until they sign in again. Returns how many."""
    unused = _unseen(now - KEPT_FOR + NOTICE).filter(is_active=True).exclude(warned_at__gt=F("seen_at"))
    return sum(_warn(user, now) for user in list(unused))


def _warn(user: User, now: datetime) -> bool:
    with transaction.atomic():
        if not User.objects.filter(pk=user.pk, last_login=user.last_login, erased_at=None).update(warned_at=now):
            return False
        send_email(
            to=user.email,
            subject=_("Pourtous: your account will close"),
            text=_(
                "Hello %(name)s,\n\nYou have not signed in for a long time. Your account will close on %(day)s, and"
                " your name and address will be erased.\n\nTo keep it, sign in before that day: %(address)s"
            )
            % {
                "name": user.name,
                "day": date_in_full(now + NOTICE),
                "address": settings.PUBLIC_URL + reverse("account_login"),
            },
            now=now,
            about="accounts.closing",
            ttl=now + NOTICE,
        )
    return True


def close_unused(*, now: datetime, dry_run: bool = False) -> int:
    """Close accounts whose time has come: nobody signs in any more, nothing in them names anybody. Returns how many."""
    due = _due(now)
    return len(due) if dry_run else sum(_close(user, now) for user in due)


def _due(now: datetime) -> list[User]:
    """Who goes: told thirty days ago and not seen since, or barred from signing in already."""
    told = Q(warned_at__lte=now - NOTICE, warned_at__gt=F("seen_at"))
    due = list(_unseen(now - KEPT_FOR).filter(told | Q(is_active=False)))
    managers = set(_steering_managers().values_list("user_id", flat=True))
    if managers and managers <= {user.pk for user in due}:
        last = [user for user in due if user.pk in managers][-1]  # the one seen last
        due.remove(last)
    return due


def _unseen(since: datetime) -> QuerySet[User]:
    seen = Coalesce("last_login", "created_at", output_field=DateTimeField())
    return User.objects.filter(erased_at=None).alias(seen_at=seen).filter(seen_at__lte=since).order_by(seen, "id")


def _steering_managers() -> QuerySet[Membership]:
    return Membership.objects.filter(
        role=Role.MANAGER,
        user__is_active=True,
        unit__capabilities__has=Capability.STEERING.value,
        unit__is_active=True,
        unit__organisation__is_active=True,
    )


def _close(user: User, now: datetime) -> bool:
    with transaction.atomic():
        unchanged = User.objects.filter(pk=user.pk, last_login=user.last_login, erased_at=None)
        emptied = {
            "email": f"{user.pk}@{_PLACEHOLDER}",
            "name": "",
            "password": make_password(None),
            "last_login": None,
        }
        if not unchanged.update(**emptied, is_active=False, erased_at=now):
            return False
        for session in UserSession.objects.filter(user=user):
            session.end()
        Authenticator.objects.filter(user=user).delete()
        EmailAddress.objects.filter(user=user).delete()
        Membership.objects.filter(user=user).delete()
        forget_actor(user_id=user.pk)
        record(actor=None, verb="accounts.close_user", subject=User.objects.get(pk=user.pk), now=now)
    return True
