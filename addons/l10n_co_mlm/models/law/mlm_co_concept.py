# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .mlm_co_rate import CONCEPTS


class MlmCoConcept(models.Model):
    """What a bonus is for the income tax, where that is not what the company's others are."""

    _name = "mlm.co.concept"
    _description = "Concept of a Bonus"
    _inherit = "mlm.guarded"
    _order = "company_id, bonus"
    _free = ("company_id", "bonus", "concept")

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    bonus = fields.Selection(selection="_get_bonuses", required=True)
    concept = fields.Selection(CONCEPTS, required=True)

    _bonus_uniq = models.Constraint(
        "UNIQUE(company_id, bonus)", "This bonus has its concept already."
    )

    @api.model
    def _get_bonuses(self):
        """Return the bonuses of the plans by their code, with the name in the newest version."""
        bonuses = self.env["mlm.plan.bonus"].search([], order="id")
        return sorted({one.code: f"{one.name} ({one.code})" for one in bonuses}.items())

    @api.model
    def _of_company(self, company):
        """Return ``{code of a bonus: concept}`` of the bonuses that have one of their own."""
        # sudo: read while entries are computed, by people who may not open the list
        rows = self.sudo().search([("company_id", "=", company.id)])
        return {one.bonus: one.concept for one in rows}

    @api.depends("bonus", "concept")
    def _compute_display_name(self):
        bonuses = dict(self._get_bonuses())
        for record in self:
            record.display_name = bonuses.get(record.bonus) or record.bonus or ""
