"""Finding a pass by what is printed on it."""

from django.db.models import Q

from pourtous.passes.enums import RedemptionState
from pourtous.passes.models import Pass, Redemption
from pourtous.passes.rules.codes import read_scanned
from pourtous.passes.sealing import digests


def pass_read(text: str, *, host: str) -> Pass | None:
    """The pass whose code was typed or whose address was scanned; None for all else, in about the same time.

    `host`: the name of this site, which addresses must bear.
    """
    read = read_scanned(text, host=host)
    kind, secret = read or ("code", "")  # what cannot be ours is looked for all the same
    wanted = Q(token_digest__in=digests(secret)) if kind == "token" else Q(code_digest__in=digests(secret))
    return Pass.objects.select_related("book__campaign").filter(wanted).first()


def first_use(shown: Pass) -> Redemption | None:
    """Where and when a pass was used; None when it was not."""
    used = Redemption.objects.filter(taken=shown, state=RedemptionState.ACCEPTED)
    return used.select_related("session__place", "organisation").first()
