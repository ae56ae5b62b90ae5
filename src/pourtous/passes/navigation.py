"""Entries of the professional navigation."""

from django.utils.translation import gettext_lazy as _

from pourtous.passes.permissions import HAND_OVER, HOLD_STOCK, MANAGE, SEE_CLAIMS, TAKE
from pourtous.ui.navigation import entry

entry(_("Pass campaigns"), "campaigns", MANAGE, order=40)
entry(_("Books of passes"), "hand-overs", HAND_OVER, order=23)
entry(_("Take passes"), "counter-choose", TAKE, order=6)
entry(_("Claims and payments"), "claims", SEE_CLAIMS, order=41)
entry(_("Hosts of passes"), "hosts", SEE_CLAIMS, order=43)
entry(_("Stock of books"), "stock", HOLD_STOCK, order=42)
entry(_("Passes to look at"), "pass-flags", MANAGE, order=44)
entry(_("What becomes of books"), "funnel", HOLD_STOCK, order=45)
