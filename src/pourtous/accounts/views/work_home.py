"""The professional home: the day's work first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pourtous.accounts.home import panels
from pourtous.accounts.queries import standing_of
from pourtous.kernel import clock
from pourtous.kernel.access import signed_in


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """What waits for who is signed in."""
    found = panels(request)
    context = {
        "main": [(one, one.html(request)) for one in found if not one.is_side and not one.is_folded],
        "folded": [(one, one.html(request)) for one in found if one.is_folded],
        "side": [(one, one.html(request)) for one in found if one.is_side],
        "waiting": sum(one.count for one in found),
        "today": clock.today(),
        "has_posts": bool(standing_of(request.user).posts),
    }
    return render(request, "accounts/home.html", context)
