"""Which step comes next for a claim, who may take it, and what its host is told meanwhile."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from pourtous.passes.enums import ClaimState


class Act(StrEnum):
    """What somebody of the team does with a claim."""

    CERTIFY = "certify"
    LIQUIDATE = "liquidate"
    ORDER = "order"
    PAY = "pay"
    REJECT = "reject"
    SEND_BACK = "send_back"


ACTS: dict[ClaimState, tuple[Act, ...]] = {
    ClaimState.DRAWN_UP: (Act.CERTIFY,),
    ClaimState.CERTIFIED: (Act.LIQUIDATE, Act.SEND_BACK),
    ClaimState.LIQUIDATED: (Act.ORDER, Act.SEND_BACK),
    ClaimState.ORDERED: (Act.PAY, Act.REJECT),
    ClaimState.PAID: (),
    ClaimState.REJECTED: (),
}


@dataclass(frozen=True)
class Facts:
    """What the answer hangs on. `has_account`: bank details accepted, none waiting."""

    state: ClaimState
    is_certifier: bool = False
    has_account: bool = True
    has_waiting_account: bool = False
    is_in_file: bool = False


def why_not(act: Act, facts: Facts) -> str:
    """Why this person cannot take this step now; empty when they can."""
    if act not in ACTS[facts.state]:
        return _("This claim has moved on meanwhile. Look at it again.")
    if act == Act.ORDER and facts.is_certifier:
        return _("You certified the service of this claim: another person of the team orders its payment.")
    if act == Act.LIQUIDATE and facts.has_waiting_account:
        return _("New bank details of this host wait for a second person. Decide about them first.")
    if act == Act.LIQUIDATE and not facts.has_account:
        return _("This host has no accepted bank details.")
    if act == Act.SEND_BACK and facts.is_in_file:
        return _("This claim is in a payment file. Withdraw the file first.")
    return ""


def told_to_host(state: ClaimState) -> str:
    """What happens now, in the words of somebody who waits for money."""
    return {
        ClaimState.DRAWN_UP: _("The team checks that the sessions took place. You have nothing to do."),
        ClaimState.CERTIFIED: _("The sessions are certified. The team settles the amount and your account."),
        ClaimState.LIQUIDATED: _("The amount is settled. The payment order is being prepared."),
        ClaimState.ORDERED: _("The payment is ordered. The public paymaster now sends the money."),
        ClaimState.PAID: _("The money was sent to your account."),
        ClaimState.REJECTED: _("The paymaster sent the payment back. Its passes stand on your next claim."),
    }[state]
