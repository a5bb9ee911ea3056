# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmPackage(models.Model):
    """A package of the compensation plan, as a thing that is sold.

    What it earns (percentages, terms, amounts) is said by each plan version.
    """

    _name = "mlm.package"
    _description = "Package"
    _inherit = "mlm.guarded"
    _order = "sequence, code"
    _rec_names_search = ["code", "name"]
    _free = ("code", "name", "sequence", "active", "company_id")

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The higher package has the higher sequence.")
    active = fields.Boolean(default=True)
    company_id = fields.Many2one(
        "res.company",
        index=True,
        default=lambda self: self.env.company,
        help="Empty: all companies sell it.",
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(company_id, 0))", "A package of the company has this code already."
    )

    @api.model
    def _of_company(self, company):
        """What a company sells or has sold: its own packages and those that all share."""
        return self.with_context(active_test=False).search(
            [("company_id", "in", (company.id, False))]
        )
