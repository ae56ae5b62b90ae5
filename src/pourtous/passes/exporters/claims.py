"""What a host is owed for a month, on paper (état liquidatif) and as tables; the file for the finance software."""

from collections.abc import Iterator
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pourtous.kernel.clock import paris
from pourtous.kernel.errors import DomainError
from pourtous.kernel.tables import csv_for_people
from pourtous.passes.enums import ClaimState
from pourtous.passes.models import BankDetails, Claim, PaymentBatch
from pourtous.passes.queries import claims as queries
from pourtous.passes.queries.year_end import Unpaid
from pourtous.passes.rules.in_words import amount_in_words
from pourtous.passes.sealing import unseal
from pourtous.ui.documents import pdf
from pourtous.ui.format import date_in_full, euros, number

# The names of columns are part of the exchange with the finance software: never translated.
PAYMENT_COLUMNS = (
    "lot",
    "etat_liquidatif",
    "campagne",
    "mois",
    "structure",
    "siret",
    "titulaire",
    "iban",
    "bic",
    "montant",
    "devise",
    "nombre_pass",
    "libelle",
)
_AFTER_CERTIFIED = (ClaimState.CERTIFIED, ClaimState.LIQUIDATED, ClaimState.ORDERED, ClaimState.PAID)


def month_words(claim: Claim) -> str:
    """As in "octobre 2026"."""
    return str(formats.date_format(claim.month, "F Y"))


def claim_pdf(claim: Claim) -> bytes:
    """The statement of a claim: a PDF/UA in French, with every pass."""
    with translation.override("fr"):
        title = _("Statement %(number)s, %(month)s") % {"number": claim.number, "month": month_words(claim)}
        return pdf("passes/claim.typ", _statement(claim, title), title=title)


def _statement(claim: Claim, title: str) -> dict[str, Any]:
    lines = queries.lines(claim)
    total = ngettext("%(n)s pass", "%(n)s passes", claim.passes) % {"n": number(claim.passes)}
    return {
        "kicker": _("Digital passes: statement of what is owed (état liquidatif)"),
        "heading": title,
        "is_rejected": claim.state == ClaimState.REJECTED,
        "rejected": _("Rejected by the paymaster: this statement is not paid. Its passes stand on a later one."),
        "host": claim.organisation.name,
        "siret": _("SIRET %(siret)s") % {"siret": claim.organisation.siret} if claim.organisation.siret else "",
        "passes": total,
        "count": number(claim.passes),
        "amount": euros(claim.value),
        "facts": [(name, said) for name, said in _facts(claim) if said],
        "sums_title": _("By course"),
        "sums_head": [_("Course"), _("Passes"), _("Amount")],
        "sums": _sums(lines),
        "lines_title": _("List of passes"),
        "lines_head": [_("Pass"), _("Course"), _("Session"), _("Used on"), _("Value")],
        "lines": [
            [one.serial, _course(one), _day(one.session_at), _day(one.used_at), euros(one.cents)] for one in lines
        ],
        "total_label": _("Total"),
        "closing": _("This statement is closed at the sum of %(words)s (%(amount)s).")
        % {"words": amount_in_words(claim.value), "amount": euros(claim.value)},
        "signs": _signs(claim),
        "note": _("The platform holds no money: the public paymaster pays. Each pass is on one live statement only."),
    }


def _facts(claim: Claim) -> list[tuple[str, str]]:
    campaign = claim.campaign
    rule = str(campaign.get_regime_display())
    if campaign.regime_reference:
        rule = f"{rule}, {campaign.regime_reference}"
    return [
        (_("Campaign"), campaign.name),
        (_("Month"), month_words(claim)),
        (_("Drawn up on"), date_in_full(claim.drawn_up_at)),
        (_("State"), str(claim.get_state_display())),
        (_("Rule of payment"), rule),
        (_("Paid to the account ending in"), claim.bank_details.iban_end if claim.bank_details else ""),
        (_("Payment order"), claim.order_number),
        (_("Paid on"), date_in_full(claim.settled_on) if claim.settled_on and claim.state == ClaimState.PAID else ""),
    ]


