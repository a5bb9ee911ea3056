# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    mlm_late_text = fields.Char(string="Late payment", compute="_compute_mlm_late_text")

    @api.depends("payment_date", "line_ids")
    @api.depends_context("lang")
    def _compute_mlm_late_text(self):
        for wizard in self:
            # sudo: the cycle in which the invoices count that the user pays
            invoices = wizard.sudo().line_ids.move_id
            # sudo: where the network keeps time
            network = invoices.company_id[:1].sudo().mlm_network_id
            wizard.mlm_late_text = bool(wizard.payment_date and network) and (
                invoices._mlm_late_text(
                    network._local_date(fields.Datetime.now()), wizard.payment_date
                )
            )
