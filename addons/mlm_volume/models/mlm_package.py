# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmPackage(models.Model):
    """A package of the compensation plan, as a thing that is sold.

    What it earns (percentages, terms, amounts) is said by each plan version.
    """

    _name = "mlm.package"
    _description = "Package"
    _inherit = "mlm.guarded"
    _order = "sequence, code"
    _rec_names_search = ["code", "name"]
    _free = ("code", "name", "sequence", "active")

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The higher package has the higher sequence.")
    active = fields.Boolean(default=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "A package has this code already.")
