"""Handing a book over: for whom, whether they may have it, which book, and the first session in the same minute."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pourtous.accounts.queries import who
from pourtous.agenda.operations.telling import place_words
from pourtous.agenda.queries.near_sessions import NearSession, joinable_session
from pourtous.agenda.queries.prescribed import unit_that_follows
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.passes.enums import HandOverChannel, Unbooked
from pourtous.passes.forms.handover import BookForm, WhoForm
from pourtous.passes.models import HandOver
from pourtous.passes.operations import first_session
from pourtous.passes.operations import hand_over as operations
from pourtous.passes.operations.dormant import note_warned
from pourtous.passes.operations.first_session import hand_over_with_session
from pourtous.passes.operations.hand_over import How
from pourtous.passes.permissions import HAND_OVER
from pourtous.passes.queries import dormant
from pourtous.passes.queries import handovers as queries
from pourtous.passes.queries.eligibility import Eligibility, eligibility
from pourtous.passes.queries.losses import GONE
from pourtous.people.queries import person_for
from pourtous.ui.format import day as day_words
from pourtous.ui.format import distance, hour

PER_PAGE = 25
IDLE = "pas-commence"


@requires(HAND_OVER)
def new(request: HttpRequest) -> HttpResponse:
    """One screen: who, may they, which book, which session."""
    now, today = clock.now(), clock.today()
    code = request.GET.get("personne", "").replace("\0", "")
    chosen = person_for(request.user, code, now=now) if code else None
    campaigns = queries.open_campaigns(today)
    data: Any = request.POST if request.method == "POST" else None
    asked = WhoForm(data, user=request.user, now=now, campaigns=campaigns, chosen=chosen)
    page: dict[str, Any] = {"form": asked, "campaigns": campaigns, "book": None, "judged": None}
    if not asked.is_bound and chosen and len(campaigns) == 1:
        page |= _judge(request, chosen, campaigns[0], None)
    elif asked.is_bound and asked.is_valid():
        said = asked.cleaned_data
        page |= _judge(request, said["person"], said["campaign"], said["age"])
        made = _hand_over(request, asked, page) if "hand" in request.POST else None
        if made is not None:
            messages.success(request, _("The book is handed over."))
            return redirect("hand-over", identity=made.pk)
    return render(request, "passes/handover_new.html", page)


def _judge(request: HttpRequest, person: Any, campaign: Any, age: int | None) -> dict[str, Any]:
    judged: Eligibility = eligibility(campaign, person, on=clock.today(), age=age)
    sessions = queries.first_sessions(campaign, person, now=clock.now()) if judged.fits else []
    choices = [(one.session.code, _words(one)) for one in sessions]
    is_handing = "hand" in request.POST
    form = BookForm(request.POST if is_handing else None, sessions=choices, initial=_preferred(choices))
    return {"person": person, "campaign": campaign, "judged": judged, "book": form, "sessions": sessions}


def _preferred(choices: list[tuple[str, str]]) -> dict[str, str]:
    """The first session is chosen already: it is what brings people to a second one."""
    return {"first": choices[0][0]} if choices else {}


def _words(one: NearSession) -> str:
    starts = paris(one.session.starts_at)
    parts = [
        one.session.course.title,
        f"{day_words(starts)}, {hour(starts)}",
        place_words(one.session),
        distance(one.distance_m) if one.distance_m is not None else "",
    ]
    return " · ".join(part for part in parts if part)


def _hand_over(request: HttpRequest, asked: WhoForm, page: dict[str, Any]) -> HandOver | None:
    """What was asked; None when it was refused, and the forms say why."""
    form: BookForm = page["book"]
    if not form.is_valid():
        return None
    said, person, now = form.cleaned_data, page["person"], clock.now()
    book = queries.book_by_serial(page["campaign"], said["book"])
    unit = unit_that_follows(request.user, person, on=clock.today())
    if book is None:
        form.add_error("book", _("This number is not one of this campaign."))
    if unit is None:
        asked.add_error("person", _("Choose a person your unit follows."))
    is_reason = said["first"] in Unbooked.values
    session = None if is_reason else joinable_session(said["first"], now=now)
    if not is_reason and session is None:
        form.add_error("first", _("This session has begun or is over. Choose another one."))
    if book is None or unit is None or form.errors:
        return None
    how = How(
        channel=HandOverChannel.SLIP if form.slip_day else HandOverChannel.DESK,
        handed_on=form.slip_day,
        age=asked.cleaned_data["age"],
        unbooked=said["first"] if is_reason else "",
    )
    try:
        return hand_over_with_session(
            book=book, person=person, unit=unit, session=session, how=how, actor=who(request), now=now
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


@requires(HAND_OVER)
def hand_overs(request: HttpRequest) -> HttpResponse:
    """Books my units handed over, with what became of them; or those of who has not begun."""
    what = request.GET.get("quoi", "")
    idle = queries.not_started_of(request.user, now=clock.now())
    found = idle if what == IDLE else queries.hand_overs_of(request.user, never_used=what == "dormant")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = queries.with_outcome(list(page), request.user, on=clock.today())
    name = "passes/handovers_idle.html" if what == IDLE else "passes/handovers.html"
    count = page.paginator.count if what == IDLE else idle.count()
    return render(request, name, {"page": page, "rows": rows, "what": what, "idle": count})


def _mine(request: HttpRequest, identity: UUID) -> HandOver:
    found = queries.hand_over_for(request.user, identity)
    if found is None:
        raise Http404
    return found


@requires(HAND_OVER)
def hand_over(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One of them: what to give the person, what became of it, and sessions to book when none is."""
    found, now = _mine(request, identity), clock.now()
    row = queries.with_outcome([found], request.user, on=clock.today())[0]
    may_book = row.person is not None and found.undone_at is None and row.left > 0
    coming = queries.coming_session(found, now=now)
    near = queries.first_sessions(found.campaign, row.person, now=now) if may_book and row.person and not coming else []
    page = {
        "row": row,
        "made": found,
        "first": found.first_registration,
        "coming": coming,
        "may_book": may_book,
        "is_gone": found.book.state in GONE,
        "notice": dormant.last_day(found),
        "must_tell": dormant.must_tell(found),
        "offers": [(one.session.code, _words(one)) for one in near],
    }
    return render(request, "passes/handover.html", page)


