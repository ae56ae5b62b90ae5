"""How allauth does things here: our messages, our links, our counting of tries, nobody signs up."""

import time
from typing import Any, ClassVar

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.accounts.models import User
from pourtous.accounts.sealing import seal, unseal
from pourtous.kernel import clock
from pourtous.messaging.operations import send_email

# What changed on an account, told by e-mail to its owner; keys are allauth's names.
_NEWS = {
    "account/email/password_changed": gettext_lazy("Your password was changed."),
    "account/email/password_reset": gettext_lazy("Your password was set again from a link sent by e-mail."),
    "mfa/email/totp_activated": gettext_lazy("A second factor was set on your account."),
    "mfa/email/totp_deactivated": gettext_lazy("The second factor of your account was removed."),
    "mfa/email/recovery_codes_generated": gettext_lazy("New recovery codes were made for your account."),
}
_SAID = {
    "account/messages/password_changed.txt": gettext_lazy("Your password is changed."),
    "account/messages/logged_out.txt": gettext_lazy("You are signed out."),
    "mfa/messages/totp_activated.txt": gettext_lazy("Your second factor is set."),
    "mfa/messages/totp_deactivated.txt": gettext_lazy("Your second factor is removed. Set a new one now."),
    "mfa/messages/recovery_codes_generated.txt": gettext_lazy("You have new recovery codes. The old ones are void."),
}


def sign_in(request: HttpRequest, user: User) -> None:
    """Open a session without allauth's form (an accepted invitation, the demonstration), listed like the others."""
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in with e-mail and password."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": gettext_lazy("The e-mail address or the password is not right."),
        "too_many_login_attempts": gettext_lazy("Too many tries. Wait ten minutes, then try again."),
        "incorrect_password": gettext_lazy("This password is not right."),
        "enter_current_password": gettext_lazy("This password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Never: accounts come from invitations."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only addresses of this site, written without host: nothing that a Host header could bend."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of the e-mail, on the public address of the installation whatever host was asked."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.PUBLIC_URL + path.replace("UID-KEY", key)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Through our outbox. Only the forgotten password is written by a template of allauth's name."""
        message = self.render_mail(template_prefix, email, context)
        send_email(to=email, subject=message.subject, text=message.body, now=clock.now(), about="accounts.password")

    def format_email_subject(self, subject: str) -> str:
        """As written."""
        return subject

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,  # noqa: ARG002
        email: str | None = None,
    ) -> None:
        """Tell the owner what changed; what is not in our list is not told."""
        if (news := _NEWS.get(template_prefix)) is None:
            return
        text = _("Hello %(name)s,\n\n%(news)s\n\nIf it was not you, tell your manager at once.")
        send_email(
            to=email or user.email,
            subject=_("Pourtous: your account has changed"),
            text=text % {"name": user.name, "news": news},
            now=clock.now(),
            about="accounts.news",
        )

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our own sentences; what is not in our list is not said."""
        said = message or _SAID.get(message_template or "")
        if said:
            messages.add_message(request, messages.SUCCESS if not message else level, said, extra_tags=extra_tags)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures are counted for an account on a network: nobody locks somebody else out from elsewhere."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}@{get_ip(request)}"

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether this is the user's password, counting failures as at sign-in."""
        request = self.request
        self.pre_authenticate(request, email=user.email)
        is_right = bool(user.check_password(password))
        if is_right:
            self._rollback_login_failed_rl_usage()
        return is_right

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within five minutes of signing in or of the last confirmation."""
        records = get_authentication_records(self.request, self.request.user)
        is_recent = bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_recent and bool(super().is_reauthentication_required(app=app, **kwargs))

    def clean_password(self, password: str, user: Any = None) -> str:
        """Judged once by the validators, with our own sentences."""
        from django.contrib.auth.password_validation import validate_password

        try:
            validate_password(password, user)
        except ValidationError as error:
            raise ValidationError(error.messages[:1]) from error
        return password


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factor."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This code is not right. Wait for the next one, then type it."),
    }

    def encrypt(self, text: str) -> str:
        """Secrets are stored sealed."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; one that nobody knows when it cannot be opened, so that no code is right."""
        return unseal(encrypted_text) or generate_totp_secret()

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """As for the rest of the account."""
        AccountAdapter().send_notification_mail(*args, **kwargs)
