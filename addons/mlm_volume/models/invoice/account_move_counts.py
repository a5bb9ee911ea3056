# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.formats import Formats


class AccountMove(models.Model):
    """Why an invoice that is settled has no volume (RULES 46, 47)."""

    _inherit = "account.move"

    mlm_not_counted = fields.Char(
        string="Why it does not count",
        compute="_compute_mlm_not_counted",
        help="Why the volume of this invoice is not in the ledger although it is settled.",
    )
    mlm_is_uncounted = fields.Boolean(
        string="Paid but does not count",
        compute="_compute_mlm_not_counted",
        search="_search_mlm_is_uncounted",
    )

    @api.depends("state", "amount_residual", "line_ids.matched_credit_ids")
    @api.depends_context("lang")
    def _compute_mlm_not_counted(self):
        for move in self:
            # sudo: what settles the user's invoice, not more
            reason = move.sudo()._mlm_why_not_counted()
            move.mlm_not_counted = reason
            move.mlm_is_uncounted = (
                bool(reason)
                and move.move_type == "out_invoice"
                and not move.sudo()._mlm_is_only_reversed()
            )

    def _search_mlm_is_uncounted(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env["account.move"].flush_model()
        self.env["account.move.line"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.id
                  FROM account_move AS move
                 WHERE move.company_id = ANY(%s)
                   AND move.move_type = 'out_invoice' AND move.state = 'posted'
                   AND move.mlm_distributor_id IS NOT NULL
                   AND move.amount_residual = 0
                   AND (EXISTS (
                           SELECT FROM account_move_line AS line
                            WHERE line.move_id = move.id
                              AND (line.mlm_unit_pv_e4 <> 0 OR line.mlm_unit_cv_e4 <> 0
                                   OR line.mlm_package_id IS NOT NULL))
                        OR EXISTS (
                           SELECT FROM mlm_distributor AS buyer
                            WHERE buyer.id = move.mlm_buyer_id AND buyer.kind = 'customer'))
                   AND NOT EXISTS (
                       SELECT FROM mlm_volume_entry AS entry
                         JOIN account_move_line AS line ON line.id = entry.move_line_id
                        WHERE line.move_id = move.id
                       HAVING sum(entry.pv_e4) <> 0 OR sum(entry.cv_e4) <> 0)
                """,
                self.env.companies.ids,
            )
        )
        # sudo: invoices of the user's companies, of which ids go into a domain
        found = self.sudo().browse([move_id for (move_id,) in rows])
        domain = fields.Domain("id", "in", found.filtered("mlm_is_uncounted").ids)
        return domain if True in value else ~domain

    def _mlm_why_not_counted(self):
        """Sentence for people, or False: it counts, or is not settled."""
        self.ensure_one()
        if (
            self.move_type not in ("out_invoice", "out_refund")
            or self.state != "posted"
            or not self.mlm_distributor_id
            or not any(line._mlm_carries_volume() for line in self.invoice_line_ids)
        ):
            return False
        is_sale = self.move_type == "out_invoice"
        is_open = not self.currency_id.is_zero(self.amount_residual)
        if is_sale and is_open and self.company_id.mlm_volume_rule == "paid":
            return False  # what is not paid is no surprise
        if any(
            group["pv_e4"] or group["cv_e4"]
            for groups in self._mlm_held().values()
            for group in groups
        ):
            return False
        if is_sale and not self._mlm_counts():
            return self._mlm_why_not_paid()
        if self._mlm_is_ahead():
            return self.env._(
                "Its date %(date)s is ahead of the cycles: it counts when the cycle of that day is "
                "created, one cycle before it begins.",
                date=Formats(self.env).day(self._mlm_sale_date()),
            )
        buyer = self.mlm_buyer_id or self.mlm_distributor_id
        if is_sale and buyer.state != "active":
            return self.env._(
                "%(buyer)s is terminated or suspended and generates no volume.",
                buyer=buyer.display_name,
            )
        failed = self.env["mlm.capture.queue"].search(
            [("move_id", "=", self.id), ("error", "!=", False)], limit=1
        )
        return failed.error or False

    def _mlm_is_ahead(self):
        last = self.env["mlm.period"]._last_day(self.company_id.mlm_network_id)
        return bool(last) and self._mlm_sale_date() > last

    def _mlm_why_not_paid(self):
        """Why an invoice that leaves nothing to pay is not paid."""
        unpaid = self._mlm_down_payments().filtered(
            lambda move: not move.currency_id.is_zero(move.amount_residual)
        )
        if unpaid:
            return self.env._(
                "The down payment %(invoices)s that it deducts is not paid.",
                invoices=", ".join(unpaid.mapped("name")),
            )
        settled = self._mlm_settling_lines().move_id
        if not settled:
            return self.env._("There was nothing to pay on it, and no payment confirms it.")
        notes = settled.filtered(lambda move: move.move_type == "out_refund")
        texts = [self.env._("credit note %s", note.display_name) for note in notes]
        texts += [self.env._("journal entry %s", move.display_name) for move in settled - notes]
        return self.env._(
            "Settled by %(documents)s, which is not a payment. A payment, a bank "
            "statement line, or commissions payable to the buyer or to the credited "
            "distributor make it count.",
            documents=", ".join(texts),
        )

    def _mlm_is_only_reversed(self):
        """Whether nothing but its own credit notes settles the invoice."""
        settled = self._mlm_settling_lines().move_id
        return bool(settled) and settled <= self.reversal_move_ids
