# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledFloat


class MlmContestPlace(models.Model):
    """A person's place when the contest was closed: what the prizes follow from."""

    _name = "mlm.contest.place"
    _description = "Final Place in a Contest"
    _inherit = ["mlm.append.only"]
    _log_access = False
    _order = "contest_id, points_e4 desc, id"
    _rec_name = "distributor_id"

    contest_id = fields.Many2one("mlm.contest", required=True, index=True, ondelete="restrict")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    place = fields.Integer(aggregator=None)
    points_e4 = BigInteger(string="Points (ten-thousandths)", required=True)
    points = ScaledFloat(scaled="points_e4")
    prize_id = fields.Many2one("mlm.contest.prize", ondelete="restrict")

    _once = models.Constraint(
        "UNIQUE(contest_id, distributor_id)", "This person already has a place in the contest."
    )
    _ranked_idx = models.Index("(contest_id, points_e4 DESC, distributor_id)")
