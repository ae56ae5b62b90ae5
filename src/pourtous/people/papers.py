"""Papers about rights, for people to take home or for archives: set by typst."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from pourtous.people.enums import MandateAct
from pourtous.people.models import Mandate, RightsRequest
from pourtous.people.operations.requests import answer_text
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full


def receipt_pdf(one: RightsRequest) -> bytes:
    """What a person gets when they made a request: its number, and until when we answer."""
    day = date_in_full(one.due_on)
    data: dict[str, Any] = {
        "heading": _("We have your request"),
        "lead": _("Keep this paper. Its number helps us to find your request."),
        "facts": [
            (_("Number"), one.number),
            (_("What you ask"), str(one.get_kind_display())),
            (_("Received on"), date_in_full(one.received_on)),
            (_("We answer before"), day),
        ],
        "note_title": _("What happens now"),
        "note": _(
            "We answer you with reasons.\nWe may need two months more: then we tell you why.\n\n"
            "No answer after %(day)s? Write to us: %(officer)s\n"
            "You may also complain to the CNIL.\n3 place de Fontenoy, TSA 80715, 75334 Paris Cedex 07."
        )
        % {"day": day, "officer": _officer()},
    }
    return pdf("people/receipt.typ", data, title=_("We have your request"))


def answer_pdf(one: RightsRequest) -> bytes:
    """The answer, to be handed over."""
    title = _("Your request %(number)s about your data") % {"number": one.number}
    name = one.person.name if one.person else ""
    return pdf("people/answer.typ", {"heading": title, "intro": name, "text": answer_text(one)}, title=title)


def _officer() -> str:
    territory = settings.TERRITORY
    return str(territory["data_protection_officer"] or territory["publisher"])


def mandate_pdf(one: Mandate) -> bytes:
    """What both sign, after the model of the CNIL's kit for helpers, in plain words."""
    act = {
        MandateAct.SHOWS: _("I allow my helper to show me how to do these procedures."),
        MandateAct.ASSISTS: _("I allow my helper to do these procedures with me."),
        MandateAct.DOES: _("I allow my helper to do these procedures for me."),
    }[MandateAct(one.act)]
    last = date_in_full(one.ends_on - timedelta(days=1))
    data: dict[str, Any] = {
        "heading": _("I allow somebody to help me"),
        "facts": [
            (_("I am"), one.person.name),
            (_("My helper is"), one.helper_name),
            (_("Who works for"), f"{one.unit.name}, {one.unit.organisation.name}"),
            (_("From"), date_in_full(one.starts_on)),
            (_("Until"), _("%(day)s, the last day included") % {"day": last}),
        ],
        "act": act,
        "procedures_title": _("The procedures"),
        "procedures": list(one.procedures),
        "mine_title": _("My rights"),
        "mine": [
            _("I can stop at any time, without saying why."),
            _("I decide what is sent."),
            _("My passwords stay mine. I may change them afterwards."),
        ],
        "theirs_title": _("What my helper promises"),
        "theirs": [
            _("To do these procedures and no other."),
            _("To keep no password and no identifier."),
            _("To tell nobody what they see."),
            _("To explain each step to me."),
        ],
        "sign_title": _("We both sign"),
        "signs": [
            {"title": _("Me"), "lines": [_("Date:"), _("Signature:")]},
            {"title": _("My helper"), "lines": [_("Date:"), _("Signature:")]},
        ],
        "stop": _("I stop on (date):"),
        "copies": _("Two papers: one for me, one for my helper."),
    }
    return pdf("people/mandate.typ", data, title=_("I allow somebody to help me"))
