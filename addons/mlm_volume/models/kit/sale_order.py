# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from markupsafe import Markup

from odoo import api, fields, models


class SaleOrder(models.Model):
    """A kit that upgrades from a package is sold for the difference only. Sold to somebody
    without that package it gives the higher one too cheaply: the seller is told, not stopped."""

    _inherit = "sale.order"

    mlm_kit_warning = fields.Text(
        string="Upgrade kit that does not fit",
        compute="_compute_mlm_kit_warning",
        help="Why an upgrade kit of this order is not the right one for the buyer, and what to"
        " sell instead.",
    )

    @api.depends("state", "mlm_buyer_id", "order_line.product_id", "order_line.product_uom_qty")
    @api.depends_context("lang")
    def _compute_mlm_kit_warning(self):
        for order in self:
            order.mlm_kit_warning = order.state in ("draft", "sent") and "\n".join(
                order._mlm_kit_problems()
            )

    def _mlm_kit_problems(self):
        """Sentences, one for each upgrade kit that does not fit: why, and the remedy."""
        self.ensure_one()
        kits = self.order_line.filtered(
            lambda line: line.product_id.mlm_package_from_id and line.product_uom_qty > 0
        )
        if not kits:
            return []
        held = self._mlm_held_packages()
        # what this order sells whole is there to be upgraded
        others = self.order_line.filtered(lambda line: line.product_uom_qty > 0) - kits
        held |= others.product_id.mlm_package_id
        return [text for line in kits if (text := self._mlm_kit_problem(line.product_id, held))]

    def _mlm_kit_problem(self, product, held):
        target, below = product.mlm_package_id, product.mlm_package_from_id
        problem, found = below._get_upgrade_problem(target, held)
        if not problem:
            return False
        names = {
            # sudo: who buys, said to whoever sells
            "name": self.mlm_buyer_id.sudo().partner_id.name or self.partner_id.name or "",
            "kit": product.display_name,
            "below": below.name,
            "target": target.name,
            "found": found.name,
        }
        if problem == "held":
            return self.env._(
                "%(name)s already has %(found)s, so %(kit)s upgrades nothing. Take it off the"
                " order, or sell the products singly.",
                **names,
            )
        instead = target._get_selling_product(found, self.company_id)
        if problem == "higher":
            text = self.env._(
                "%(name)s has %(found)s already, and %(kit)s upgrades from %(below)s.", **names
            )
        else:
            text = self.env._("%(name)s does not have %(below)s, which %(kit)s upgrades.", **names)
        if instead:
            remedy = self.env._("Sell %(product)s instead.", product=instead.display_name)
        elif problem == "higher":
            remedy = self.env._("No product upgrades from %(found)s to %(target)s.", **names)
        else:
            remedy = self.env._("Sell %(below)s first, or %(target)s as a whole.", **names)
        return f"{text} {remedy}"

    def _mlm_held_packages(self):
        """Packages that the buyer has: those in the ledger that did not come back, and those
        of other confirmed orders that will enter it."""
        self.ensure_one()
        # sudo: what the buyer has bought decides what to sell, whoever sells
        buyer = self.mlm_buyer_id.sudo()
        if not buyer:
            return self.env["mlm.package"]
        entries = buyer.env["mlm.volume.entry"]._read_group(
            [("buyer_id", "=", buyer.id), ("package_id", "!=", False)],
            ["package_id"],
            having=[("package_qty:sum", ">", 0)],
        )
        lines = buyer.env["sale.order.line"].search(
            [
                ("order_id.mlm_buyer_id", "=", buyer.id),
                ("order_id", "!=", self._origin.id),
                ("state", "=", "sale"),
                ("mlm_package_id", "!=", False),
            ]
        )
        waiting = lines.filtered(lambda line: not line.order_id._mlm_is_in_ledger())
        found = self.env["mlm.package"].browse([package.id for (package,) in entries])
        return found | found.browse(waiting.mlm_package_id.ids)

    def _mlm_is_in_ledger(self):
        """Whether some of the order's volume is, or was, in the ledger."""
        return any(self.invoice_ids.mapped("mlm_entry_count"))

    def _action_confirm(self):
        for order in self:
            problems = order._mlm_kit_problems()
            if problems:
                order.message_post(
                    body=Markup("<br/>").join(
                        [self.env._("Confirmed with an upgrade kit that does not fit."), *problems]
                    )
                )
        return super()._action_confirm()
