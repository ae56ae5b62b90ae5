"""The counter of who is signed in: /travail/pass/encaisser/."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.kernel.access import requires
from pourtous.passes.permissions import TAKE
from pourtous.passes.views import desk
from pourtous.passes.views.desk import Desk


@requires(TAKE)
def choose(request: HttpRequest) -> HttpResponse:
    """Choose the session. On POST, remember it."""
    here = Desk(who(request))
    return desk.pick(request, here) if request.method == "POST" else desk.choose(request, here)


@requires(TAKE)
def session(request: HttpRequest, code: str) -> HttpResponse:
    """The field for the next pass. On POST, a pass."""
    return desk.session(request, Desk(who(request)), code)


@requires(TAKE)
def taken(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """A pass that was accepted."""
    return desk.taken(request, Desk(who(request)), code, identity)


@requires(TAKE)
def refused(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """A pass that was refused."""
    return desk.refused(request, Desk(who(request)), code, identity)


@require_POST
@requires(TAKE)
def undo(request: HttpRequest, code: str, identity: UUID) -> HttpResponse:
    """Give a pass back."""
    return desk.give_back(request, Desk(who(request)), code, identity)
