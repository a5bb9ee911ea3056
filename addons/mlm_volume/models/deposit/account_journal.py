# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["mlm.guarded", "account.journal"]
    _free = ("mlm_deposits",)

    mlm_deposits = fields.Boolean(
        string="Deposits from buyers",
        help="From now on, what comes in on this account is listed among the deposits to "
        "identify, and a cycle can only close once each one is matched or waived.",
    )
