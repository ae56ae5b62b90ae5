"""The guided search: one question a page, everything in the address."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.kernel.access import public
from pourtous.portal.forms import SENT, NeedForm, WhereForm, WishesForm, filters_form
from pourtous.portal.rules.asked import Asked, Step, next_step, read
from pourtous.portal.where import EVERYWHERE, Resolved, answered, spot_of

STRAIGHT = "vers"  # the home page's form goes straight to the places


def address(step: Step, asked: Asked) -> str:
    """The address of a page of the search, with what was asked so far."""
    query = asked.query()
    return reverse(step.value) + (f"?{query}" if query else "")


def _go(done: Step, asked: Asked) -> HttpResponseRedirect:
    return redirect(address(next_step(asked, done), replace(asked, page=1)))


@public
def need(request: HttpRequest) -> HttpResponse:
    """Question 1: what do you need?"""
    asked = read(request.GET)
    form = NeedForm(request.GET if SENT in request.GET else None, initial={"besoin": asked.need})
    if form.is_bound and form.is_valid():
        return _go(Step.NEED, replace(asked, need=form.cleaned_data["besoin"]))
    page = {"form": form, "hidden": asked.pairs("besoin", "page"), "back_url": reverse("home")}
    return render(request, "portal/need.html", page)


@public
def where(request: HttpRequest) -> HttpResponse:
    """Question 2: where? Answers with the next page, a choice between several towns, or what to put right."""
    asked = read(request.GET)
    is_sent = SENT in request.GET or STRAIGHT in request.GET
    form = WhereForm(request.GET if is_sent else None, initial=_typed_before(asked))
    found = Resolved()
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data["ou"]
        if not typed and STRAIGHT in request.GET:
            return redirect(address(Step.NEED, asked))
        found = answered(typed, asked.position, is_everywhere=bool(form.cleaned_data["partout"]))
        if found.spot:
            return _arrive(request, replace(asked, **{**found.spot.changes, "everywhere": found.spot == EVERYWHERE}))
        if found.problem:
            form.add_error("ou", found.problem)
    hidden = asked.pairs("commune", "rue", "pres", "partout", "page")
    page = {
        "form": form,
        "hidden": hidden,
        "back_url": address(Step.NEED, asked),
        "several": [(spot, _arrival(request, replace(asked, **spot.changes))) for spot in found.several],
        "is_straight": STRAIGHT in request.GET,
    }
    return render(request, "portal/which.html" if found.several and not found.problem else "portal/where.html", page)


def _arrive(request: HttpRequest, asked: Asked) -> HttpResponseRedirect:
    return redirect(_arrival(request, asked))


def _arrival(request: HttpRequest, asked: Asked) -> str:
    """The page after the place is known: straight to the places from the home page, else the next question."""
    step = Step.RESULTS if STRAIGHT in request.GET else next_step(asked, Step.WHERE)
    return address(step, replace(asked, page=1))


def _typed_before(asked: Asked) -> dict[str, object]:
    spot = spot_of(asked)
    typed = spot.label if spot and (asked.street or asked.commune) else ""
    return {"ou": typed, "partout": ["oui"] if asked.everywhere else []}


@public
def wishes(request: HttpRequest) -> HttpResponse:
    """Question 3: does anything matter?"""
    asked = read(request.GET)
    form = WishesForm(request.GET if SENT in request.GET else None, initial={"avec": list(asked.wishes)})
    if form.is_bound and form.is_valid():
        return _go(Step.WISHES, replace(asked, wishes=tuple(form.cleaned_data["avec"])))
    page = {"form": form, "hidden": asked.pairs("avec", "page"), "back_url": address(Step.WHERE, asked)}
    return render(request, "portal/wishes.html", page)


@public
def filters(request: HttpRequest) -> HttpResponse:
    """All the filters, on a page of their own; the form leads to the places."""
    asked = read(request.GET)
    clear = replace(asked, wishes=(), terms={}, open_now=False, accepts_pass=False, page=1)
    page = {
        "form": filters_form(asked),
        "hidden": clear.pairs(),
        "clear_url": address(Step.RESULTS, clear),
        "back_url": address(Step.RESULTS, asked),
        "title": _("Choose your criteria"),
    }
    return render(request, "portal/filters.html", page)
