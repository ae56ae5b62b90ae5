"""One activity: what it says, what it was, taking it away and back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.activities.models import Activity
from pourtous.activities.operations import remove, restore
from pourtous.activities.operations.orientations import tell_outcome
from pourtous.activities.permissions import READ_NOTES, RECORD, SEE
from pourtous.activities.queries.lists import names_for, with_everything
from pourtous.activities.rows import row_of
from pourtous.activities.shown import facts_shown, history
from pourtous.activities.views.entry import own_activity
from pourtous.kernel import clock
from pourtous.kernel.access import authorise, requires
from pourtous.kernel.errors import DomainError
from pourtous.kernel.permissions import can


@requires(RECORD)
def activity(request: HttpRequest, identity: UUID) -> HttpResponse:
    """All that an activity says, and what it was before."""
    found = with_everything(Activity.objects.filter(pk=identity)).first()
    if found is None:
        raise Http404
    authorise(request, SEE, found)
    names = names_for(who(request), [found], on=clock.today())
    reads_notes = can(request.user, READ_NOTES, found)
    context = {
        "activity": found,
        "row": row_of(found, names),
        "people": [names[one.person_id] for one in found.participations.all()],
        "facts": facts_shown(found),
        "history": history(found),
        "is_own": can(request.user, RECORD, found),
        "notes": found.notes if reads_notes else "",
        "procedure_name": found.procedure_name if reads_notes else "",
    }
    return render(request, "activities/activity.html", context)


@require_POST
@requires(RECORD)
def take_away(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Take it away; the page says how to bring it back."""
    found = own_activity(request, identity)
    remove(activity=found, actor=request.user, now=clock.now())
    return redirect("activity", identity=found.pk)


@require_POST
@requires(RECORD)
def bring_back(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Bring it back."""
    found = own_activity(request, identity)
    try:
        restore(activity=found, actor=request.user, now=clock.now())
        messages.success(request, _("The activity is back."))
    except DomainError as error:
        messages.warning(request, error.message)
    return redirect("activity", identity=found.pk)


@require_POST
@requires(RECORD)
def outcome(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Say what came of an orientation, in one tap; then back to where the question was."""
    found = own_activity(request, identity)
    try:
        tell_outcome(activity=found, outcome=request.POST.get("outcome", ""), actor=request.user, now=clock.now())
        messages.success(request, _("Thank you. You will not be asked again."))
    except DomainError as error:
        messages.warning(request, error.message)
    return redirect("work-home")
