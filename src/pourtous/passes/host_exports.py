"""Columns of hosts and their counters in `pourtous export all`. Secrets, PINs and account numbers stay out."""

from pourtous.passes.campaign_exports import Described
from pourtous.passes.models import ApiToken, BankDetails, CoursePrice, Qualification, Tablet, TabletPin

_KEY = "Key of the row."
TABLES: tuple[Described, ...] = (
    (
        Qualification,
        "pass_hosts",
        "One row a host's request to take the passes of a campaign, and what was decided",
        {
            "id": _KEY,
            "campaign_id": "Key of the campaign.",
            "organisation_id": "Key of the host's organisation.",
            "state": "asked, more, qualified, refused, suspended or ended.",
            "answers": "Answers of the questionnaire, as JSON.",
            "charter_on": "Day the charter was signed.",
            "charter_by_id": "Key of the user who signed it.",
            "is_public_body": "Whether the host cashes through a régie.",
            "asked_at": "When it was asked, UTC.",
            "decided_at": "When it was decided, UTC.",
            "decided_by_id": "Key of the user who decided.",
            "reason": "Reasons of the decision.",
            "valid_from": "First day on which passes are taken.",
            "valid_until": "First day on which they no longer are.",
        },
    ),
    (
        CoursePrice,
        "pass_prices",
        "One row a course paid with passes",
        {
            "id": _KEY,
            "qualification_id": "Key of the host's qualification.",
            "course_id": "Key of the course.",
            "passes": "Passes a session.",
            "state": "asked, accepted or refused.",
            "reason": "Reasons of the decision.",
        },
    ),
    (
        BankDetails,
        "pass_bank_details",
        "One row an account of a host; its number is sealed and stays out",
        {
            "id": _KEY,
            "organisation_id": "Key of the host's organisation.",
            "holder": "Name the account is held under.",
            "iban_end": "Last four figures of the account number.",
            "bic": "Code of the bank.",
            "proof_id": "Key of the file that proves it.",
            "state": "waiting, accepted, refused or replaced.",
            "proposed_by_id": "Key of the user who gave it.",
            "proposed_at": "When, UTC.",
            "decided_by_id": "Key of the user who decided.",
            "decided_at": "When, UTC.",
            "reason": "Reasons of the decision.",
        },
    ),
    (
        Tablet,
        "pass_tablets",
        "One row a shared tablet of a counter",
        {
            "id": _KEY,
            "unit_id": "Key of the unit.",
            "name": "Name.",
            "enrolled_by_id": "Key of the manager who enrolled it.",
            "enrolled_at": "When, UTC.",
            "seen_on": "Last day it was used.",
            "withdrawn_at": "When it was withdrawn, UTC.",
        },
    ),
    (
        TabletPin,
        "pass_tablet_users",
        "One row somebody who may open the tablets of a unit",
        {
            "id": _KEY,
            "unit_id": "Key of the unit.",
            "user_id": "Key of the user.",
            "failures": "Wrong tries since the last right one.",
            "set_at": "When the PIN was chosen, UTC.",
        },
    ),
    (
        ApiToken,
        "pass_keys",
        "One row a key with which a host's program takes passes",
        {
            "id": _KEY,
            "unit_id": "Key of the unit.",
            "name": "Name of the program.",
            "made_by_id": "Key of the manager who made it.",
            "made_at": "When, UTC.",
            "used_on": "Last day it was used.",
            "revoked_at": "When it was withdrawn, UTC.",
        },
    ),
)
