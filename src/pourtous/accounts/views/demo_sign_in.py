"""The demonstration's page of roles: one click signs in as each. Exists only where settings.DEMO_SIGN_IN is true."""

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pourtous.accounts.adapters import sign_in
from pourtous.accounts.middleware import DEMO_MARK
from pourtous.accounts.queries.demo import demo_account, demo_accounts
from pourtous.kernel.access import public


@public
def roles(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration; posting one signs in as them."""
    if not settings.DEMO_SIGN_IN:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/demo_sign_in.html", {"groups": demo_accounts()})
    user = demo_account(_uuid(request.POST.get("user", "")))
    if user is None:
        raise Http404
    sign_in(request, user)
    request.session[DEMO_MARK] = str(user.pk)
    return redirect("work-home")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
