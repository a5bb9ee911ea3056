# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmExplanation(models.TransientModel):
    """Shows why an amount is what it is, or why there is none.

    Of one earning, or of a person's whole cycle: then both can be chosen.
    """

    _name = "mlm.explanation"
    _description = "Explanation of an Amount"

    run_id = fields.Many2one(
        "mlm.run",
        required=True,
        default=lambda self: self._default_run(),
        domain=[("state", "!=", "cancelled"), ("snapshot_sha", "!=", False)],
    )
    earning_ref = fields.Char(help="Id of the earning; empty: the person's cycle.")
    distributor_id = fields.Many2one("mlm.distributor", domain=[("kind", "!=", "customer")])
    currency_id = fields.Many2one(related="run_id.currency_id")
    html = fields.Html(compute="_compute_html", sanitize=False)

    def _default_run(self):
        """The latest run with figures of the company, a preview, too."""
        member = self.env["mlm.distributor"].browse(self.env.context.get("default_distributor_id"))
        company = member.company_id or self.env.company
        return self.env["mlm.run"].search(
            [
                ("company_id", "=", company.id),
                ("state", "!=", "cancelled"),
                ("snapshot_sha", "!=", False),
            ],
            order="number desc",
            limit=1,
        )

    @api.depends("run_id", "earning_ref", "distributor_id")
    @api.depends_context("lang")
    def _compute_html(self):
        for wizard in self:
            values = {"currency": wizard.currency_id, "problem": "", "found": {}}
            try:
                values["found"] = wizard._explanation()
            except UserError as error:
                values["problem"] = str(error)
            wizard.html = self.env["ir.qweb"]._render("mlm_commission.explanation", values)

    def _explanation(self):
        run, member = self.run_id._origin, self.distributor_id._origin
        if self.earning_ref:
            return run._explain(self.env["mlm.earning"].browse(int(self.earning_ref)))
        if not run:
            raise UserError(self.env._("No cycle was computed yet."))
        if not member:
            raise UserError(self.env._("Choose somebody to read how the cycle went for them."))
        return run._explain_distributor(member)

    def _action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Explanation"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    def action_earnings(self):
        self.ensure_one()
        return self.run_id._action_earnings(self.distributor_id)
