"""What we know of people and why: read from the declarations that stand beside the columns themselves."""

from dataclasses import dataclass

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from pourtous.kernel.privacy import Basis, Declared, Erasure, Personal

Words = str | Promise
BASES: dict[Basis, Words] = {
    Basis.PUBLIC_INTEREST: _("A mission of public interest (article 6.1.e of the GDPR)"),
    Basis.LEGAL_OBLIGATION: _("A duty set by law (article 6.1.c of the GDPR)"),
    Basis.CONTRACT: _("A contract (article 6.1.b of the GDPR)"),
}
ERASURES: dict[Erasure, Words] = {
    Erasure.EMPTIED: _("Erased"),
    Erasure.ROW_DELETED: _("Erased with all that goes with it"),
    Erasure.KEPT: _("Kept, as told under “how long”"),
}


@dataclass(frozen=True)
class Treatment:
    """Personal columns that share purpose, basis and time: one row of the notice."""

    purpose: str
    basis: Words
    retention: str
    erasure: Words
    names: list[str]


def treatments() -> list[Treatment]:
    """All personal columns of all models, by purpose."""
    found: dict[Personal, list[str]] = {}
    for model in apps.get_models():
        declared = getattr(model, "privacy", None)
        if isinstance(declared, Declared):
            for column, personal in declared.personal.items():
                found.setdefault(personal, []).append(gettext(_name(column)))
    return [
        Treatment(
            purpose=gettext(personal.purpose),
            basis=BASES[personal.basis],
            retention=gettext(personal.retention),
            erasure=ERASURES[personal.erasure],
            names=sorted(set(names)),
        )
        for personal, names in found.items()
    ]


def _name(column: str) -> str:
    return COLUMNS.get(column, column.replace("_", " "))


# Names of personal columns as people read them.
COLUMNS = {
    "email": gettext_noop("e-mail"),
    "name": gettext_noop("name"),
    "last_login": gettext_noop("last sign-in"),
    "text": gettext_noop("what you wrote"),
    "contact": gettext_noop("phone or e-mail to answer you"),
    "answer": gettext_noop("our answer"),
    "actor": gettext_noop("who acted"),
    "actor_label": gettext_noop("name of who acted"),
    "subject_label": gettext_noop("name of what was acted on"),
    "started_by": gettext_noop("who started it"),
    "owner": gettext_noop("who owns it"),
    "to": gettext_noop("e-mail of who receives it"),
    "subject": gettext_noop("subject of the message"),
    "content": gettext_noop("enclosed paper"),
    "extension_reason": gettext_noop("why an answer takes longer"),
    "file": gettext_noop("file that was brought in"),
    "made_by": gettext_noop("who made it"),
    "created_by": gettext_noop("who made it"),
    "number": gettext_noop("phone number"),
    "invited_by": gettext_noop("who invited"),
    "about": gettext_noop("what a call is about"),
    "absorbed": gettext_noop("the file that was merged"),
    "birth_year": gettext_noop("year of birth"),
    "checked_on": gettext_noop("day of a check"),
    "commune": gettext_noop("commune"),
    "contact_key": gettext_noop("phone or e-mail, coded"),
    "document": gettext_noop("signed paper"),
    "end_reason": gettext_noop("why it ended"),
    "first_name": gettext_noop("first name"),
    "gender": gettext_noop("gender"),
    "helper_name": gettext_noop("name of the helper"),
    "home_address": gettext_noop("address, when we come to your home"),
    "home_kind": gettext_noop("what the commune is to you"),
    "kept": gettext_noop("the file that stays"),
    "kind": gettext_noop("kind"),
    "language": gettext_noop("language"),
    "last_name": gettext_noop("last name"),
    "level": gettext_noop("answers about skills"),
    "moved": gettext_noop("what a merge moved"),
    "name_hash": gettext_noop("name, coded"),
    "need": gettext_noop("what you need"),
    "note": gettext_noop("note"),
    "notes": gettext_noop("notes of a meeting"),
    "outcome": gettext_noop("what came of a call"),
    "person": gettext_noop("link to the person"),
    "phone": gettext_noop("phone"),
    "phone_hash": gettext_noop("phone, coded"),
    "postal_address": gettext_noop("postal address"),
    "procedure_name": gettext_noop("name of a procedure"),
    "procedures": gettext_noop("list of procedures"),
    "reach": gettext_noop("how to reach you"),
    "reach_through": gettext_noop("the structure that reaches you"),
    "reason": gettext_noop("reason given"),
    "search_text": gettext_noop("name, for searching"),
    "services": gettext_noop("what you need help with"),
    "status": gettext_noop("place in working life"),
    "term": gettext_noop("answers to questions"),
    "url": gettext_noop("address of a calendar"),
    "user": gettext_noop("who read"),
    "valid_until": gettext_noop("last day of a check"),
    "weekdays": gettext_noop("days that suit you"),
    "wish": gettext_noop("what you wish"),
    "words": gettext_noop("what you asked"),
    "bic": gettext_noop("code of the bank"),
    "by": gettext_noop("who did it"),
    "certified_by": gettext_noop("who certified the service"),
    "charter_by": gettext_noop("who signed the charter"),
    "closed_by": gettext_noop("who explained it"),
    "counted_by": gettext_noop("who counted"),
    "decided_by": gettext_noop("who decided"),
    "downloaded_by": gettext_noop("who took the file"),
    "enrolled_by": gettext_noop("who enrolled the tablet"),
    "given_by": gettext_noop("who gave"),
    "holder": gettext_noop("name of the account’s holder"),
    "iban_end": gettext_noop("last figures of the account number"),
    "iban_sealed": gettext_noop("account number, sealed"),
    "liquidated_by": gettext_noop("who liquidated the claim"),
    "ordered_by": gettext_noop("who ordered the payment"),
    "pin_hash": gettext_noop("code that opens a tablet, hashed"),
    "proof": gettext_noop("paper that proves the account"),
    "proposed_by": gettext_noop("who gave the bank details"),
    "taken_by": gettext_noop("who received"),
    "undo_reason": gettext_noop("why a use was undone"),
    "undone_by": gettext_noop("who undid it"),
}
# Sentences of declarations that no other catalogue has.
SENTENCES = (
    gettext_noop("To let professionals sign in and to know who did what."),
    gettext_noop("Two years after the last sign-in."),
    gettext_noop("To prove on what terms an organisation may hold personal data (GDPR, articles 5.2, 26 and 28)."),
    gettext_noop("Five years after the agreement ends: it is evidence."),
    gettext_noop("To let a professional join their team."),
    gettext_noop("Thirty days after the invitation ends."),
    gettext_noop("To answer a person who tells us that something is wrong."),
    gettext_noop("Six months after the answer."),
)
