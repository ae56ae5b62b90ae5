"""Closed lists of the pass numérique, and the moves between states."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CampaignState(TextChoices):
    """Where a campaign (a vintage of passes) stands."""

    DRAFT = "draft", pgettext_lazy("campaign", "Draft")
    OPEN = "open", pgettext_lazy("campaign", "Open")
    CLOSED = "closed", pgettext_lazy("campaign", "No longer handed out")  # passes handed over are still taken
    SETTLED = "settled", pgettext_lazy("campaign", "Settled")  # what was left has expired and was stated


CAMPAIGN_MOVES: dict[CampaignState, frozenset[CampaignState]] = {
    CampaignState.DRAFT: frozenset({CampaignState.OPEN}),
    CampaignState.OPEN: frozenset({CampaignState.CLOSED}),
    CampaignState.CLOSED: frozenset({CampaignState.OPEN, CampaignState.SETTLED}),
    CampaignState.SETTLED: frozenset(),
}


class Regime(TextChoices):
    """How a public body may let passes be paid (CGCT, R. 1617-1 and following; L. 1611-7-1)."""

    REGIE = "regie", _("Advance fund (régie)")
    MANDATE = "mandate", _("Mandate agreement (convention de mandat)")


class FundingBase(TextChoices):
    """On which passes a funder's part is counted."""

    ISSUED = "issued", _("Passes issued")
    REDEEMED = "redeemed", _("Passes used")


class BatchOrigin(TextChoices):
    """Where books come from."""

    PRINTED = "printed", _("Printed by us")
    DIGITAL = "digital", _("Digital")
    IMPORTED = "imported", _("Taken over from another operator")


class BatchState(TextChoices):
    """What has become of a batch of books."""

    PREPARED = "prepared", _("File ready to print")
    CONFIRMED = "confirmed", _("Printed")
    CANCELLED = "cancelled", pgettext_lazy("batch", "Cancelled")


class BookState(TextChoices):
    """Where a book is: the register of stock (valeurs inactives) in one word."""

    PREPARED = "prepared", _("To be printed")
    IN_SAFE = "in_safe", _("In the safe")
    ENTRUSTED = "entrusted", _("With a prescriber")
    HANDED = "handed", pgettext_lazy("book", "Handed over")
    LOST = "lost", _("Lost")
    STOLEN = "stolen", _("Stolen")
    DESTROYED = "destroyed", _("Destroyed")
    CANCELLED = "cancelled", pgettext_lazy("book", "Never printed")


# Entrusted again: from one prescriber to another. Found again after a loss: only to be destroyed.
BOOK_MOVES: dict[BookState, frozenset[BookState]] = {
    BookState.PREPARED: frozenset({BookState.IN_SAFE, BookState.CANCELLED}),
    BookState.IN_SAFE: frozenset(
        {BookState.ENTRUSTED, BookState.HANDED, BookState.LOST, BookState.STOLEN, BookState.DESTROYED}
    ),
    BookState.ENTRUSTED: frozenset(
        {BookState.ENTRUSTED, BookState.IN_SAFE, BookState.HANDED, BookState.LOST, BookState.STOLEN}
    ),
    BookState.HANDED: frozenset({BookState.ENTRUSTED, BookState.LOST, BookState.STOLEN, BookState.DESTROYED}),
    BookState.LOST: frozenset({BookState.DESTROYED}),
    BookState.STOLEN: frozenset({BookState.DESTROYED}),
    BookState.DESTROYED: frozenset(),
    BookState.CANCELLED: frozenset(),
}


class PassState(TextChoices):
    """What has become of one pass. Its value is in the ledger's account of the same name."""

    NEW = "new", _("To be printed")  # has no value yet
    STOCK = "stock", _("Not handed over")
    HANDED = "handed", _("Can be used")
    REDEEMED = "redeemed", _("Used")
    EXPIRED = "expired", _("Out of date")
    RELEASED = "released", pgettext_lazy("pass", "Cancelled")  # lost, dormant, destroyed: its value is back


PASS_MOVES: dict[PassState, frozenset[PassState]] = {
    PassState.NEW: frozenset({PassState.STOCK, PassState.RELEASED}),
    PassState.STOCK: frozenset({PassState.HANDED, PassState.RELEASED, PassState.EXPIRED}),
    PassState.HANDED: frozenset({PassState.REDEEMED, PassState.STOCK, PassState.EXPIRED, PassState.RELEASED}),
    PassState.REDEEMED: frozenset({PassState.HANDED}),  # the redemption is undone
    PassState.EXPIRED: frozenset(),
    PassState.RELEASED: frozenset(),
}


