# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Retail profit: what an end customer paid above the distributor price."""

from ..codes import REASONS
from ..numbers import E6
from ..row_bonus import RowBonus, Upline


class Rule(RowBonus):
    active_only = False
    reach = 0  # the credited member alone

    def row_base(self, row):
        return self.run.inputs.row_retail_e4[row]

    def places(self, row):
        return [(Upline(self.run.inputs.row_member[row], -1, 0),)]

    def paid(self, row, upline):
        payee, buyer = upline.member, self.run.inputs.row_buyer[row]
        if payee < 0:
            refusal = REASONS["NO_UPLINE"]
        elif payee == buyer:
            refusal = REASONS["OWN_PURCHASE"]
        else:
            refusal = self.refusal(payee)
        exchange = self.run.homes.of_sale(row, self.run.homes.of(payee))
        return self.earning(
            payee, self.row_base(row), E6, refusal, exchange=exchange, row=row, source=buyer
        )
