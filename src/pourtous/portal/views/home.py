"""The home page and the doors that are not searches."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.access import public
from pourtous.ui.components import Step

HOW = (
    Step(_("You say what you need."), _("Three questions, no more.")),
    Step(_("We show you where to go."), _("The nearest, and open.")),
    Step(_("Someone helps you."), _("Come back when you like.")),
)


@public
def home(request: HttpRequest) -> HttpResponse:
    """Five doors."""
    return render(request, "portal/home.html", {"how": HOW})


@public
def computer(request: HttpRequest) -> HttpResponse:
    """Have a computer: what exists today, and where to ask."""
    return render(request, "portal/doors/computer.html")


@public
def training(request: HttpRequest) -> HttpResponse:
    """Learn, with digital passes."""
    return render(request, "portal/doors/training.html")


@public
def connection(request: HttpRequest) -> HttpResponse:
    """Internet at home."""
    return render(request, "portal/doors/connection.html")


@public
def donation(request: HttpRequest) -> HttpResponse:
    """Give equipment."""
    return render(request, "portal/doors/donation.html")
