# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmPeriod(models.Model):
    """Sales of the cycle go to the right account before it is closed."""

    _inherit = "mlm.period"

    mlm_sales_problem = fields.Text(
        compute="_compute_mlm_sales_problem",
        string="Sales on the Account of Returns",
        groups="mlm_base.group_manager,mlm_base.group_accountant,mlm_base.group_auditor",
    )

    def _compute_mlm_sales_problem(self):
        for period in self:
            problems = filter(None, period._mlm_own_companies().mapped("mlm_sales_problem"))
            period.mlm_sales_problem = "\n".join(problems) or False

    def _mlm_own_companies(self):
        """Companies of the network that are switched on."""
        return self.env.companies.filtered(
            # sudo: which network a company is of is no secret to who works there
            lambda company: company.sudo().mlm_network_id == self.network_id
        )

    def action_mlm_correct_sales(self):
        self.ensure_one()
        wrong = self._mlm_own_companies().filtered("mlm_sales_problem")
        actions = [company.action_mlm_correct_sales() for company in wrong]
        return actions[-1] if actions else {"type": "ir.actions.client", "tag": "soft_reload"}
