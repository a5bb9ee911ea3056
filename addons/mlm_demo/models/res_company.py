# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = ("mlm_demo_flat_withholding",)

    mlm_demo_flat_withholding = fields.Boolean(
        string="Withholds the Rate of a Scenario",
        help="It plays a scenario, which says its one rate, whatever the law of the country says.",
    )