@require_POST
@requires(HAND_OVER)
def told(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The prescriber told the person that unused passes will be cancelled."""
    found = _mine(request, identity)
    try:
        note_warned(made=found, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is noted."))
    return redirect("hand-over", identity=identity)


@require_POST
@requires(HAND_OVER)
def book_session(request: HttpRequest, identity: UUID) -> HttpResponse:
    """One tap: this session for who has this book."""
    found, now = _mine(request, identity), clock.now()
    followed = queries.with_outcome([found], request.user, on=clock.today())[0].person
    unit = unit_that_follows(request.user, followed, on=clock.today()) if followed else None
    if unit is None:
        raise Http404
    session = joinable_session(request.POST.get("seance", "").replace("\0", "")[:20], now=now)
    if session is None:
        messages.error(request, _("This session has begun or is over. Choose another one."))
        return redirect("hand-over", identity=identity)
    try:
        first_session.book_session(made=found, session=session, unit=unit, actor=who(request), now=now)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The session is booked. The person gets a message about it."))
    return redirect("hand-over", identity=identity)


@require_POST
@requires(HAND_OVER)
def undo(request: HttpRequest, identity: UUID) -> HttpResponse:
    """The wrong book, or the wrong person."""
    found = _mine(request, identity)
    try:
        operations.undo_hand_over(made=found, actor=who(request), now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The book is back with your unit. The session stays booked."))
    return redirect("hand-over", identity=identity)
