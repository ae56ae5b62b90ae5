"""Who signed what: kept as accounting evidence, whatever becomes of the person's account."""

from django.utils.translation import gettext_noop

from pourtous.kernel.privacy import Basis, Erasure, Personal

SIGNED = Personal(
    purpose=gettext_noop("To prove who held, gave and received vouchers worth money."),
    basis=Basis.LEGAL_OBLIGATION,
    retention=gettext_noop("Ten years: accounting evidence."),
    erasure=Erasure.KEPT,
)
