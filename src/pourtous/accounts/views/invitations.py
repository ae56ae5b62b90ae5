"""Accepting an invitation: opening the link shows it, posting takes it."""

from allauth.account.internal.flows.login import record_authentication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from pourtous.accounts import operations
from pourtous.accounts.adapters import sign_in
from pourtous.accounts.forms.sign_in import JoinForm
from pourtous.accounts.models import Invitation
from pourtous.accounts.queries import has_account, invitation_behind, who
from pourtous.kernel import clock
from pourtous.kernel.access import public
from pourtous.kernel.errors import DomainError


@public
@never_cache
@sensitive_post_parameters("password")
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an e-mail."""
    invitation = invitation_behind(token, now=clock.now())
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=404)
    if request.user.is_authenticated:
        return _as_user(request, invitation)
    if has_account(invitation.email):
        return render(request, "accounts/invitation_sign_in.html", {"invitation": invitation})
    return _as_new(request, invitation)


def _as_user(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            operations.accept_as_user(invitation=invitation, user=who(request), now=clock.now())
        except DomainError as refused:
            error = str(refused)
        else:
            return redirect("work-home")
    is_theirs = who(request).email == invitation.email
    context = {"invitation": invitation, "is_theirs": is_theirs, "error": error}
    return render(request, "accounts/invitation_accept.html", context, status=400 if error else 200)


def _as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            user = operations.accept_as_new(
                invitation=invitation,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                now=clock.now(),
            )
        except DomainError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        else:
            sign_in(request, user)
            record_authentication(request, user, method="password")
            return redirect("mfa_activate_totp")
    return render(request, "accounts/invitation_join.html", {"invitation": invitation, "form": form})