class MovementKind(TextChoices):
    """What a slip of the stock register says of a range of books."""

    RECEIVED = "received", _("Received from the printer")
    ENTRUSTED = "entrusted", _("Entrusted to a prescriber")
    RETURNED = "returned", _("Brought back to the safe")
    LOST = "lost", _("Declared lost")
    STOLEN = "stolen", _("Declared stolen")
    DESTROYED = "destroyed", _("Destroyed")
    DAMAGED = "damaged", _("Taken back damaged")  # from who held it


class SlipState(TextChoices):
    """Whether both parties have signed a slip."""

    WAITING = "waiting", _("To be confirmed by who receives")
    CONFIRMED = "confirmed", pgettext_lazy("slip", "Confirmed")
    REFUSED = "refused", pgettext_lazy("slip", "Refused")


class HandOverChannel(TextChoices):
    """How a book reached the person."""

    DESK = "desk", _("At the desk")
    SLIP = "slip", _("Paper slip typed in later")
    DIGITAL = "digital", _("By SMS or e-mail")


class ToldKind(TextChoices):
    """What the holder of a book was written about."""

    START = "start", _("Reminder to begin")
    DORMANT = "dormant", _("Notice before unused passes are cancelled")


class Unbooked(TextChoices):
    """Why no session was booked at hand-over."""

    NOTHING_NEAR = "nothing_near", _("No session within reach")
    NO_TIME = "no_time", _("No time suits the person")
    LATER = "later", _("The person wants to choose later")
    PAPER = "paper", _("Handed over without a computer")


class QualificationState(TextChoices):
    """Where a host's request to take passes stands."""

    ASKED = "asked", _("Asked")
    MORE = "more", _("Waits for the host")
    QUALIFIED = "qualified", _("Qualified")
    REFUSED = "refused", pgettext_lazy("host", "Refused")
    SUSPENDED = "suspended", _("Suspended")
    ENDED = "ended", pgettext_lazy("host", "Ended")


QUALIFICATION_MOVES: dict[QualificationState, frozenset[QualificationState]] = {
    QualificationState.ASKED: frozenset(
        {QualificationState.MORE, QualificationState.QUALIFIED, QualificationState.REFUSED}
    ),
    QualificationState.MORE: frozenset({QualificationState.ASKED, QualificationState.REFUSED}),
    QualificationState.QUALIFIED: frozenset({QualificationState.SUSPENDED, QualificationState.ENDED}),
    QualificationState.SUSPENDED: frozenset({QualificationState.QUALIFIED, QualificationState.ENDED}),
    QualificationState.REFUSED: frozenset({QualificationState.ASKED}),
    QualificationState.ENDED: frozenset({QualificationState.ASKED}),
}


class PriceState(TextChoices):
    """Whether a course may be paid with passes."""

    ASKED = "asked", _("Asked")
    ACCEPTED = "accepted", pgettext_lazy("course", "Accepted")
    REFUSED = "refused", pgettext_lazy("course", "Refused")


class BankState(TextChoices):
    """Whether bank details may be paid to."""

    WAITING = "waiting", _("Waits for a second person")
    ACCEPTED = "accepted", pgettext_lazy("bank details", "Accepted")
    REFUSED = "refused", pgettext_lazy("bank details", "Refused")
    REPLACED = "replaced", pgettext_lazy("bank details", "Replaced")


class Channel(TextChoices):
    """How a pass was read."""

    CAMERA = "camera", _("Camera")
    SCANNER = "scanner", _("Scanner")
    TYPED = "typed", _("Typed")
    STUB = "stub", _("Stub typed in later")
    API = "api", _("Another program")


class RedemptionState(TextChoices):
    """What has become of a redemption."""

    ACCEPTED = "accepted", pgettext_lazy("use of a pass", "Accepted")
    UNDONE = "undone", pgettext_lazy("use of a pass", "Undone")


class Refusal(TextChoices):
    """Why a pass is not accepted; the values are those of the API."""

    UNKNOWN = "unknown", _("This code is not one of our passes.")
    NOT_QUALIFIED = "not_qualified", _("Your organisation may not take passes on this day.")
    NOT_HANDED = "not_handed", _("This pass was never handed to anybody.")
    TRANCHE_CLOSED = "tranche_closed", _("This pass opens after the first session.")
    EXPIRED = "expired", _("This pass is out of date.")
    BLOCKED = "blocked", _("This pass was cancelled.")
    ALREADY_USED = "already_used", _("This pass has already been used.")
    WRONG_COURSE = "wrong_course", _("This session cannot be paid with passes.")
    SESSION_PAID = "session_paid", _("This book has already paid for this session.")
    DISPUTED = "disputed", _("Somebody has to look at this pass.")


