"""How a private file or a table is handed out: as a download, never as something the browser would run."""

import mimetypes
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import FileResponse, Http404, HttpResponse

from pourtous.kernel.tables import csv_for_people, xlsx_for_people
from pourtous.runtime.models import StoredFile

TABLE_KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# The only kinds a browser is told of; all others are bytes to save.
_KINDS = {"text/csv", "application/json", "application/pdf", "text/plain"}


def download(stored: StoredFile) -> FileResponse:
    """The file, for a view that has asked who wants it; 404 when its bytes are gone."""
    try:
        content = stored.path.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    guessed = mimetypes.guess_type(stored.name)[0]
    kind = guessed if guessed in _KINDS else "application/octet-stream"
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
    return FileResponse(content, as_attachment=True, filename=stored.name, content_type=kind, headers=headers)


def table_download(
    kind: str, name: str, title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A table as a file for people: `kind` one of `TABLE_KINDS`, `name` without ending, `title` the name of its sheet."""
    body = csv_for_people(columns, rows) if kind == "csv" else xlsx_for_people(title, columns, rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{kind}"'}
    return HttpResponse(body, content_type=TABLE_KINDS[kind], headers=headers)
