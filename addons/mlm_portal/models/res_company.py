# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = ("mlm_portal_names",)

    mlm_portal_names = fields.Selection(
        [("direct", "The people one sponsored"), ("downline", "The whole downline")],
        string="Named in the portal",
        default="direct",
        required=True,
        help="Whose name, code and photo a distributor sees in the trees and the report of the"
        " portal. The whole downline only where the members have agreed to it in their"
        " contract; whoever agreed personally is named in any case.",
    )
