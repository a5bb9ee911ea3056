# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import float_repr

from odoo.addons.mlm_base.exact import to_e4

from ..adjustment.mlm_adjustment import GIVEN_AS


class MlmContestPrize(models.Model):
    """What a place wins, or whoever reaches a figure."""

    _name = "mlm.contest.prize"
    _description = "Prize of a Contest"
    _inherit = "mlm.guarded"
    _order = "contest_id, place, minimum, id"
    _free = ("contest_id", "place", "minimum", "name", "given_as", "amount")

    contest_id = fields.Many2one("mlm.contest", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="contest_id.company_id")
    currency_id = fields.Many2one(related="contest_id.currency_id")
    place = fields.Integer(default=1, aggregator=None, help="Equal figures share the better place.")
    minimum = fields.Float(
        string="From",
        digits=(18, 2),
        help="For whoever reaches this figure; with several prizes, the highest one that was reached.",
    )
    name = fields.Char(
        string="Prize", required=True, translate=True, help="As people read it: Trip to Cartagena."
    )
    given_as = fields.Selection(GIVEN_AS, required=True, default="cash")
    amount = fields.Monetary(
        string="Value",
        required=True,
        help="Before withholding; for goods and trips, what they cost.",
    )

    _positive = models.Constraint("CHECK(amount > 0)", "A prize needs a value above zero.")
    _place_counts = models.Constraint(
        "CHECK(place >= 1 AND minimum >= 0)", "Places begin at 1, figures at 0."
    )

    def _amount_e4(self):
        self.ensure_one()
        unit_e4 = round(self.currency_id.rounding * 10_000)
        return to_e4(float_repr(self.amount, 4)) // unit_e4 * unit_e4

    @api.model_create_multi
    def create(self, vals_list):
        prizes = super().create(vals_list)
        prizes.contest_id._ensure_contest_state("draft")
        return prizes

    def _ensure_may_change(self, names):
        self.contest_id._ensure_contest_state("draft")
        return super()._ensure_may_change(names)

    def write(self, vals):
        result = super().write(vals)
        self.contest_id._ensure_contest_state("draft")  # it may have moved into another
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_promised(self):
        self.contest_id._ensure_contest_state("draft")

    @api.constrains("place", "minimum", "contest_id")
    def _check_one_each(self):
        for contest in self.contest_id:
            key = "place" if contest.mode == "top" else "minimum"
            if len(set(contest.prize_ids.mapped(key))) < len(contest.prize_ids):
                raise ValidationError(
                    self.env._("Two prizes of %s are for the same place.", contest.display_name)
                )
