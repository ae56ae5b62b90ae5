"""What views of one person share."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.people.models import Person
from pourtous.people.queries import person_for


def person_or_404(request: HttpRequest, code: str) -> Person:
    """The person of a code, whom the user may see now; 404 for strangers as for what does not exist."""
    person = person_for(request.user, code, now=clock.now())
    if person is None:
        raise Http404
    return person


def done(request: HttpRequest, person: Person, told: str, operation: Any, **asked: Any) -> HttpResponse:
    """Do it, say so (or why not), and go back to the file; to the list when the file is no longer one's to see."""
    try:
        operation(**asked, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, told)
    is_seen = person_for(request.user, person.code, now=clock.now()) is not None
    return redirect("person", person.code) if is_seen else redirect("people")
