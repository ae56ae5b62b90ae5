"""How a private file is handed out: as a download, never as something the browser would run."""

import mimetypes

from django.http import FileResponse, Http404

from pourtous.runtime.models import StoredFile

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
