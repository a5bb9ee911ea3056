# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger


class MlmContestRung(models.Model):
    """The place of whoever has a figure, one row for each figure that somebody has.

    A million people have some thousand different figures, so a sale that shifts the places
    of all of them rewrites few rows.
    """

    _name = "mlm.contest.rung"
    _description = "Kept Place in a Contest"
    _inherit = "mlm.guarded"
    _log_access = False
    _order = "contest_id, points_e4 desc"
    _rec_name = "place"
    _server_only = True

    contest_id = fields.Many2one("mlm.contest", required=True, ondelete="cascade")
    points_e4 = BigInteger(string="Points (ten-thousandths)", required=True)
    place = fields.Integer(required=True, aggregator=None, help="0: below the minimum.")

    _once = models.UniqueIndex("(contest_id, points_e4)", "Already counted.")
