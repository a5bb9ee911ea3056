# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.formats import Formats

#: so many orders of a person are shown
ORDERS = 3
#: of so few people it is also told why a paid invoice does not count, which takes longer
EXPLAINED = 3


class MlmToday(models.AbstractModel):
    """The last orders of who calls, and which of them do not count."""

    _inherit = "mlm.today"

    @api.model
    def _add_to_hits(self, hits):
        super()._add_to_hits(hits)
        orders = self.env["sale.order"]
        if not (self._sees_people() and orders.has_access("read")):
            return
        for person, hit in hits.items():
            last = orders.search(
                [("mlm_buyer_id", "=", person.id), ("state", "!=", "cancel")],
                order="date_order desc, id desc",
                limit=ORDERS,
            )
            hit["orders"] = [self._get_order(order) for order in last]
            if len(hits) <= EXPLAINED:
                hit["notes"] += self._get_uncounted(last)

    @api.model
    def _get_order(self, order):
        formats = Formats(self.env)
        parts = [
            # sudo: where the network keeps time
            formats.day(order.company_id.sudo().mlm_network_id._local_date(order.date_order)),
            formats.money(order.amount_total, order.currency_id),
            self._get_order_state(order),
        ]
        return {"id": order.id, "name": order.name, "text": " · ".join(filter(None, parts))}

    @api.model
    def _get_order_state(self, order):
        if order.state != "sale":
            return self.env._("quotation")
        if order.invoice_status == "to invoice":
            return self.env._("not invoiced")
        moves = self._get_invoices(order)
        if not moves:
            return ""
        unpaid = moves.filtered(lambda move: move.payment_state in ("not_paid", "partial"))
        return self.env._("not paid") if unpaid else self.env._("paid")

    @api.model
    def _get_invoices(self, orders):
        if not self.env["account.move"].has_access("read"):
            return self.env["account.move"]
        return orders.invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )

    @api.model
    def _get_uncounted(self, orders):
        """Notes of invoices that are settled and do not count."""
        return [
            {"text": f"{move.name}: {move.mlm_not_counted}", "tone": "danger"}
            for move in self._get_invoices(orders)
            if move.mlm_not_counted
        ]
