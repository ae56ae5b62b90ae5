"""Books of passes to print: a cover in large type, then the passes, five a page, with all that a voucher must say.

Mentions of a voucher that pays (after the Labour code, R. 3262-1, for restaurant vouchers): who issues it and where,
who pays, value, year, period of use, a number in a continuous series, a line for the name of who accepts it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pourtous.passes.exporters import qr
from pourtous.passes.models import Batch, Campaign
from pourtous.passes.queries.near import NearCourse
from pourtous.passes.rules.codes import serial, written
from pourtous.passes.rules.printed import ClearBook, ClearPass
from pourtous.runtime.progress import Progress
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full, euros, phone

TEMPLATE = "passes/book.typ"


@dataclass(frozen=True)
class Printed:
    """What a document of books is made of. `courses`: the nearest ones, for the covers."""

    batch: Batch
    books: Sequence[ClearBook]
    courses: Sequence[NearCourse] = ()


def address(token: str) -> str:
    """What the QR code of a pass says: any telephone's camera opens it."""
    return f"{settings.PUBLIC_URL}/p/{token}"


def books_pdf(printed: Printed, *, progress: Progress) -> bytes:
    """One PDF/UA of all the books, in French. Codes are in clear in it: never stored unsealed."""
    with translation.override("fr"):
        progress.start(len(printed.books), _("Drawing the codes"))
        content = data(printed, progress=progress)
        progress.say(_("Setting the pages"))
        return pdf(TEMPLATE, content, title=title(printed.batch))


def title(batch: Batch) -> str:
    """As in "Books of passes 26-000001 to 26-000670"."""
    year = batch.campaign.year
    ends = {"first": serial(year, batch.first), "last": serial(year, batch.last)}
    return _("Books of passes %(first)s to %(last)s") % ends


def data(printed: Printed, *, progress: Progress) -> dict[str, Any]:
    """What the template shows (see book.typ)."""
    campaign = printed.batch.campaign
    size = campaign.passes_per_book
    number = campaign.help_phone or str(settings.TERRITORY["help_phone"])
    until = "" if campaign.life_days is not None else date_in_full(campaign.life.latest)
    return {
        "issuer": campaign.issuer.name,
        "heading": ngettext("Your book of %(n)s pass", "Your book of %(n)s passes", size) % {"n": size},
        "lead": _("Learn to use digital tools. You pay nothing."),
        "steps": _steps(campaign),
        "words": _words(),
        "value": euros(campaign.face_value, short=True),
        "size": size,
        "valid_until": until,
        "life": _life(campaign),
        "mentions": _mentions(printed.batch, until),
        "phone": phone(number) if number else "",
        "site": urlsplit(settings.PUBLIC_URL).netloc,
        "courses": [_course(one) for one in printed.courses],
        "books": list(_books(printed.books, progress)),
    }


def _steps(campaign: Campaign) -> list[dict[str, str]]:
    steps = [
        (_("Choose a workshop."), _("Near you, or where you like.")),
        (_("Book your place."), _("Call the number below. Or ask who gives you this book.")),
        (_("Come with this book."), _("Give a pass at each session.")),
    ]
    if len(campaign.tranches) > 1:
        steps.append((_("Go on."), _("After the first session, the other passes open.")))
    return [{"title": title, "text": text} for title, text in steps]


def _words() -> dict[str, str]:
    return {
        "book": pgettext("pass", "Book"),
        "valid_until": pgettext("pass", "Valid until"),
        "handed_on": _("Given on"),
        "courses": _("Workshops near you"),
        "first_session": _("Your first session"),
        "day": pgettext("day to fill in", "On"),
        "at": pgettext("hour to fill in", "at"),
        "where": _("Where:"),
        "lost": _("Lost or stolen? Call: we block it."),
        "keep": _("Nobody may ask you for your passes on the telephone."),
        "answers": _("Someone answers you:"),
        "pass": _("Pass {number} of {total}"),
        "passes": _("Passes {first} to {last}"),
        "typed": _("Code to type"),
        "acceptor": _("Taken by (name of the organisation):"),
    }


def _life(campaign: Campaign) -> str:
    if campaign.life_days is None:
        return ""
    return _(
        "%(days)s days after that day, and never after %(last)s. The person who gives you the book fills this in."
    ) % {
        "days": campaign.life_days,
        "last": date_in_full(campaign.life.latest),
    }


def _mentions(batch: Batch, until: str) -> dict[str, str]:
    campaign = batch.campaign
    issuer = ", ".join(part for part in (campaign.issuer.name, batch.issuer_address) if part)
    first = date_in_full(campaign.starts_on)
    if until:
        validity = _("Used from %(first)s to %(last)s.") % {"first": first, "last": until}
    else:
        validity = _("Used from %(first)s until:") % {"first": first}
    return {
        "validity": validity,
        "issued": _("Issued in %(year)s by %(issuer)s.") % {"year": campaign.year, "issuer": issuer},
        "paid": _("Paid by %(payer)s.") % {"payer": batch.payer} if batch.payer else "",
    }


def _course(one: NearCourse) -> dict[str, str]:
    return {"title": one.title, "where": one.where, "when": one.when, "distance": one.distance}


def _books(books: Iterable[ClearBook], progress: Progress) -> Iterable[dict[str, Any]]:
    version = 0
    for book in books:
        version = version or qr.version_for(address(book.passes[0].token))
        yield {"serial": book.serial, "passes": [_pass(one, version) for one in book.passes]}
        progress.advance()


def _pass(one: ClearPass, version: int) -> dict[str, Any]:
    return {
        "position": one.position,
        "serial": one.serial,
        "code": written(one.code),
        "opens": opening(one.tranche),
        "qr": qr.drawn(address(one.token), version=version),
        "alt": _("QR code of pass %(serial)s") % {"serial": one.serial},
    }


def opening(tranche: int) -> str:
    """What a pass of a later tranche says: after how many sessions it is taken."""
    if tranche == 0:
        return ""
    if tranche == 1:
        return _("Valid after the first session")
    return ngettext("Valid after %(n)s session", "Valid after %(n)s sessions", tranche) % {"n": tranche}
