"""A slip of the stock register on paper: what goes from whom to whom, and two places to sign."""

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from pourtous.accounts.models import Unit
from pourtous.passes.models import Movement
from pourtous.passes.queries.stock import span
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full, euros


def slip_pdf(slip: Movement) -> bytes:
    """A PDF/UA in French."""
    with translation.override("fr"):
        title = _("Slip %(number)s: %(kind)s") % {"number": slip.number, "kind": slip.get_kind_display()}
        return pdf("passes/slip.typ", _data(slip, title), title=title)


def _data(slip: Movement, title: str) -> dict[str, object]:
    books = slip.last - slip.first + 1
    facts = [
        (_("Campaign"), slip.campaign.name),
        (_("Day"), date_in_full(slip.given_at)),
        (_("Books"), span(slip.campaign, slip.first, slip.last)),
        (_("How many"), ngettext("%(n)s book", "%(n)s books", books) % {"n": books}),
        (_("Face value"), euros(books * slip.campaign.book_value)),
        (pgettext("stock", "Who gives"), _unit(slip.from_unit)),
        (pgettext("stock", "Who receives"), _unit(slip.to_unit)),
        (_("Reason"), slip.reason),
        (_("State"), str(slip.get_state_display())),
    ]
    lines = [_("Name and role:"), _("Date:"), _("Signature:")]
    return {
        "heading": title,
        "intro": _("These books are worth money. Count them before you sign."),
        "facts": [(name, value) for name, value in facts if value],
        "signs": [
            {"title": pgettext("stock", "Who gives"), "lines": lines},
            {"title": pgettext("stock", "Who receives"), "lines": lines},
        ],
        "note": _("Each keeps a copy. Books lost or stolen are declared at once: their passes are then blocked."),
    }


def _unit(unit: Unit | None) -> str:
    return f"{unit.organisation.name}, {unit.name}" if unit else ""
