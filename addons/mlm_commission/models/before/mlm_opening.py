# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledFloat


class MlmOpening(models.Model):
    """What a distributor brings from the system before: carry, ranks, accumulated volume."""

    _name = "mlm.opening"
    _description = "Opening Balance"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _order = "network_id, distributor_id, kind"
    _server_only = True
    _same_network = ("distributor_id", "position_id")

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    kind = fields.Selection(
        [
            ("carry", "Carry-over"),
            ("title", "Title rank"),
            ("paid", "Paid-as rank"),
            ("accumulated", "Accumulated volume"),
        ],
        required=True,
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    position_id = fields.Many2one("mlm.position", index="btree_not_null", ondelete="restrict")
    bonus_code = fields.Char(help="For carry-over: the bonus it belongs to.")
    measure = fields.Char(
        help="carry_left or carry_right; of a rank: its code; of accumulated volume: the measure."
    )
    value_e4 = BigInteger(string="Volume (ten-thousandths)")
    value = ScaledFloat(string="Volume", scaled="value_e4")

    _carry_complete = models.Constraint(
        "CHECK(kind <> 'carry' OR (position_id IS NOT NULL AND bonus_code IS NOT NULL))",
        "Carry-over needs a position and a bonus.",
    )
    _carry_uniq = models.UniqueIndex(
        "(position_id, bonus_code, measure) WHERE kind = 'carry'",
        "The opening volume of this leg is already loaded.",
    )
    _person_uniq = models.UniqueIndex(
        "(distributor_id, kind) WHERE kind IN ('title', 'paid')",
        "This person already has an opening rank.",
    )
    _accumulated_uniq = models.UniqueIndex(
        "(distributor_id, measure) WHERE kind = 'accumulated'",
        "This person already has an opening of this measure.",
    )
