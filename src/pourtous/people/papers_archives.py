"""The form by which archives allow files to be eliminated ("bordereau d'élimination")."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from pourtous.people.models import EliminationList
from pourtous.people.queries.leaving import extreme_years, lines
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full


def elimination_pdf(listed: EliminationList) -> bytes:
    """Producer, description, years, quantity, ground, and the files by code: no name."""
    rows, years = lines(listed), extreme_years(listed)
    data: dict[str, Any] = {
        "heading": _("Files to eliminate"),
        "lead": _("Request for a visa (Code du patrimoine, articles L212-2 and R212-14)."),
        "facts": [
            (_("Producer"), settings.TERRITORY["publisher"]),
            (_("List of"), date_in_full(listed.drawn_up_on)),
            (_("Description"), _("Files of people helped with digital tools, kept in the program Pourtous")),
            (_("Years"), f"{years[0]}–{years[1]}" if years else "–"),
            (_("Quantity"), _("%(n)s digital files, no paper") % {"n": len(rows)}),
            (
                _("Ground"),
                _("Time limit of two years after the last contact, announced to people (GDPR, article 5.1.e)"),
            ),
            (_("How"), _("The files are anonymised. Counts without names stay.")),
            (_("Requests"), _("No request about these data waits for an answer.")),
        ],
        "table_title": _("The files"),
        "header": [_("Code"), _("Opened in"), _("Last contact"), _("Rows held")],
        "rows": [[one.code, str(one.opened), str(one.last_contact), str(one.pieces)] for one in rows],
        "sign_title": _("Visas"),
        "signs": [
            {"title": _("For the producer"), "lines": [_("Name and office:"), _("Date:"), _("Signature:")]},
            {"title": _("Visa of the archives"), "lines": [_("Name and office:"), _("Date:"), _("Signature:")]},
        ],
    }
    return pdf("people/elimination.typ", data, title=_("Files to eliminate"))
