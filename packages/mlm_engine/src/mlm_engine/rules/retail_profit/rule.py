# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Retail profit: what an end customer paid above the distributor price.

    profit = invoiced price - distributor price, both before tax

The volume row brings it ready in the currency of the company that sold, so there is no
rate, and an exchange only where another company pays; no activity is asked for. Only invoices of the company to an end
customer count (RULES 15), so a row bought by its own beneficiary pays nothing.

Tiny example (GX-RETAIL-01): cost 110,900, sold for 140,000: 29,100 COP.
"""

from dataclasses import dataclass

import numpy as np

from ...kernel.codes import Reason
from ...kernel.exact import E6
from ...kernel.paying import pay
from ...kernel.row_filter import taken
from ...kernel.text import _
from ..base import Rule


@dataclass(frozen=True)
class Params:
    """No parameters."""


class RetailProfit(Rule):
    """See the module for the formula."""

    label = _("Retail profit")
    common = ("start", "end")
    #: Paid from the customer's price: no part of the company cap.
    from_volume = False
    Params = Params

    def check(self, params, plan):
        """Nothing to contradict."""
        return []

    def ceiling(self, params, plan):
        """Paid from the customer's price, not from CV."""
        return 0

    def row_base(self, ctx, bonus):
        """What each volume row offers: its retail profit."""
        return ctx.snapshot.row_retail_e4

    def compute(self, ctx, bonus):
        """Add one earning per row that carries a retail profit.

        Rows that take back an earlier sale are left to the clawback of that sale.
        """
        data = ctx.snapshot
        row = taken(ctx, bonus)
        payee, buyer = data.row_member[row], data.row_buyer[row]
        reason = ctx.activity.blocked_unless_active(False)[payee]
        reason = np.where(payee == buyer, int(Reason.OWN_PURCHASE), reason)
        reason = np.where(payee < 0, int(Reason.NO_UPLINE), reason)
        pay(
            ctx,
            bonus,
            base_e4=data.row_retail_e4[row],
            rate_e6=E6,
            exchange=_exchange(ctx, payee, row),
            reason=reason,
            earns=reason == 0,
            payee=payee,
            source=buyer,
            row=row,
        )


def _exchange(ctx, payee, row):
    """From the seller's currency into the payee's, by what a point was worth at the sale."""
    data, money = ctx.snapshot, ctx.exchange
    if not data.homes:
        return money.between(-1, -1)
    point = data.row_point_e6[row] if data.row_point_e6.size else None
    return money.between(data.row_seller[row], money.home(payee), point)
