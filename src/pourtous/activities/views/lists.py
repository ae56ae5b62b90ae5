"""Lists of activities, on screen and in files."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from pourtous.accounts.queries import who
from pourtous.activities.enums import ActivityKind, Topic
from pourtous.activities.permissions import RECORD
from pourtous.activities.queries.choices import tags_of_rows
from pourtous.activities.queries.lists import TEAM, ListFilter, listed, managed_team_ids, names_for
from pourtous.activities.rows import cells, columns, row_of
from pourtous.kernel import clock
from pourtous.kernel.access import requires
from pourtous.runtime.downloads import table_download

PER_PAGE = 50
MOST_IN_A_FILE = 20_000


def asked(query: QueryDict) -> ListFilter:
    """The filter an address says; what cannot be read narrows nothing."""
    given = {name: query.get(name, "").replace("\0", "")[:60].strip() for name in ("type", "theme", "mot", "sort")}
    return ListFilter(
        who=TEAM if query.get("qui") == TEAM else "",
        kind=given["type"],
        topic=given["theme"],
        tag=_identity(given["mot"]),
        since=_day(query.get("du", "")),
        until=_day(query.get("au", "")),
        sort=given["sort"] or "-day",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _identity(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


@requires(RECORD)
def activity_list(request: HttpRequest) -> HttpResponse:
    """What I did; or, for a manager, what the team did."""
    user, wanted = who(request), asked(request.GET)
    page = Paginator(listed(user, wanted), PER_PAGE).get_page(request.GET.get("page"))
    names = names_for(user, list(page.object_list), on=clock.today())
    shown: dict[str, Any] = {
        "page": page,
        "rows": [row_of(activity, names) for activity in page.object_list],
        "wanted": wanted,
        "is_team": wanted.who == TEAM,
        "manages": bool(managed_team_ids(user)),
        "kinds": ActivityKind.choices,
        "topics": Topic.choices,
        "tags": tags_of_rows(user),
        "query": request.GET.urlencode(),
        "by_day": wanted.sort == "-day",
    }
    return render(request, "activities/list.html", shown)


@requires(RECORD)
def activity_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as it is shown, all pages, as CSV or XLSX: without names and notes."""
    rows = listed(who(request), asked(request.GET))[:MOST_IN_A_FILE]
    table = [cells(activity) for activity in rows]
    return table_download(kind, "activites", _("Activities"), columns(), table)