def _sums(lines: list[queries.Line]) -> list[list[str]]:
    found: dict[str, tuple[int, int]] = {}
    for one in lines:
        passes, cents = found.get(one.course, (0, 0))
        found[one.course] = (passes + 1, cents + one.cents)
    return [[course, number(passes), euros(cents)] for course, (passes, cents) in sorted(found.items())]


def _course(line: queries.Line) -> str:
    return _("%(course)s (double, borne by the fund)") % {"course": line.course} if line.is_borne else line.course


def _day(moment: Any) -> str:
    return f"{paris(moment):%d/%m/%Y}"


def _signs(claim: Claim) -> list[dict[str, Any]]:
    certified = [_("Name and role:"), _("Date:"), _("Signature:")]
    if claim.certified_by and claim.certified_at and claim.state in _AFTER_CERTIFIED:
        when = date_in_full(claim.certified_at)
        certified = [_("By %(name)s, on %(day)s") % {"name": claim.certified_by.name, "day": when}, _("Signature:")]
    return [
        {"title": _("Service done certified"), "lines": certified},
        {"title": _("Who orders the payment"), "lines": [_("Name and role:"), _("Date:"), _("Signature:")]},
    ]


def line_columns() -> list[str]:
    """Columns of the list of passes of a claim."""
    return [_("Statement"), _("Pass"), _("Course"), _("Place"), _("Session"), _("Used on"), _("Value (euros)")]


def line_rows(claim: Claim) -> Iterator[list[Any]]:
    """Every pass of a claim; days of Paris, euros as numbers."""
    for one in queries.lines(claim):
        days = [paris(one.session_at).date(), paris(one.used_at).date()]
        yield [claim.number, one.serial, _course(one), one.where, *days, one.cents / 100]


def unpaid_columns() -> list[str]:
    """Columns of what is used and not paid."""
    return [_("Host"), _("SIRET"), _("Pass"), _("Used on"), _("Value (euros)"), _("Statement"), _("State")]


def unpaid_rows(rows: Iterator[Unpaid]) -> Iterator[list[Any]]:
    """One row a pass."""
    for one in rows:
        day = paris(one.used_at).date()
        yield [one.host, one.siret, one.serial, day, one.cents / 100, one.claim or "", one.state or _("On no claim")]


def payment_csv(batch: PaymentBatch) -> bytes:
    """The file for the finance software: one line a claim, account numbers in clear, amounts as 1234,50.

    DomainError when an account number cannot be opened (the key that sealed it is gone).
    """
    claims = Claim.objects.filter(batch=batch).select_related("campaign", "organisation", "bank_details")
    with translation.override("fr"):
        return csv_for_people(PAYMENT_COLUMNS, [_payment(batch, claim) for claim in claims.order_by("number")])


def _payment(batch: PaymentBatch, claim: Claim) -> list[Any]:
    account = claim.bank_details
    if account is None:
        raise DomainError(_("This host has no accepted bank details."))
    label = _("Digital passes, %(month)s, statement %(number)s")
    return [
        batch.number,
        claim.number,
        claim.campaign.name,
        f"{claim.month:%Y-%m}",
        claim.organisation.name,
        claim.organisation.siret,
        account.holder,
        open_iban(account),
        account.bic,
        f"{claim.value // 100},{claim.value % 100:02d}",
        "EUR",
        claim.passes,
        label % {"month": month_words(claim), "number": claim.number},
    ]


def open_iban(account: BankDetails) -> str:
    """The account number in clear. DomainError when the key that sealed it is gone."""
    content = unseal(account.iban_sealed.encode())
    if content is None:
        raise DomainError(
            _("The account number of %(host)s cannot be opened. Ask for it again.")
            % {"host": account.organisation.name}
        )
    return content.decode()
