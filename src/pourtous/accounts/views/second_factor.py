"""Setting a second factor: allauth's page, which also ends what was opened before there was one."""

from typing import Any

from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse

from pourtous.accounts import operations
from pourtous.accounts.queries import who
from pourtous.kernel import clock


class Activate(ActivateTOTPView):  # type: ignore[misc]
    """The code to photograph, and the first code typed back."""

    def form_valid(self, form: Any) -> HttpResponse:
        """End the other sessions: a password alone had opened them, and may not have been its owner's act."""
        answer: HttpResponse = super().form_valid(form)
        operations.end_sessions(
            user=who(self.request),
            which="",
            current=self.request.session.session_key,
            actor=who(self.request),
            now=clock.now(),
        )
        return answer


activate = login_required(Activate.as_view())
