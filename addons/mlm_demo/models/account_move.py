# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class AccountMove(models.Model):
    _inherit = "account.move"
    _guarded = ("mlm_played_at",)

    mlm_played_at = fields.Datetime(
        copy=False,
        help="Moment at which the scenario has this sale or refund, more exact than "
        "the day that a payment knows.",
    )

    def _mlm_sale_moment(self, date):
        return self.mlm_played_at or super()._mlm_sale_moment(date)

    def _mlm_placed_by(self, date):
        return self.mlm_played_at or super()._mlm_placed_by(date)

    def _mlm_may_be_late(self):
        # what is played was paid on its day, whenever it is played
        return super()._mlm_may_be_late().filtered(lambda move: not move.mlm_played_at)
