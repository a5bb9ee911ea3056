# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger


class MlmContestStanding(models.Model):
    """What somebody has in a contest that runs, as of the last count (`_refresh`).

    Pages read from here, and nothing is paid on it: a close counts the ledger anew. A count
    writes the rows that differ, and no others. The place follows from the figure, see
    `mlm.contest.rung`: whoever overtakes others changes no row of theirs.
    """

    _name = "mlm.contest.standing"
    _description = "Kept Standing in a Contest"
    _inherit = "mlm.guarded"
    _log_access = False
    _order = "contest_id, points_e4 desc, distributor_id"
    _rec_name = "distributor_id"
    _server_only = True

    contest_id = fields.Many2one("mlm.contest", required=True, ondelete="cascade")
    # no many2one: its foreign key would lock the people, whom sales and enrolments write
    distributor_id = fields.Integer(required=True, aggregator=None)
    points_e4 = BigInteger(string="Points (ten-thousandths)", required=True)

    _once = models.UniqueIndex("(contest_id, distributor_id)", "Already counted.")
    _ranked_idx = models.Index("(contest_id, points_e4 DESC, distributor_id)")
