# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmExchangeRate(models.Model):
    """A rate with which a run was submitted, approved or posted stays as it is."""

    _inherit = "mlm.exchange.rate"

    def _get_uses(self):
        uses = super()._get_uses()
        # sudo: whoever keeps the rates need not read the runs
        runs = self.env["mlm.run"].sudo()
        for rate in self:
            later = self.sudo().search(
                [
                    ("company_id", "=", rate.company_id.id),
                    ("currency_id", "=", rate.currency_id.id),
                    ("date_from", ">", rate.date_from),
                ],
                order="date_from",
                limit=1,
            )
            domain = [
                ("network_id", "=", rate.company_id.sudo().mlm_network_id.id),
                ("state", "in", ("submitted", "approved", "posting", "posted")),
                ("period_id.date_end", ">=", rate.date_from),
            ]
            if later:
                domain.append(("period_id.date_end", "<", later.date_from))
            for run in runs.search(domain, order="number"):
                if run._mlm_reads_rate_of(rate.currency_id):
                    uses[rate] = run.display_name
                    break
        return uses
