# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.mlm_base.formats import Formats

from ...unpaid import INVOICE, UNPAID

#: what was ordered earlier than so long before the cycle is not expected any more
EXPECTED = timedelta(days=30)


class MlmToday(models.AbstractModel):
    """Sales that do not count yet: unpaid, or stopped on their way to the ledger."""

    _inherit = "mlm.today"

    @api.model
    def _cards_of_cycles(self, network, named):
        return [
            *super()._cards_of_cycles(network, named),
            self._card_unpaid(network, f" · {network.display_name}" if named else ""),
            self._card_stopped(network),
        ]

    @api.model
    def _get_unpaid_domain(self, network):
        """Confirmed orders with volume that the present cycle would take once they are paid."""
        first = self.env["mlm.period"].search(
            [*self.env["mlm.period"]._base_domain(network), ("state", "in", ("open", "grace"))],
            order="number",
            limit=1,
        )
        since = (first.date_start or fields.Date.today()) - EXPECTED
        return [
            ("date_order", ">=", fields.Date.to_string(since)),
            ("state", "=", "sale"),
            ("company_id.mlm_network_id", "=", network.id),
            ("mlm_distributor_id", "!=", False),
            "|",
            ("invoice_status", "=", "to invoice"),
            ("order_line.invoice_lines.move_id", "any", UNPAID[INVOICE]),
        ]

    @api.model
    def _card_unpaid(self, network, suffix):
        orders = self.env["sale.order"]
        if not (orders.has_access("read") and self.env["account.move.line"].has_access("read")):
            return None
        domain = self._get_unpaid_domain(network)
        groups = orders._read_group(domain, ["currency_id"], ["__count", "amount_total:sum"])
        if not groups:
            return None
        formats = Formats(self.env)
        sums = [formats.money(amount, currency) for currency, _count, amount in groups]
        return self._card(
            f"unpaid-{network.id}",
            self.env._("Unpaid orders") + suffix,
            self.env._("They count in the cycle once they are paid: %s.", ", ".join(sums)),
            12,
            count=sum(count for _currency, count, _amount in groups),
            open={
                "action": "sale.action_orders",
                "model": "sale.order",
                "domain": domain,
                "name": self.env._("Unpaid orders"),
            },
            icon="fa-shopping-cart",
        )

    @api.model
    def _card_stopped(self, network):
        """Invoices whose volume could not enter the ledger."""
        queue = self.env["mlm.capture.queue"]
        if not (queue.has_access("read") and self.env["account.move"].has_access("read")):
            return None
        stopped = queue.search(queue._get_failed_domain(network))
        if not stopped:
            return None
        return self._card(
            f"stopped-{network.id}",
            self.env._("Sales that do not count"),
            self.env._("Their volume could not be entered in the ledger: each invoice says why."),
            8,
            count=len(stopped.move_id),
            open={
                "action": "account.action_move_out_invoice_type",
                "model": "account.move",
                "domain": [("id", "in", stopped.move_id.ids)],
                "name": self.env._("Sales that do not count"),
            },
            tone="danger",
            icon="fa-chain-broken",
        )
