"""A book lost, stolen or damaged: written down from the person's file or at a host's desk, then replaced."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.queries.prescribed import unit_that_follows
from pourtous.agenda.rules.wording import when
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import BookState
from pourtous.passes.forms.losses import DeskGoneForm, GoneForm, ReplaceForm
from pourtous.passes.models import HandOver
from pourtous.passes.operations import losses as operations
from pourtous.passes.permissions import HAND_OVER, TAKE
from pourtous.passes.queries import losses as queries
from pourtous.people.queries import followed
from pourtous.ui.forms import refuse


def _theirs(request: HttpRequest, identity: UUID) -> HandOver:
    found = queries.loss_for(request.user, identity, now=clock.now())
    if found is None:
        raise Http404
    return found


@requires(HAND_OVER)
def lost(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Say that the book is gone; then hand another one over."""
    made = _theirs(request, identity)
    is_gone = made.book.state in queries.GONE
    form = GoneForm(request.POST if request.method == "POST" and not is_gone else None)
    if form.is_bound and form.is_valid():
        try:
            operations.declare_held(made=made, actor=who(request), now=clock.now(), **form.said)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("It is written down: nobody can use these passes any more."))
            return redirect("hand-over-lost", identity=identity)
    return _page(request, made, form, ReplaceForm())


def _page(request: HttpRequest, made: HandOver, form: GoneForm, new: ReplaceForm) -> HttpResponse:
    among = [made.person_id] if made.person_id else []
    replacement = queries.replacement_of(made)
    page: dict[str, Any] = {
        "made": made,
        "person": followed(request.user, among=among, on=clock.today()).first(),
        "form": form,
        "new": new,
        "is_gone": made.book.state in queries.GONE,
        "may_be_found": made.book.state in {BookState.LOST, BookState.STOLEN},
        "left": queries.left_to_replace(made),
        "replacement": replacement,
        "is_late": made.book.valid_until is not None and clock.today() > made.book.valid_until,
    }
    return render(request, "passes/handover_lost.html", page, status=422 if form.errors or new.errors else 200)


@require_POST
@requires(HAND_OVER)
def replace(request: HttpRequest, identity: UUID) -> HttpResponse:
    """Another book, with what was left."""
    made, form = _theirs(request, identity), ReplaceForm(request.POST)
    unit = unit_that_follows(request.user, made.person, on=clock.today()) if made.person else None
    if unit is None:
        raise Http404
    book = queries.book_to_give(made, form.cleaned_data["book"]) if form.is_valid() else None
    if form.is_valid() and book is None:
        form.add_error("book", _("This number is not one of this campaign."))
    if book is None:
        return _page(request, made, GoneForm(), form)
    try:
        given = operations.replace(made=made, book=book, unit=unit, actor=who(request), now=clock.now())
    except DomainError as error:
        refuse(form, error)
        return _page(request, made, GoneForm(), form)
    messages.success(request, _("The new book is handed over, with what was left."))
    return redirect("hand-over", identity=given.pk)


@require_POST
@requires(HAND_OVER)
def found(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The lost book turned up."""
    made = _theirs(request, identity)
    try:
        operations.found_again(made=made, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is written down. Destroy this book: its passes stay cancelled."))
    return redirect("hand-over-lost", identity=identity)


@requires(TAKE)
def at_desk(request: HttpRequest) -> HttpResponse:
    """Somebody comes to a session without their book, and says that it is gone."""
    words = request.GET.get("nom", "").replace("\0", "")[:80]
    holders = {one.key: one for one in queries.holders_at_desk(request.user, words, now=clock.now())}
    choices = [(key, _holder_words(one)) for key, one in holders.items()]
    form = DeskGoneForm(request.POST if request.method == "POST" else None, holders=choices)
    if form.is_valid():
        made = holders[form.cleaned_data["who"]].made
        try:
            operations.declare_held(made=made, actor=who(request), now=clock.now(), **form.said)
        except DomainError as error:
            refuse(form, error)
        else:
            told = _("It is written down, and %(unit)s knows. They hand over a new book.") % {"unit": made.unit}
            messages.success(request, told)
            return redirect("counter-lost")
    page = {"form": form, "words": words, "found": bool(choices)}
    return render(request, "passes/counter_lost.html", page, status=422 if form.errors else 200)


def _holder_words(one: queries.Holder) -> str:
    person, session = one.registration.person, one.registration.session
    return f"{person.name if person else ''} · {session.course.title}, {when(session.starts_at)}"
