"""The attestation of a public host: what its régie needs to cash passes."""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from pourtous.passes.enums import PriceState
from pourtous.passes.models import Qualification
from pourtous.passes.queries.hosts import prices
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full, euros


def attestation_pdf(host: Qualification) -> bytes:
    """A PDF/UA in French. The host is qualified."""
    with translation.override("fr"):
        title = _("Attestation: passes taken as payment")
        return pdf("passes/attestation.typ", _data(host, title), title=title)


def _data(host: Qualification, title: str) -> dict[str, Any]:
    campaign, organisation = host.campaign, host.organisation
    words = {"issuer": campaign.issuer.name, "host": organisation.name, "campaign": campaign.name}
    end = host.valid_until
    facts = [
        (_("Host"), organisation.name),
        (_("SIRET"), organisation.siret),
        (_("Campaign"), campaign.name),
        (_("Qualified from"), date_in_full(host.valid_from) if host.valid_from else ""),
        (_("Until before"), date_in_full(end) if end else ""),
        (_("Last day of the passes"), date_in_full(campaign.life.latest)),
        (_("Value of a pass"), euros(campaign.face_value)),
        (_("Rule of payment"), f"{campaign.get_regime_display()} {campaign.regime_reference}".strip()),
    ]
    return {
        "heading": title,
        "intro": _("%(issuer)s attests that %(host)s may take the passes of the campaign “%(campaign)s” as payment.") % words,
        "facts": [(name, value) for name, value in facts if value],
        "courses_title": _("Courses paid with passes"),
        "courses_head": [_("Course"), _("Passes a session")],
        "courses": [[one.course.title, one.passes] for one in prices(host) if one.state == PriceState.ACCEPTED],
        "note": _("Each pass is paid back at its value, on a monthly statement, to the account the host gave. It serves to complete the act that sets up the régie: the passes are a means of payment the régie accepts."),
        "signs": [{"title": campaign.issuer.name, "lines": [_("Name and role:"), _("Date:"), _("Signature:")]}],
    }  # fmt: skip
