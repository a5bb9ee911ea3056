# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmContestLine(models.TransientModel):
    """One person's place in a contest, and what it would win now."""

    _name = "mlm.contest.line"
    _description = "Place in a Contest"
    _order = "points desc, id"
    _rec_name = "distributor_id"

    board_id = fields.Many2one("mlm.contest.board", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="board_id.currency_id")
    place = fields.Integer(aggregator=None, help="Empty: not entitled now.")
    distributor_id = fields.Many2one("mlm.distributor", ondelete="cascade")
    points = fields.Float(digits=(18, 2))
    share = fields.Float(string="Compared with the first", aggregator=None)
    prize_kind = fields.Selection(
        [("cash", "Money"), ("goods", "Goods"), ("trip", "Trip")], string="Prize"
    )
    prize_value = fields.Monetary(string="Value of the prize", aggregator=None)