class DisputeState(TextChoices):
    """What was decided about a pass that came twice."""

    OPEN = "open", pgettext_lazy("dispute", "Open")
    PAID = "paid", _("Paid all the same")
    REFUSED = "refused", pgettext_lazy("dispute", "Refused")


class Account(TextChoices):
    """Where a cent of a funder is. `FUND` is what the funder promised, less all that left it."""

    FUND = "fund", _("Promised")
    STOCK = "stock", _("In books not handed over")
    COMMITTED = "committed", _("Committed: handed over, not used")
    REDEEMED = "redeemed", _("Used, not claimed")
    CLAIMED = "claimed", _("Claimed, not paid")
    PAID = "paid", pgettext_lazy("money", "Paid")
    EXPIRED = "expired", pgettext_lazy("money", "Expired")
    RELEASED = "released", _("Given back to the fund")


class PostingKind(TextChoices):
    """Why value moved from one account to another."""

    ISSUE = "issue", _("Books issued")
    HAND_OVER = "hand_over", _("Book handed over")
    TAKE_BACK = "take_back", _("Hand-over undone")
    REDEEM = "redeem", _("Pass used")
    UNDO = "undo", _("Use undone")
    CLAIM = "claim", pgettext_lazy("money", "Claimed")
    REJECT = "reject", _("Payment rejected")
    PAY = "pay", pgettext_lazy("money", "Payment")
    EXPIRE = "expire", _("Out of date")
    RELEASE = "release", _("Cancelled: lost, dormant, destroyed")
    BEAR = "bear", _("Dispute paid by the fund")
    TAKE_OVER = "take_over", _("New funding plan")


# From where to where the value of each kind goes; EXPIRE and RELEASE start from the pass's own account.
POSTINGS: dict[PostingKind, tuple[frozenset[Account], Account]] = {
    PostingKind.ISSUE: (frozenset({Account.FUND}), Account.STOCK),
    PostingKind.HAND_OVER: (frozenset({Account.STOCK}), Account.COMMITTED),
    PostingKind.TAKE_BACK: (frozenset({Account.COMMITTED}), Account.STOCK),
    PostingKind.REDEEM: (frozenset({Account.COMMITTED}), Account.REDEEMED),
    PostingKind.UNDO: (frozenset({Account.REDEEMED}), Account.COMMITTED),
    PostingKind.CLAIM: (frozenset({Account.REDEEMED}), Account.CLAIMED),
    PostingKind.REJECT: (frozenset({Account.CLAIMED}), Account.REDEEMED),
    PostingKind.PAY: (frozenset({Account.CLAIMED}), Account.PAID),
    PostingKind.EXPIRE: (frozenset({Account.STOCK, Account.COMMITTED}), Account.EXPIRED),
    PostingKind.RELEASE: (frozenset({Account.STOCK, Account.COMMITTED}), Account.RELEASED),
    PostingKind.BEAR: (frozenset({Account.FUND}), Account.REDEEMED),
}


class ClaimState(TextChoices):
    """Where a host's claim of a month stands."""

    DRAWN_UP = "drawn_up", _("Drawn up")
    CERTIFIED = "certified", _("Service done certified")
    LIQUIDATED = "liquidated", _("Liquidated")
    ORDERED = "ordered", _("Payment ordered")
    PAID = "paid", pgettext_lazy("claim", "Paid")
    REJECTED = "rejected", _("Rejected by the paymaster")


CLAIM_MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    ClaimState.DRAWN_UP: frozenset({ClaimState.CERTIFIED}),
    ClaimState.CERTIFIED: frozenset({ClaimState.LIQUIDATED, ClaimState.DRAWN_UP}),
    ClaimState.LIQUIDATED: frozenset({ClaimState.ORDERED, ClaimState.CERTIFIED}),
    ClaimState.ORDERED: frozenset({ClaimState.PAID, ClaimState.REJECTED}),
    ClaimState.PAID: frozenset(),
    ClaimState.REJECTED: frozenset(),
}


class Pattern(TextChoices):
    """What the fraud and error desk looks for."""

    OWN_PRESCRIBER = "own_prescriber", _("Whole book used at the organisation that handed it over")
    SAME_DAY = "same_day", _("A whole book used on one day")
    OVER_CAPACITY = "over_capacity", _("More passes than the session could hold")
    OUT_OF_TIME = "out_of_time", _("Shown before hand-over or after a loss")
    BANK_CHANGE = "bank_change", _("Bank details changed just before a claim")


class FlagState(TextChoices):
    """Whether somebody has looked at a flag."""

    OPEN = "open", pgettext_lazy("flag", "To look at")
    CLOSED = "closed", pgettext_lazy("flag", "Explained")
