"""Rights of people: what one hands over, what one receives, what one answers."""

import json
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pourtous.accounts.queries import who
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.people.enums import RequestKind, RequestState
from pourtous.people.forms.rights import AnswerForm, ExtensionForm, RequestForm
from pourtous.people.models import Person, RightsRequest
from pourtous.people.operations import requests
from pourtous.people.operations.access import AccessFile, access_file, as_json, as_pdf
from pourtous.people.papers import answer_pdf, receipt_pdf
from pourtous.people.permissions import RECEIVE_REQUEST, SEE
from pourtous.people.queries import follows, own_unit_ids, person_for
from pourtous.people.queries import rights as queries
from pourtous.ui.documents import answer as pdf_response

PAGE = 30


def seen_person(request: HttpRequest, code: str) -> Person:
    """The person of a code this user may see; 404 else."""
    person = person_for(request.user, code, now=clock.now())
    if person is None:
        raise Http404
    return person


@requires(SEE)
@require_safe
def person_rights(request: HttpRequest, code: str) -> HttpResponse:
    """What can be done for the rights of a person one follows."""
    person = seen_person(request, code)
    context = {
        "person": person,
        "requests": queries.visible_requests(request.user, on=clock.today()).filter(person=person),
        "follows": follows(request.user, person, on=clock.today()),
        "merges": queries.merges_of(person, now=clock.now()),
    }
    return render(request, "people/rights.html", context)


@requires(SEE)
@require_POST
def person_data(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """All that is held about a person, handed over: never kept, always written down (so not by a GET)."""
    person = seen_person(request, code)
    if not follows(request.user, person, on=clock.today()):
        raise Http404  # who opened a file for a reason hands nothing over
    return _handed(access_file(person=person, actor=who(request), now=clock.now()), kind)


def _handed(made: AccessFile, kind: str) -> HttpResponse:
    name = f"donnees-{made.person.code}.{kind}"
    if kind == "pdf":
        return pdf_response(as_pdf(made), name=name, download=True)
    response = HttpResponse(json.dumps(as_json(made), ensure_ascii=False, indent=1), content_type="application/json")
    response["Content-Disposition"] = content_disposition_header(True, name) or ""  # noqa: FBT003 (Django's own)
    response["Cache-Control"] = "private, no-store"
    return response


@requires(RECEIVE_REQUEST)
@require_safe
def rights_requests(request: HttpRequest) -> HttpResponse:
    """Requests one may see: those to be answered first, by their last day."""
    state = request.GET.get("state", "open")
    found = queries.visible_requests(request.user, on=clock.today())
    found = found.filter(state=RequestState.OPEN) if state != "answered" else found.exclude(state=RequestState.OPEN)
    page = Paginator(found.order_by("due_on" if state != "answered" else "-answered_on", "id"), PAGE).get_page(
        request.GET.get("page")
    )
    rows = [(one, (one.due_on - clock.today()).days) for one in page]
    return render(request, "people/requests.html", {"page": page, "rows": rows, "state": state})


@requires(RECEIVE_REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def rights_request_new(request: HttpRequest) -> HttpResponse:
    """Write a request down: at the counter, on the phone, from a letter."""
    start = {"code": request.GET.get("code", ""), "received_on": clock.today()}
    form = RequestForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid() and (made := _received(request, form)):
        messages.success(request, _("The request is written down. Give the person its number."))
        return redirect("rights-request", made.number)
    return render(request, "people/request_new.html", {"form": form}, status=422 if form.errors else 200)


def _received(request: HttpRequest, form: RequestForm) -> RightsRequest | None:
    said: dict[str, Any] = form.cleaned_data
    names = {name: said[name] for name in ("code", "first_name", "last_name", "birth_year")}
    person = queries.find(request.user, **names, now=clock.now())
    if person is None and not said["without_file"]:
        form.add_error("code", _("We find no file. Check what you typed, or tick that there is none."))
        return None
    units = own_unit_ids(request.user)
    try:
        return requests.receive(
            person=person,
            kind=said["kind"],
            words=said["words"],
            identity_checked=said["identity_checked"],
            received_on=said["received_on"],
            unit_id=units[0] if units else None,
            actor=who(request),
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


def _seen_request(request: HttpRequest, number: str) -> RightsRequest:
    found = queries.request_for(request.user, number, now=clock.now())
    if found is None:
        raise Http404
    return found


@requires(RECEIVE_REQUEST)
@require_http_methods(["GET", "HEAD", "POST"])
def rights_request(request: HttpRequest, number: str) -> HttpResponse:
    """One request: what was asked, until when, the answer."""
    one = _seen_request(request, number)
    may_answer = queries.may_answer(request.user, one, now=clock.now())
    form = AnswerForm(request.POST or None)
    if request.method == "POST":
        if not may_answer:
            raise Http404
        if form.is_valid() and _answered(request, one, form):
            messages.success(request, _("The answer is written down."))
            return redirect("rights-request", number)
    return _shown(request, one, form, ExtensionForm(), may_answer=may_answer)


def _answered(request: HttpRequest, one: RightsRequest, form: AnswerForm) -> bool:
    try:
        requests.answer(request=one, actor=who(request), now=clock.now(), **form.cleaned_data)
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    return True


def _shown(
    request: HttpRequest, one: RightsRequest, form: AnswerForm, extension: ExtensionForm, *, may_answer: bool
) -> HttpResponse:
    context = {
        "one": one,
        "form": form,
        "extension": extension,
        "days": (one.due_on - clock.today()).days,
        "may_answer": may_answer,
        "may_extend": may_answer
        and one.state == RequestState.OPEN
        and not one.extended_on
        and one.due_on >= clock.today(),
        "may_hand_over": may_answer and one.kind == RequestKind.ACCESS and one.person is not None,
        "has_address": one.person is not None and bool(one.person.postal_address),
    }
    wrong = form.errors or extension.errors
    return render(request, "people/request.html", context, status=422 if wrong else 200)


@requires(RECEIVE_REQUEST)
@require_POST
def rights_request_extend(request: HttpRequest, number: str) -> HttpResponse:
    """Take two months more, telling the person why."""
    one = _seen_request(request, number)
    if not queries.may_answer(request.user, one, now=clock.now()):
        raise Http404
    form = ExtensionForm(request.POST)
    if form.is_valid():
        try:
            requests.extend(request=one, reason=form.cleaned_data["reason"], actor=who(request), now=clock.now())
        except DomainError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("The last day has moved by two months. Tell the person why."))
            return redirect("rights-request", number)
    return _shown(request, one, AnswerForm(), form, may_answer=True)


@requires(RECEIVE_REQUEST)
@require_POST
def rights_request_data(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """The data somebody asked to see, for whoever answers the request."""
    one = _seen_request(request, number)
    allowed = one.kind == RequestKind.ACCESS and queries.may_answer(request.user, one, now=clock.now())
    if one.person is None or not allowed or one.state == RequestState.REFUSED:
        raise Http404
    return _handed(access_file(person=one.person, actor=who(request), now=clock.now()), kind)


@requires(RECEIVE_REQUEST)
@require_safe
def rights_request_paper(request: HttpRequest, number: str, paper: str) -> HttpResponse:
    """The receipt with the number, or the answer, to be handed over."""
    one = _seen_request(request, number)
    if paper == "reponse" and one.state == RequestState.OPEN:
        raise Http404
    made = receipt_pdf(one) if paper == "recu" else answer_pdf(one)
    return pdf_response(made, name=f"{paper}-{one.number}.pdf")
