# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Retail profit: the sale, and that nothing but the price decides it."""

from ...kernel.exact import E4
from ...plan.document import unscaled
from ...telling.rule import Telling


class RetailProfitTelling(Telling):
    by_sale = True

    def steps(self, view, found, index):
        """Source and base of one retail profit."""
        profit, shown = unscaled(found.base_e4, E4), view.points(found.base_e4)
        return [
            {
                "step": "source",
                "text": view.say(
                    f"Venta {view.name('row', found.row)} a {view.name('member', found.source)}",
                    f"Sale {view.name('row', found.row)} to {view.name('member', found.source)}",
                ),
            },
            {
                "step": "base",
                "text": view.say(
                    f"Precio facturado menos precio de distribuidor, sin IVA: {shown}",
                    f"Invoiced price less distributor price, before tax: {shown}",
                ),
                "profit": profit,
            },
        ]

    def absent(self, line, member):
        """Why somebody got nothing: it goes to whoever sold."""
        view = line.view
        name = view.name("member", view.snapshot.row_member[line.row])
        return view.say(
            f"la ganancia es de quien vendió: {name}", f"the profit is the seller's: {name}"
        )
