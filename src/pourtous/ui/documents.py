"""Documents as tagged, accessible PDF (PDF/UA-1), set by typst inside this process.

A template is a `.typ` file in the `documents/` folder of any app, named from that folder: "people/mandate.typ" is
`src/pourtous/people/documents/people/mandate.typ`. It begins like this (`ui/base.typ` tells the rest):

    #import "/ui/base.typ": *
    #show: paper.with()
    = #data.heading

Templates and `data` (as JSON) are handed to typst in memory; each `bytes` value of `data` is a picture whose address
stands in its place (`image(data.qr, alt: …)`), in a folder that lives as long as the work. Text of people is therefore
text, never source; no other file, and no network, can be reached.
"""

import json
import logging
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import font_lato
import segno
import typst
from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from pourtous.kernel import clock
from pourtous.ui.format import date_in_full, phone

log = logging.getLogger(__name__)

FOLDER = "documents"
STANDARD = "ua-1"
MOST_PAGES = 500
_NOT_IN_UA = ("could not be displayed", "disallowed codepoint", "embedding PDFs")
_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpg", b"<svg": "svg", b"<?xml": "svg", b"%PDF": "pdf"}
_KEPT_CONTROLS = "\n\t"

Files = dict[str, bytes]


@dataclass(frozen=True)
class _About:
    """What every document says of itself."""

    title: str
    language: str

    def said(self) -> dict[str, Any]:
        """Title and date, the territory, and our own words in the document's language."""
        territory: dict[str, Any] = settings.TERRITORY
        with translation.override(self.language):
            return {
                "title": self.title,
                "language": self.language,
                "date": date_in_full(clock.now()),
                "territory": territory
                | {"help_phone": phone(territory["help_phone"]) if territory["help_phone"] else ""},
                "is_demo": settings.DEMO,
                "words": {
                    "page": _("Page {number} of {total}"),
                    "answers": _("Someone answers you:"),
                    "demo": _("Demonstration: the places and the people are invented."),
                },
            }


class _Pictures:
    """The pictures of one document, each a file beside the others in its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def keep(self, content: bytes) -> str:
        """Write one; returns its address for typst. ValueError when it is no picture."""
        start = content[:200].lstrip()
        kind = next((name for mark, name in _KINDS.items() if start.startswith(mark)), None)
        if kind is None:
            msg = "a picture of a document is PNG, JPEG, SVG or PDF"
            raise ValueError(msg)
        self.count += 1
        name = f"picture-{self.count}.{kind}"
        (self.folder / name).write_bytes(content)
        return f"/{name}"


def pdf(template: str, data: dict[str, Any], *, title: str, language: str = "fr") -> bytes:
    """A tagged PDF/UA-1 document with its title and language.

    `data` holds what JSON holds (dates, UUIDs and Decimals are written as Django does), and bytes for pictures: PNG,
    JPEG, SVG, or a PDF whose pages are pictures. Raises LookupError when no app has the template, `typst.TypstError` when the template is wrong (a
    picture without alternative text, headings that skip a level…). Characters that no typeface has (emoji, Chinese)
    are printed as empty boxes: the document is then tagged all the same, but does not claim PDF/UA-1; nor does one
    that encloses a PDF.
    """
    try:
        return cast(
            "bytes", _compile(template, data, title=title, language=language, format="pdf", pdf_standards=STANDARD)
        )
    except typst.TypstError as error:
        if not any(reason in error.message for reason in _NOT_IN_UA):
            raise
        log.warning(
            "document %s: printed without the mark PDF/UA-1: a letter without typeface, or a PDF in it", template
        )
        return cast("bytes", _compile(template, data, title=title, language=language, format="pdf"))


def png(template: str, data: dict[str, Any], *, title: str, language: str = "fr", ppi: int = 100) -> list[bytes]:
    """The pages of the same document as pictures."""
    pages = _compile(template, data, title=title, language=language, format="png", ppi=float(ppi))
    return pages if isinstance(pages, list) else [pages]


def answer(content: bytes, *, name: str, download: bool = False) -> HttpResponse:
    """A PDF as a response: shown by the browser, or saved under its name when `download`. No cache keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(download, name) or "inline"
    response["Cache-Control"] = "private, no-store"
    response._csp_exempt = True  # type: ignore[attr-defined]  # noqa: SLF001 (django-csp's own name; browsers draw PDF with styles of their own)
    return response


