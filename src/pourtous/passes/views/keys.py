"""Keys with which a host's own program takes passes: made by its manager, shown once, revoked any time."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts import queries as accounts
from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.passes.forms.keys import KeyForm
from pourtous.passes.models import ApiToken
from pourtous.passes.operations.tokens import make_token, revoke_token
from pourtous.passes.permissions import ENROL
from pourtous.passes.queries.tokens import tokens_of


@requires(ENROL)
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]  # allauth says no types
def keys(request: HttpRequest) -> HttpResponse:
    """The keys of one's teams. On POST, a new one, which this answer alone shows."""
    units = [unit for unit in accounts.managed_units(who(request)) if can(request.user, ENROL, unit)]
    form = KeyForm(request.POST if request.method == "POST" else None, units=units)
    secret = _made(request, form) if form.is_bound and form.is_valid() else ""
    page = {
        "form": KeyForm(units=units) if secret else form,
        "secret": secret,
        "rows": tokens_of([one.pk for one in units]),
    }
    answer = render(request, "passes/keys.html", page)
    answer.headers["Cache-Control"] = "no-store, private"
    return answer


def _made(request: HttpRequest, form: forms.Form) -> str:
    unit = form.cleaned_data["unit"]
    authorise(request, ENROL, unit)
    try:
        return make_token(unit=unit, name=form.cleaned_data["name"], actor=who(request), now=clock.now())
    except DomainError as error:
        form.add_error(error.field, error.message)
        return ""


@require_POST
@requires(ENROL)
def revoke(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Revoke a key at once."""
    token = ApiToken.objects.select_related("unit").filter(pk=identity).first()
    if token is None:
        raise Http404
    authorise(request, ENROL, token.unit)
    try:
        revoke_token(token=token, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The key is revoked: it opens nothing any more."))
    return redirect("counter-keys")
