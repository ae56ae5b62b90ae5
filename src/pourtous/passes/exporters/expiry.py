"""The contradictory statement of passes out of date, with what each funder gets back; and the list of passes."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.passes.models import Campaign
from pourtous.passes.queries import expiry as queries
from pourtous.passes.rules.in_words import amount_in_words
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full, euros, number


def statement_pdf(campaign: Campaign) -> bytes:
    """A PDF/UA in French, of all that expired until now."""
    with translation.override("fr"):
        title = _("Contradictory statement of passes out of date")
        return pdf("passes/expiry.typ", _data(campaign, title), title=title)


def _data(campaign: Campaign, title: str) -> dict[str, Any]:
    passes, cents = queries.counted(campaign)
    facts = [
        (_("Campaign"), campaign.name),
        (_("Passes out of date"), ngettext("%(n)s pass", "%(n)s passes", passes) % {"n": number(passes)}),
        (_("Their value"), euros(cents)),
        (_("Last day of the passes"), date_in_full(campaign.life.latest)),
    ]
    lines = [_("Name and role:"), _("Date:"), _("Signature:")]
    return {
        "heading": title,
        "intro": _("These passes were handed over and not used by their last day. Nobody can use them any more."),
        "facts": facts,
        "credit_title": _("Credit of each funder"),
        "credit_head": [_("Funder"), _("Amount")],
        "credit": [[name, euros(part)] for name, part in queries.credit(campaign)],
        "runs_title": _("When they expired"),
        "runs_head": [_("Day"), _("Who"), _("Amount")],
        "runs": [
            [date_in_full(one.on), one.by.name if one.by else "–", euros(one.value)] for one in queries.runs(campaign)
        ],
        "total": [_("Total"), euros(cents)],
        "closing": _("This statement is closed at the sum of %(words)s (%(amount)s).")
        % {"words": amount_in_words(cents), "amount": euros(cents)},
        "signs": [{"title": campaign.issuer.name, "lines": lines}, {"title": _("For the funder"), "lines": lines}],
        "note": _("The list of the passes, by serial number, goes with this statement as a table."),
    }


def columns() -> list[str]:
    """Columns of the list of passes out of date."""
    return [_("Pass"), _("Last day"), _("Value (euros)")]


def rows(campaign: Campaign) -> Iterator[list[Any]]:
    """One row a pass."""
    for one in queries.expired(campaign):
        yield [one.serial, one.last_day, one.cents / 100]
