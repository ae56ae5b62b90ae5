"""The pages of the counter, the same for a person at their own screen and for one at a shared tablet."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from pourtous.accounts.models import User
from pourtous.agenda.models import Session
from pourtous.agenda.queries import courses
from pourtous.agenda.rules.wording import when
from pourtous.kernel import clock
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.kernel.permissions import can
from pourtous.passes import guessing
from pourtous.passes.enums import Channel, RedemptionState, Refusal
from pourtous.passes.forms.counter import ReadForm, new_key
from pourtous.passes.models import RefusedTry, Tablet
from pourtous.passes.operations.counter import Outcome, Read, take
from pourtous.passes.operations.redeem import Reader, undo
from pourtous.passes.permissions import ENROL, TAKE
from pourtous.passes.queries import counter_pages as queries
from pourtous.passes.views.advice import advice
from pourtous.runtime.idempotency import fingerprint

REMEMBERED = "passes_session"  # in the browser's session: the session passes are being taken for


@dataclass(frozen=True)
class Desk:
    """Who takes passes: a user, at their own screen or at a tablet. `names` begins the names of its addresses."""

    user: User
    tablet: Tablet | None = None

    @property
    def names(self) -> str:
        """The addresses of this kind of desk."""
        return "tablet" if self.tablet else "counter"

    def url(self, name: str, *words: Any) -> str:
        """One of its addresses."""
        return reverse(f"{self.names}-{name}", args=words)

    def session(self, code: str) -> Session:
        """The session of an address, when passes may be taken for it here: else 404."""
        found = courses.session(read_code(code) or "")
        is_here = found is not None and (self.tablet is None or found.unit_id == self.tablet.unit_id)
        if found is None or not is_here or not can(self.user, TAKE, found.unit):
            raise Http404
        return found


def choose(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The sessions of today, then those of the last weeks for stubs."""
    units = [desk.tablet.unit_id] if desk.tablet else queries.units_taking(desk.user)
    found = queries.sessions_to_choose(units, now=clock.now())
    page = {
        "today": [(one, desk.url("session", one.code)) for one in found.today],
        "recent": [(one, desk.url("session", one.code)) for one in found.recent],
        "may_declare": desk.tablet is None,
        "may_enrol": desk.tablet is None and can(desk.user, ENROL),
    }
    return render(request, "passes/counter_choose.html", shell(desk) | page)


