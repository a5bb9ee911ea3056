# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmCoIcaAgent(models.Model):
    """Where a company withholds ICA, and where it says that it does not (RULES 37)."""

    _name = "mlm.co.ica.agent"
    _description = "Withholding Agent of ICA"
    _inherit = ["mlm.co.law"]
    _order = "company_id, municipality_id, date_from desc"
    _content = ("company_id", "municipality_id", "agent")
    _free = (*_content, "date_from", "date_to")

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
        tracking=True,
    )
    municipality_id = fields.Many2one(
        "mlm.co.municipality",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Empty: every municipality without a row of its own.",
    )
    agent = fields.Boolean(
        string="Withholds ICA", tracking=True, help="The company is a withholding agent there."
    )
    norm = fields.Char(required=False)

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (company_id WITH =, (COALESCE(municipality_id, 0)) WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "Another row of this company and municipality is valid in these days. End that one first.",
    )

    @api.depends("municipality_id")
    def _compute_display_name(self):
        for record in self:
            place = record.municipality_id.display_name
            record.display_name = place or self.env._("Every other municipality")
