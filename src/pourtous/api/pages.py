"""The pages for those who reuse the data: the files and their columns, and the API, told from its own document."""

import json
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pourtous.api import metadata, open_data, reading
from pourtous.api.middleware import METHODS, open_to_all, preflight
from pourtous.api.shapes import DESCRIPTIONS
from pourtous.kernel.access import public
from pourtous.places.exporters import editions, files
from pourtous.places.standard import COLUMNS, Kind

_KINDS = {
    Kind.DEGREES: gettext_lazy("number"),
    Kind.DATE: gettext_lazy("day (YYYY-MM-DD)"),
    Kind.TERMS: gettext_lazy("terms, parted by |"),
    Kind.LABELS: gettext_lazy("texts, parted by |"),
    Kind.EMAILS: gettext_lazy("texts, parted by |"),
    Kind.URLS: gettext_lazy("addresses, parted by |"),
    Kind.URL: gettext_lazy("address"),
}


@public
def places_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """The whole directory in one format, from disk, compressed when the client can read that."""
    if request.method == "OPTIONS":
        answer: HttpResponseBase = preflight()
    elif request.method not in {"GET", "HEAD"}:
        answer = HttpResponse(_("This file is for reading: use GET."), status=405, headers={"Allow": METHODS})
    else:
        answer = _file(request, name)
    open_to_all(answer)
    return answer


def _file(request: HttpRequest, name: str) -> HttpResponseBase:
    edition = editions.present()
    path = open_data.ensure(edition, name)
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    tag = f'"{edition.stamp}-{name}{"-gz" if is_packed else ""}"'
    changed = int(edition.changed_at.timestamp())
    known = get_conditional_response(request, etag=tag, last_modified=changed)
    answer: HttpResponseBase = known or FileResponse(
        path.with_name(f"{path.name}.gz" if is_packed else path.name).open("rb"),
        content_type=files.FORMATS[name][1],
        filename=f"lieux.{name}",
        as_attachment=name == "csv",
    )
    if is_packed and known is None:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["ETag"] = tag
    answer.headers["Last-Modified"] = http_date(changed)
    answer.headers["Cache-Control"] = "public, max-age=300"
    patch_vary_headers(answer, ["Accept-Encoding"])
    return answer


@public
def data(request: HttpRequest) -> HttpResponse:
    """What the files hold, under which licence, and how fresh they are."""
    edition = editions.present()
    offered = [
        (one, reverse("open-data-file", kwargs={"name": one.format})) for one in open_data.distributions(edition)
    ]
    columns = [(column, _(DESCRIPTIONS[column.name]), _KINDS.get(column.kind, _("text"))) for column in COLUMNS]
    described = metadata.dataset(edition, [one for one, _address in offered])
    context = {"edition": edition, "files": offered, "columns": columns, "metadata": _script(described)}
    return render(request, "api/data.html", context)


@public
def catalogue(_request: HttpRequest) -> HttpResponse:
    """The same as a DCAT catalogue, for portals that harvest."""
    edition = editions.present()
    described = metadata.catalogue(edition, list(open_data.distributions(edition)))
    answer = HttpResponse(json.dumps(described, ensure_ascii=False), content_type="application/ld+json")
    open_to_all(answer)
    return answer


@public
def guide(request: HttpRequest) -> HttpResponse:
    """The API for those who write programs."""
    context = {
        "operations": reading.operations(),
        "places": reading.fields("Place"),
        "limit": settings.API_REQUESTS_PER_MINUTE,
    }
    return render(request, "api/guide.html", context)


def _script(value: dict[str, Any]) -> SafeString:
    """JSON that cannot end the element it stands in."""
    return mark_safe(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S308 (just escaped)