def pick(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Remember the session for the passes to come, in this browser."""
    found = desk.session(request.POST.get("seance", ""))
    request.session[REMEMBERED] = found.code
    return redirect(desk.url("session", found.code))


def session(request: HttpRequest, desk: Desk, code: str) -> HttpResponse:
    """The field for the next pass, and those taken so far. On POST, a pass."""
    found = desk.session(code)
    form = ReadForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return _read(request, desk, found, form)
    return _session_page(request, desk, found, form)


def _session_page(request: HttpRequest, desk: Desk, found: Session, form: ReadForm) -> HttpResponse:
    rows = list(queries.taken_for(found))
    live = [row for row in rows if row.state == RedemptionState.ACCEPTED]
    now = clock.now()
    page = {
        "form": form,
        "rows": [(row, row.taken.serial, desk.url("taken", found.code, row.pk)) for row in rows],
        "count": len(live),
        "total": sum(row.value for row in live),
        "is_future": clock.paris(found.starts_at).date() > clock.paris(now).date(),
        "is_stub": queries.channel_of(found, "", now=now) == Channel.STUB,
    }
    return render(request, "passes/counter_session.html", about(desk, found) | page)


def _read(request: HttpRequest, desk: Desk, found: Session, form: ReadForm) -> HttpResponse:
    """One pass: where its answer is."""
    account = str(desk.user.pk)
    if guessing.has_guessed_enough(request, account):
        return too_many(request, desk)
    text, now = form.cleaned_data["code"], clock.now()
    asked = "scanner" if "://" in text and not form.cleaned_data["channel"] else form.cleaned_data["channel"]
    reader = Reader(channel=queries.channel_of(found, asked, now=now), user=desk.user, tablet=desk.tablet)
    # The text is part of the key: somebody who goes back and types another code asks another thing.
    key = f"{form.cleaned_data['key'] or new_key()}:{fingerprint(text)[:16]}"
    read = Read(text=text, key=key, scope=f"desk:{desk.user.pk}", host=site())
    try:
        answer = take(read=read, session=found, reader=reader, now=now, tell=tell)
    except DomainError as error:
        form.add_error(None, error.message)
        return _session_page(request, desk, found, form)
    request.session[REMEMBERED] = found.code
    if answer.get("why") == Refusal.UNKNOWN:
        guessing.count_guess(request, account)
    return redirect(desk.url(answer["page"], found.code, answer["id"]))


def tell(outcome: Outcome) -> dict[str, Any]:
    """What is kept for a repeat: which page shows it."""
    if isinstance(outcome, RefusedTry):
        return {"page": "refused", "id": str(outcome.pk), "why": outcome.why}
    return {"page": "taken", "id": str(outcome.pk)}


def too_many(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Too many unknown codes: good and bad ones are answered alike for a while."""
    page = render(request, "passes/counter_wait.html", shell(desk), status=HTTPStatus.TOO_MANY_REQUESTS)
    page["Retry-After"] = "600"
    return page


def taken(request: HttpRequest, desk: Desk, code: str, identity: UUID) -> HttpResponse:
    """Accepted: how many are left, what comes next."""
    found = desk.session(code)
    shown = queries.taken(identity, found)
    if shown is None:
        raise Http404
    one = shown.redemption
    may_undo = one.by_id == desk.user.pk and clock.now() <= shown.undo_until and not one.is_claimed
    page = {
        "shown": shown,
        "one": one,
        "serial": one.taken.serial,
        "is_undone": one.state == RedemptionState.UNDONE,
        "may_undo": may_undo and one.state == RedemptionState.ACCEPTED,
        "undo_url": desk.url("undo", found.code, one.pk),
        "form": ReadForm(),
    }
    return render(request, "passes/counter_taken.html", about(desk, found) | page)


def refused(request: HttpRequest, desk: Desk, code: str, identity: UUID) -> HttpResponse:
    """Refused: why, where it was used, what to do."""
    found = desk.session(code)
    shown = queries.refused(identity, found)
    if shown is None:
        raise Http404
    why = Refusal(shown.tried.why)
    first, one = shown.first, shown.tried.shown
    here = first is not None and first.organisation_id == found.unit.organisation_id
    page = {
        "shown": shown,
        "why": why,
        "serial": one.serial if one else "",
        "first": first if why == Refusal.ALREADY_USED else None,
        "is_here": here,
        "asks": why == Refusal.DISPUTED or shown.is_disputed,
        "advice": advice(why, is_same=first is not None and first.session_id == found.pk, disputed=shown.is_disputed),
        "phone": (one.book.campaign.help_phone if one else "") or settings.TERRITORY["help_phone"],
        "form": ReadForm(),
    }
    return render(request, "passes/counter_refused.html", about(desk, found) | page)


def give_back(request: HttpRequest, desk: Desk, code: str, identity: UUID) -> HttpResponse:
    """Undo a pass one took, within minutes."""
    found = desk.session(code)
    shown = queries.taken(identity, found)
    if shown is None:
        raise Http404
    try:
        undo(taken=shown.redemption, reason="", by_team=False, actor=desk.user, now=clock.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Undone. The person can use this pass again."))
    return redirect(desk.url("session", found.code))


def shell(desk: Desk) -> dict[str, Any]:
    """What all pages of a desk show."""
    return {"desk": desk, "choose_url": desk.url("choose"), "close_url": desk.url("close") if desk.tablet else ""}


def about(desk: Desk, found: Session) -> dict[str, Any]:
    """What all pages of a session show."""
    return shell(desk) | {
        "session": found,
        "course": found.course,
        "when": when(found.starts_at),
        "session_url": desk.url("session", found.code),
        "attendance_url": desk.url("attendance", found.code)
        if desk.tablet
        else reverse("work-attendance", args=(found.code,)),
    }


def site() -> str:
    """The name of this site as printed in QR codes."""
    return urlsplit(settings.PUBLIC_URL).netloc
