"""What to do when a pass is refused, in a sentence for somebody with a queue before them."""

from django.utils.translation import gettext as _

from pourtous.passes.enums import Refusal


def advice(why: Refusal, *, is_same: bool = False, disputed: bool = False) -> str:
    """One or two short sentences. `is_same`: the first use was for this very session; `disputed`: somebody decides."""
    if disputed:
        return _("Nothing is lost. The team looks at both uses and tells you. Keep the stub.")
    if why == Refusal.ALREADY_USED and is_same:
        return _("Nothing to do. This pass is already counted for this session.")
    sentences = {
        Refusal.UNKNOWN: _("Read the code again: figures 0 and 1, never letters O, I or L. Or scan the drawing."),
        Refusal.NOT_QUALIFIED: _("Ask the team whether your organisation may take these passes on this day."),
        Refusal.NOT_HANDED: _("Keep nothing. The person shows the book where they got it. They may stay."),
        Refusal.TRANCHE_CLOSED: _("Take the first passes of the book: these open after the first session."),
        Refusal.EXPIRED: _("The person may stay. Their prescriber can tell whether they can get another book."),
        Refusal.BLOCKED: _(
            "The book was declared lost or cancelled. Ask the person for their new one, or call the team."
        ),
        Refusal.ALREADY_USED: _("Ask for another pass of the book. The person may stay for the session."),
        Refusal.WRONG_COURSE: _("This course is not accepted for passes. Choose another session, or ask the team."),
        Refusal.SESSION_PAID: _("Nothing to do. Give the pass back to the person: it stays theirs."),
        Refusal.DISPUTED: _("Ask somebody of the team. Keep a note of the number. The person may stay."),
    }
    return sentences[why]
