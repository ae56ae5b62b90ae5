"""Campaigns, books, hand-overs, hosts, redemptions, money."""

from pourtous.passes.models.books import Batch, Book, Movement, Pass, StockTaking
from pourtous.passes.models.campaigns import Campaign, CampaignPublic, CampaignTerritory, Funding, FundingPlan
from pourtous.passes.models.claims import Claim, ClaimLine, ClaimRun, PaymentBatch
from pourtous.passes.models.flags import Flag
from pourtous.passes.models.handovers import HandOver, Told
from pourtous.passes.models.hosts import ApiToken, BankDetails, CoursePrice, Qualification, Tablet, TabletPin
from pourtous.passes.models.ledger import Balance, Entry, Posting
from pourtous.passes.models.redemptions import Dispute, Redemption, RefusedTry

__all__ = (
    "ApiToken",
    "Balance",
    "BankDetails",
    "Batch",
    "Book",
    "Campaign",
    "CampaignPublic",
    "CampaignTerritory",
    "Claim",
    "ClaimLine",
    "ClaimRun",
    "CoursePrice",
    "Dispute",
    "Entry",
    "Flag",
    "Funding",
    "FundingPlan",
    "HandOver",
    "Movement",
    "Pass",
    "PaymentBatch",
    "Posting",
    "Qualification",
    "Redemption",
    "RefusedTry",
    "StockTaking",
    "Tablet",
    "TabletPin",
    "Told",
)
