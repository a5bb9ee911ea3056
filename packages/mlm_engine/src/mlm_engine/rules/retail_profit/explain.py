# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Retail profit: the sale, and that nothing but the price decides it."""

from ...kernel.exact import E4
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import plain, shapes
from ...telling.rule import OfMoney


class RetailProfitTelling(OfMoney):
    by_sale = True
    origin = _("A sale to one of your customers")

    def currency(self, view, found):
        """A price is money of the company that sold."""
        if not view.snapshot.homes:
            return view.currency()
        return view.snapshot.homes[int(view.snapshot.row_seller[found.row])]["currency"]

    def steps(self, view, found, index):
        """Source and base of one retail profit."""
        profit, shown = unscaled(found.base_e4, E4), view.points(found.base_e4)
        if view.snapshot.homes:
            shown += f" {self.currency(view, found)}"
        sale, buyer = view.name("row", found.row), view.name("member", found.source)
        text = view.say("Sale {sale} to {buyer}", sale=sale, buyer=buyer)
        paid = view.say(
            "Invoiced price less distributor price, before tax: {shown}",
            shown=shown,
        )
        return [
            shapes.sentence(view, "source", text),
            shapes.sentence(view, "base", paid, profit=profit),
            *plain.fx_step(view, found),
        ]

    def absent(self, line, member):
        """Why somebody got nothing: it goes to whoever sold."""
        view = line.view
        name = view.name("member", view.snapshot.row_member[line.row])
        return view.say("the profit is the seller's: {name}", name=name)
