# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmRunAuditDifference(models.Model):
    """One figure of a run on which the stored result and a recomputation differ."""

    _name = "mlm.run.audit.difference"
    _description = "Difference Found by an Audit"
    _order = "audit_id, id"
    _log_access = False

    audit_id = fields.Many2one(
        "mlm.run.audit", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="audit_id.company_id")
    currency_id = fields.Many2one(related="audit_id.run_id.currency_id")
    distributor_id = fields.Many2one("mlm.distributor", string="Person", readonly=True)
    kind = fields.Selection(
        [
            ("engine", "Recomputed by the engine"),
            ("earning", "Earning"),
            ("rank", "Rank"),
            ("title", "Title"),
            ("carry", "Carried over"),
            ("state", "Kept for the next cycle"),
        ],
        required=True,
        readonly=True,
        string="What",
    )
    bonus_id = fields.Many2one("mlm.plan.bonus", readonly=True)
    facts = fields.Json(readonly=True, help="What was found and what the rules give.")
    note = fields.Text(readonly=True)
    found_e4 = BigInteger(string="Stored (ten-thousandths)", readonly=True)
    expected_e4 = BigInteger(string="By the rules (ten-thousandths)", readonly=True)
    found = ScaledMonetary(scaled="found_e4", string="Stored")
    expected = ScaledMonetary(scaled="expected_e4", string="By the rules")
    text = fields.Text(compute="_compute_text", string="Difference")

    @api.depends("kind", "note", "facts")
    def _compute_text(self):
        for one in self:
            one.text = one.note or self.env._(
                "%(where)s: stored %(found)s; by the rules %(expected)s",
                where=one._words(one.facts["where"]) or one.kind,
                found=one._words(one.facts["found"]) or self.env._("nothing"),
                expected=one._words(one.facts["expected"]) or self.env._("nothing"),
            )

    def _words(self, values):
        return ", ".join(f"{name} {value}" for name, value in values.items())
