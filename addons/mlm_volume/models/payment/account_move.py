# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    mlm_sold_text = fields.Char(
        string="Paid and counted",
        compute="_compute_mlm_sold_text",
        help="When the sale was paid, and the cycle in which its volume counts.",
    )

    @api.depends("state", "amount_residual", "line_ids.matched_credit_ids")
    @api.depends_context("lang")
    def _compute_mlm_sold_text(self):
        for move in self:
            move.mlm_sold_text = move._mlm_sale_entries()._get_sold_text()

    def _mlm_sale_entries(self):
        """The rows with which these invoices entered the ledger."""
        # sudo: when and in which cycle, of documents that the caller has
        return (
            self.env["mlm.volume.entry"]
            .sudo()
            .search(
                [("move_line_id", "in", self.invoice_line_ids.ids), ("kind", "=", "sale")],
                order="id",
            )
        )

    def _mlm_sale_moment(self, date):
        """The last payment of the day says it, if the time of each is known."""
        moments = [
            line._mlm_payment_moment()
            for line in self._mlm_payment_lines()
            if self.move_type == "out_invoice" and line._mlm_payment_date() == date
        ]
        if self.company_id.mlm_volume_rule == "paid" and moments and all(moments):
            return max(moments)
        return super()._mlm_sale_moment(date)

    # -- late payments -------------------------------------------------------

    def _mlm_may_be_late(self):
        """Those of these invoices whose payment says in which cycle they count."""
        return self.filtered(
            lambda move: (
                move.move_type == "out_invoice"
                and move.mlm_distributor_id
                and move.company_id.mlm_volume_rule == "paid"
                and any(line._mlm_carries_volume() for line in move.invoice_line_ids)
            )
        )

    def _mlm_late_text(self, registered, paid=None):
        """Say that a payment counts in another cycle than that of its registration.

        :param registered: day of the registration
        :param paid: day of a payment that is about to be made
        :return: a sentence, or False
        """
        for move in self._mlm_may_be_late():
            days = [line._mlm_payment_date() for line in move._mlm_payment_lines()]
            day = max([*days, paid] if paid else days, default=registered)
            # sudo: cycles, whoever registers
            periods = self.env["mlm.period"].sudo()
            taken = periods if paid else move._mlm_sale_entries()[-1:].period_id
            text = periods._late_text(move.company_id.mlm_network_id, day, registered, taken)
            if text:
                return text
        return False
