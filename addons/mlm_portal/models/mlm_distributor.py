# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    shares_name = fields.Boolean(
        string="Name Shown Above",
        tracking=True,
        help="The person agreed that everybody above sees name, code and city in the report"
        " of the downline. Without it only the own sponsor does.",
    )
