"""The people of a unit, for its managers; the steering team may invite."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts import operations, queries
from pourtous.accounts.forms.teams import InviteForm, said
from pourtous.accounts.models import Invitation, Membership, Unit
from pourtous.accounts.permissions import INVITE, MANAGE_PEOPLE, SEE_AGREEMENTS
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can
from pourtous.ui.forms import refuse


@requires(MANAGE_PEOPLE)
def team(request: HttpRequest) -> HttpResponse:
    """The unit one manages; when there are several, which."""
    units = queries.managed_units(queries.who(request))
    if len(units) == 1:
        return redirect("unit-people", units[0].pk)
    return render(request, "accounts/teams.html", {"units": units})


@requires(INVITE)
def people(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The people of a unit and who is invited; posting invites somebody."""
    unit = queries.unit(identity)
    if unit is None:
        raise Http404
    authorise(request, INVITE, unit)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.invite(unit=unit, **said(form), actor=queries.who(request), now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": made.email})
            return redirect("unit-people", unit.pk)
    return render(request, "accounts/people.html", _context(request, unit, form))


def _context(request: HttpRequest, unit: Unit, form: InviteForm) -> dict[str, Any]:
    now = clock.now()
    return {
        "unit": unit,
        "form": form,
        "may_manage": can(request.user, MANAGE_PEOPLE, unit),
        "may_see_agreements": can(request.user, SEE_AGREEMENTS, unit.organisation),
        "posts": queries.people_of(unit),
        "invitations": [(one, one.expires_at <= now) for one in queries.waiting_invitations([unit])],
    }


@requires(MANAGE_PEOPLE)
@require_POST
def change_role(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Make a member manager, or the other way round."""
    post = _post(request, identity)
    role = request.POST.get("role", "")
    asked = {"membership": post, "role": role, "actor": queries.who(request), "now": clock.now()}
    return _done(request, post.unit, _("The role is changed."), operations.change_role, **asked)


@requires(MANAGE_PEOPLE)
@require_POST
def remove(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take somebody out of the unit."""
    post = _post(request, identity)
    told = _("%(name)s is no longer in the unit.") % {"name": post.user.name}
    asked = {"membership": post, "actor": queries.who(request), "now": clock.now()}
    answer = _done(request, post.unit, told, operations.remove_member, **asked)
    has_left = queries.membership(identity) is None and post.user_id == queries.who(request).pk
    return redirect("work-home") if has_left else answer


@requires(MANAGE_PEOPLE)
@require_POST
def reset_second_factor(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Forget a second factor that was lost."""
    post = _post(request, identity)
    told = _("%(name)s will set a new second factor at the next sign-in.") % {"name": post.user.name}
    asked = {"user": post.user, "actor": queries.who(request), "now": clock.now()}
    return _done(request, post.unit, told, operations.reset_second_factor, **asked)


@requires(INVITE)
@require_POST
def resend(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Send an invitation again."""
    one = _invitation(request, identity)
    asked = {"invitation": one, "actor": queries.who(request), "now": clock.now()}
    return _done(request, one.unit, _("The invitation is sent again."), operations.resend_invitation, **asked)


@requires(INVITE)
@require_POST
def cancel(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Cancel an invitation."""
    one = _invitation(request, identity)
    asked = {"invitation": one, "actor": queries.who(request), "now": clock.now()}
    return _done(request, one.unit, _("The invitation is cancelled."), operations.cancel_invitation, **asked)


def _done(request: HttpRequest, unit: Unit, told: str, operation: Any, **asked: Any) -> HttpResponse:
    try:
        operation(**asked)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    return redirect("unit-people", unit.pk)


def _post(request: HttpRequest, identity: UUID) -> Membership:
    found = queries.membership(identity)
    if found is None:
        raise Http404
    authorise(request, MANAGE_PEOPLE, found.unit)
    return found


def _invitation(request: HttpRequest, identity: UUID) -> Invitation:
    found = queries.invitation(identity)
    if found is None:
        raise Http404
    authorise(request, INVITE, found.unit)
    return found