def page_count(document: bytes) -> int:
    """How many pages a PDF has. ValueError when typst cannot print it (not a PDF, damaged, protected), or over 500."""
    few, many = 0, MOST_PAGES + 1
    while many - few > 1:
        middle = (few + many) // 2 if few else 1
        few, many = (middle, many) if _has_page(document, middle) else (few, middle)
    if not 0 < few < MOST_PAGES:
        msg = "not a PDF that can be printed"
        raise ValueError(msg)
    return few


def _has_page(document: bytes, number: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="pourtous-typst-") as folder:
        (Path(folder) / "enclosed.pdf").write_bytes(document)
        try:
            source = {"main.typ": f'#image("enclosed.pdf", page: {number}, width: 1cm)'.encode()}
            typst.compile(cast("Any", source), root=folder, format="pdf", font_paths=_fonts(), ignore_system_fonts=True)
        except typst.TypstError:
            return False
    return True


def qr(text: str) -> bytes:
    """A QR code (error correction M) as an SVG in ink, for `data`."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(border=2, omitsize=True, dark="#17302f")
    return str(drawing).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()


def _compile(template: str, data: dict[str, Any], *, title: str, language: str, **options: Any) -> Any:
    with tempfile.TemporaryDirectory(prefix="pourtous-typst-") as folder:
        return typst.compile(
            cast(
                "Any", _files(template, data, _About(title, language), Path(folder))
            ),  # the stub knows of one file only
            root=folder,
            package_path=folder,
            package_cache_path=folder,
            font_paths=_fonts(),
            ignore_system_fonts=True,
            timestamp=int(clock.now().timestamp()),
            **options,
        )


@cache
def _fonts() -> typst.Fonts:
    """Lato; behind it the typefaces typst carries, for letters Lato has not (Greek, Cyrillic, Arabic)."""
    return typst.Fonts(include_system_fonts=False, font_paths=[Path(font_lato.font_directory)])


def _files(template: str, data: dict[str, Any], about: _About, folder: Path) -> Files:
    sources = _sources()
    if template not in sources or not template.endswith(".typ"):
        msg = f"no app has the document template {template}"
        raise LookupError(msg)
    pictures = _Pictures(folder)
    logo = Path(settings.LOGO).read_bytes() if settings.LOGO else b""
    return {
        **sources,
        "data.json": _as_json(_plain(data, pictures.keep)),
        "about.json": _as_json(_plain(about.said() | {"logo": logo or ""}, pictures.keep)),
        "main.typ": f'#import "/ui/base.typ": main\n#show: main\n#include "/{template}"\n'.encode(),
    }


def _as_json(content: Any) -> bytes:
    return json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False).encode()


def _plain(content: Any, keep: Callable[[bytes], str]) -> Any:
    """The same data with pictures kept as files, and without the characters no page can show."""
    match content:
        case bytes():
            return keep(content)
        case str():
            return (
                "".join(c if c >= " " or c in _KEPT_CONTROLS else " " for c in content)
                .encode(errors="replace")
                .decode()
            )
        case dict():
            return {str(key): _plain(value, keep) for key, value in content.items()}
        case list() | tuple():
            return [_plain(value, keep) for value in content]
        case _:
            return content


@cache
def _sources() -> Files:
    """Every file of every app's `documents/` folder, by its name from there."""
    found: Files = {}
    for config in apps.get_app_configs():
        folder = Path(config.path) / FOLDER
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path.read_bytes()
    return found
