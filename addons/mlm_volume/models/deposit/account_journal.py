# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class AccountJournal(models.Model):
    _name = "account.journal"
    _inherit = ["mlm.guarded", "account.journal"]
    _free = ("mlm_deposits",)

    mlm_deposits = fields.Boolean(
        string="Deposits of buyers",
        help="What comes in on this account from now on is listed among the deposits to identify,"
        " and a cycle closes when each is matched or waived.",
    )
