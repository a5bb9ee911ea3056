# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary

#: In the order in which each is worked out, see ``mlm_engine/sides``; the last two are not of
#: the inputs of one and the same network.
KINDS = [
    ("people", "People"),
    ("sponsors", "Sponsors"),
    ("placement", "Placement"),
    ("carried", "Left by earlier cycles"),
    ("sales", "Sales and returns"),
    ("decisions", "Decisions"),
    ("exchange", "Exchange rate"),
    ("plan", "Plan"),
    ("companies", "Companies of the network"),
    ("engine", "Version of the calculation"),
]


class MlmRunPairCause(models.Model):
    """What one kind of difference between two runs is worth in all."""

    _name = "mlm.run.pair.cause"
    _description = "Cause of a Difference Between Two Runs"
    _inherit = "mlm.guarded"
    _order = "pair_id, sequence, id"
    _log_access = False
    _server_only = True

    pair_id = fields.Many2one("mlm.run.pair", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer()
    kind = fields.Selection(KINDS, required=True, string="Cause")
    currency_id = fields.Many2one("res.currency", required=True)
    facts = fields.Integer(string="Inputs that differ", aggregator=None)
    more = fields.Integer(string="With more", aggregator=None)
    less = fields.Integer(string="With less", aggregator=None)
    amount_e4 = BigInteger(string="Difference (ten-thousandths)")
    amount = ScaledMonetary(scaled="amount_e4", string="Difference")

    def action_people(self):
        """Who gets more or less because of it."""
        self.ensure_one()
        action = self.pair_id.action_people()
        action["domain"].append((f"by_{self.kind}_e4", "!=", 0))
        return action

    def action_facts(self):
        """What differs of this kind."""
        self.ensure_one()
        action = self.pair_id.action_facts()
        action["domain"].append(("kind", "=", self.kind))
        return action
