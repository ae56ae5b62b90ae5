"""Taking a pass from a host's own program: POST /api/v1/passes/redeem."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Header, Schema
from ninja.security import HttpBearer
from pydantic import Field

from pourtous.agenda.models import Session
from pourtous.agenda.queries import courses
from pourtous.api.problems import Problem
from pourtous.api.service import COMMON_PROBLEMS, JSON, api
from pourtous.api.shapes import ProblemDetails
from pourtous.kernel import clock
from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.ids import read_code
from pourtous.passes import guessing
from pourtous.passes.enums import Channel, Refusal
from pourtous.passes.models import ApiToken, Redemption, RefusedTry
from pourtous.passes.operations.counter import Outcome, Read, take
from pourtous.passes.operations.redeem import Reader
from pourtous.passes.operations.tokens import used
from pourtous.passes.queries.counter import left
from pourtous.passes.queries.finding import first_use
from pourtous.passes.queries.tokens import token_of
from pourtous.passes.rules.codes import serial
from pourtous.runtime.idempotency import KEY_LENGTH

_STATUS = {Refusal.UNKNOWN: 404, Refusal.NOT_QUALIFIED: 403, Refusal.EXPIRED: 410}  # all other refusals: 409
_CONFLICT = 409
_LONGEST_CODE = 300


class Key(HttpBearer):
    """The key a manager of the host made, in `Authorization: Bearer`."""

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken:  # noqa: ARG002 (ninja gives it)
        """The key, or 401."""
        found = token_of(token) if "\0" not in token else None
        if found is None:
            raise unauthorised()
        return found


def unauthorised() -> Problem:
    """No key, or one that opens nothing."""
    return Problem(
        401, _("Give a key that is in use, in Authorization: Bearer."), headers={"WWW-Authenticate": "Bearer"}
    )


class RedeemAsked(Schema):
    """A pass shown for a session."""

    code: Annotated[str, Field(min_length=1, max_length=_LONGEST_CODE)] = Field(
        description=gettext_noop("The code typed, or what the scanner read: the address in the QR code."),
        examples=["7K2M 9QXT 4HWP"],
    )
    session: Annotated[str, Field(min_length=1, max_length=40)] = Field(
        description=gettext_noop("Code of the session, as `/sessions` gives it."), examples=["K7M2QX9T"]
    )
    client_time: datetime | None = Field(
        None,
        description=gettext_noop("When the pass was read, by the reader’s clock. Evidence: our clock is what counts."),
        examples=["2026-11-24T10:02:11+01:00"],
    )


class Redeemed(Schema):
    """A pass that was taken."""

    id: str = Field(description=gettext_noop("Id of this use of the pass."))
    serial: str = Field(description=gettext_noop("Serial number printed on the pass."))
    session: str = Field(description=gettext_noop("Code of the session."))
    value: int = Field(description=gettext_noop("What the host is owed for it, in cents of euro."))
    left: int = Field(description=gettext_noop("Passes of the same book that can still be used."))
    at: datetime = Field(description=gettext_noop("When it was taken, by our clock, UTC."))


class FirstUse(Schema):
    """Where and when a pass was used before."""

    at: datetime = Field(description=gettext_noop("When, UTC."))
    where: str = Field(description=gettext_noop("The organisation, and the place when it is one of the directory."))


class RefusalDetails(ProblemDetails):
    """A refusal, with a reason for machines."""

    reason: str = Field(
        description=gettext_noop(
            "already_used, not_handed, tranche_closed, blocked, wrong_course, session_paid, disputed, too_early, "
            "expired, not_qualified, unknown, unknown_session, key_reused."
        )
    )
    first_use: FirstUse | None = Field(None, description=gettext_noop("With already_used: the first use."))


@api.post(
    "/passes/redeem",
    auth=Key(),
    response={
        200: Redeemed,
        401: ProblemDetails,
        403: RefusalDetails,
        404: RefusalDetails,
        409: RefusalDetails,
        410: RefusalDetails,
        422: RefusalDetails,
        **COMMON_PROBLEMS,
    },
    summary=gettext_noop("Take a pass"),
    description=gettext_noop(
        "For programs of hosts. The pass is taken for the session, and its holder counts as having come. Sent again "
        "with the same Idempotency-Key, the same answer comes back and nothing is done twice. Managers of hosts make "
        "keys on the page of the counter."
    ),
    operation_id="redeem",
    url_name="redeem",
)
def redeem(
    request: HttpRequest,
    asked: RedeemAsked,
    idempotency_key: Annotated[
        str,
        Header(
            alias="Idempotency-Key",
            min_length=1,
            max_length=KEY_LENGTH - 1,
            description=gettext_noop("Made by the client: one for each pass shown."),
            example="0198c4d2-51f0-7a35-9b1e-2f6f3c8f4a10",
        ),
    ],
) -> HttpResponse:
    """One pass, answered once."""
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # put there by ninja
    account, now = f"token:{token.pk}", clock.now()
    if guessing.has_guessed_enough(request, account):
        raise Problem(429, _("Too many unknown codes. Try again in ten minutes."), headers={"Retry-After": "600"})
    read = Read(text=asked.code, key=idempotency_key, scope=account, host=urlsplit(settings.PUBLIC_URL).netloc)
    reader = Reader(channel=Channel.API, token=token, client_at=_moment(asked.client_time))
    answer = _taken(read, _session(asked.session, token), reader, now)
    used(token=token, now=now)
    if answer["status"] == _STATUS[Refusal.UNKNOWN]:
        guessing.count_guess(request, account)
    if answer["status"] != 200:  # noqa: PLR2004
        raise _refused(answer["status"], answer["reason"], answer["first_use"])
    return HttpResponse(json.dumps(answer["body"]), content_type=JSON, headers={"Cache-Control": "no-store"})


def _moment(given: datetime | None) -> datetime | None:
    """A clock that names no zone proves nothing: left out, as is one that no calendar holds."""
    if given is None or given.tzinfo is None or not 2000 <= given.year <= 2100:  # noqa: PLR2004 (as elsewhere in the API)
        return None
    return given


def _session(code: str, token: ApiToken) -> Session:
    found = courses.session(read_code(code) or "")
    if found is None or found.unit_id != token.unit_id:
        raise _refused(404, "unknown_session", None)
    return found


def _taken(read: Read, session: Session, reader: Reader, now: datetime) -> dict[str, Any]:
    try:
        return take(read=read, session=session, reader=reader, now=now, tell=_told)
    except DomainError as error:
        is_early = paris(session.starts_at).date() > paris(now).date()
        problem = Problem(_CONFLICT if is_early else 422, error.message)
        problem.extra = {"reason": "too_early" if is_early else "key_reused"}
        raise problem from error


def _told(outcome: Outcome) -> dict[str, Any]:
    """What is answered, and kept to be answered again."""
    if isinstance(outcome, RefusedTry):
        return _refusal(outcome)
    one = outcome.taken
    body = {
        "id": str(outcome.pk),
        "serial": serial(one.book.campaign.year, one.book.number, one.position),
        "session": outcome.session.code,
        "value": outcome.value,
        "left": left(one),
        "at": outcome.at.isoformat(),
    }
    return {"status": 200, "body": body}


def _refusal(tried: RefusedTry) -> dict[str, Any]:
    why = Refusal(tried.why)
    first = first_use(tried.shown) if tried.shown is not None and why == Refusal.ALREADY_USED else None
    return {"status": _STATUS.get(why, _CONFLICT), "reason": str(why), "first_use": _first(first)}


def _first(use: Redemption | None) -> dict[str, str] | None:
    if use is None:
        return None
    place = use.session.place
    return {"at": use.at.isoformat(), "where": ", ".join([use.organisation.name, *([place.name] if place else [])])}


_SENTENCES: Mapping[str, Any] = {"unknown_session": _("Your team has no session of this code.")}


def _refused(status: int, reason: str, first: dict[str, str] | None) -> Problem:
    sentence = _SENTENCES.get(reason) or Refusal(reason).label
    problem = Problem(status, sentence)
    problem.extra = {"reason": reason} | ({"first_use": first} if first else {})
    return problem
