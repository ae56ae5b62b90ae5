"""What every request of a professional goes through: the end of sessions, and the second factor."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pourtous.kernel import clock
from pourtous.kernel.access import PUBLIC, access_of

Answer = Callable[[HttpRequest], HttpResponse]
OPENED, SEEN = "opened_at", "seen_at"
DEMO_MARK = "demo_sign_in"
_NOTED_EVERY = 60  # seconds: one write a minute at most
# What somebody without second factor needs to set one, or to leave.
SETTING_UP = frozenset({"mfa_activate_totp", "account_reauthenticate", "account_logout"})


class SessionLimits:
    """Signs out after 30 minutes without a request, and after 12 hours in any case; no cache keeps what one saw."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session that is over, else note that it is in use."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_authenticated:
            return self.get_response(request)
        self._end_or_note(request)
        answer = self.get_response(request)
        answer.headers.setdefault("Cache-Control", "no-store, private")
        return answer

    def _end_or_note(self, request: HttpRequest) -> None:
        now = int(clock.now().timestamp())
        opened, seen = request.session.setdefault(OPENED, now), request.session.setdefault(SEEN, now)
        if now - opened >= settings.SESSION_COOKIE_AGE or now - seen >= settings.SESSION_IDLE_SECONDS:
            logout(request)
            messages.info(request, _("Your session is over, for safety. Sign in again."))
        elif now - seen >= _NOTED_EVERY:
            request.session[SEEN] = now


class SecondFactorRequired:
    """Whoever is signed in without second factor may open public pages and set one; nothing else."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing before the view is known."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_rest: Any) -> HttpResponse | None:
        """Send to the page where one sets a second factor, unless the page is open."""
        match = request.resolver_match
        name = match.view_name if match else ""
        if name in SETTING_UP or PUBLIC in {access_of(view, name), access_of(view, match.url_name if match else "")}:
            return None
        if not request.user.is_authenticated or has_second_factor(request):
            return None
        return redirect("mfa_activate_totp")


def has_second_factor(request: HttpRequest) -> bool:
    """Whether the session rests on a second factor. In a demonstration, the page of roles stands for it."""
    if settings.DEMO_SIGN_IN and request.session.get(DEMO_MARK) == str(request.user.pk):
        return True
    return bool(is_mfa_enabled(request.user, types=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))
