# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledFloat

from ...plan_guard import seal_plan_table


class MlmPlanCrossing(models.Model):
    """What a bonus, rank or package of the version before is called from now on.

    Without a new code, what people hold under the old one is lost (RULES 11).
    """

    _name = "mlm.plan.crossing"
    _description = "Plan Transition"
    _inherit = "mlm.guarded"
    _order = "version_id, section, sequence, id"
    _server_only = True
    _free = ("code_to",)

    version_id = fields.Many2one("mlm.plan.version", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="version_id.network_id", store=True, index=True)
    section = fields.Selection(
        [("bonus", "Bonus"), ("rank", "Rank"), ("package", "Package")],
        required=True,
        readonly=True,
    )
    sequence = fields.Integer(readonly=True)
    code_from = fields.Char(string="Code before", required=True, readonly=True)
    name_from = fields.Char(string="Before", readonly=True, translate=True)
    code_to = fields.Char(string="Code from now on", help="Empty: what is held is lost.")
    is_lost = fields.Boolean(compute="_compute_is_lost", string="Lost")
    holder_count = fields.Integer(
        string="Held by",
        readonly=True,
        aggregator=None,
        help="Positions with carry-over, people with the title or with the package.",
    )
    carried_e4 = BigInteger(string="Carry-over (ten-thousandths)", readonly=True)
    carried = ScaledFloat(string="Carry-over", scaled="carried_e4")

    _code_uniq = models.Constraint(
        "UNIQUE(version_id, section, code_from)", "This code is already carried over."
    )

    @api.private
    def init(self):
        result = super().init()
        seal_plan_table(self.env.cr, self._table)
        return result

    @api.depends("code_to")
    def _compute_is_lost(self):
        for crossing in self:
            crossing.is_lost = not crossing.code_to

    def write(self, vals):
        """A crossing that is changed has to be confirmed anew."""
        result = super().write(vals)
        if "code_to" in vals:
            for version in self.version_id:
                version._ensure_not_in_force()
                version._ensure_crossing_codes()
                version._write_step(
                    {"crossing_confirmed_by_id": False, "crossing_confirmed_at": False}
                )
        return result
