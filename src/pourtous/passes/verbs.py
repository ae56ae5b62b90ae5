"""What the journal calls the acts of this app."""

from django.utils.translation import gettext_lazy as _

from pourtous.audit.verbs import name_verbs

name_verbs(
    {
        "passes.save_campaign": _("Set up a campaign of passes"),
        "passes.save_public": _("Said whom a campaign is for"),
        "passes.remove_public": _("Took a public out of a campaign"),
        "passes.save_territory": _("Opened a territory to a campaign"),
        "passes.remove_territory": _("Took a territory out of a campaign"),
        "passes.move_campaign": _("Opened, closed or settled a campaign"),
        "passes.make_batch": _("Made books of passes"),
        "passes.open_batch": _("Took the file of books to print"),
        "passes.confirm_batch": _("Confirmed that books were printed"),
        "passes.cancel_batch": _("Cancelled books that were not printed"),
        "passes.propose_slip": _("Gave books to another unit"),
        "passes.confirm_slip": _("Received books"),
        "passes.refuse_slip": _("Refused books"),
        "passes.declare": _("Declared books lost, stolen or destroyed"),
        "passes.start_counting": _("Began to count books"),
        "passes.end_counting": _("Ended a count of books"),
        "passes.take_over_books": _("Took over books of another operator"),
        "passes.hand_over": _("Handed over a book of passes"),
        "passes.undo_hand_over": _("Took back a book handed over by mistake"),
        "passes.redeem": _("Took a pass"),
        "passes.undo_redemption": _("Undid the use of a pass"),
        "passes.make_token": _("Made a key for a program that takes passes"),
        "passes.revoke_token": _("Revoked a key of a program that takes passes"),
        "passes.dispute": _("Noted a pass that came twice"),
        "passes.decide_dispute": _("Decided about a pass that came twice"),
        "passes.draw_up_claims": _("Drew up the claims of a month"),
        "passes.certify_claim": _("Certified the service of a claim"),
        "passes.liquidate_claim": _("Liquidated a claim"),
        "passes.send_back_claim": _("Sent a claim back a step"),
        "passes.order_claim": _("Ordered the payment of a claim"),
        "passes.pay_claim": _("Recorded the payment of a claim"),
        "passes.reject_claim": _("Recorded the rejection of a payment"),
        "passes.make_payment_batch": _("Made a payment file"),
        "passes.withdraw_payment_batch": _("Withdrew a payment file"),
        "passes.take_payment_file": _("Took a payment file, with account numbers"),
        "passes.ask_host": _("Asked to take passes"),
        "passes.decide_host": _("Decided about a host"),
        "passes.renew_host": _("Renewed a host"),
        "passes.decide_price": _("Decided about a course paid with passes"),
        "passes.propose_bank": _("Gave bank details"),
        "passes.decide_bank": _("Decided about bank details"),
        "passes.expire": _("Let passes out of date expire"),
        "passes.release": _("Cancelled passes and gave their value back to the fund"),
        "passes.open_plan": _("Recorded a funding plan"),
    }
)
