# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmEarningHistory(models.Model):
    """What somebody earned in the system before: read-only, in no sum of a run and in
    no journal entry."""

    _name = "mlm.earning.history"
    _description = "Earning in the Previous System"
    _inherit = "mlm.guarded"
    _order = "date_end desc, period, bonus, id"
    _rec_name = "period"
    _log_access = False
    _server_only = True

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, readonly=True, ondelete="restrict"
    )
    period = fields.Char(required=True, readonly=True, help="As the previous system called it.")
    date_start = fields.Date(string="First Day", readonly=True)
    date_end = fields.Date(string="Last Day", required=True, readonly=True)
    bonus = fields.Char(required=True, readonly=True, help="As the previous system called it.")
    amount_e4 = BigInteger(string="Earned (ten-thousandths)", readonly=True)
    amount = ScaledMonetary(scaled="amount_e4", string="Earned")
