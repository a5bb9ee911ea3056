# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.telling import compare as engine_compare
from mlm_engine.telling import explain as engine_explain

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import formatLang


class MlmWhatIfExplanation(models.TransientModel):
    """Why a person would have got more or less in one cycle: both sides explained."""

    _name = "mlm.what.if.explanation"
    _description = "Explanation of a What-If"

    what_if_id = fields.Many2one(
        "mlm.what.if", string="What-if", required=True, ondelete="cascade", readonly=True
    )
    distributor_id = fields.Many2one("mlm.distributor", string="Person", readonly=True)
    run_ids = fields.Many2many("mlm.run", compute="_compute_run_ids")
    run_id = fields.Many2one("mlm.run", string="Cycle", domain="[('id', 'in', run_ids)]")
    html = fields.Html(compute="_compute_html", sanitize=False)
    old_html = fields.Html(compute="_compute_html", sanitize=False)
    new_html = fields.Html(compute="_compute_html", sanitize=False)

    @api.model
    def _action_of(self, what_if, person):
        """Open it at the cycle that differs most."""
        wizard = self.create({"what_if_id": what_if.id, "distributor_id": person.id})
        wizard.run_id = wizard._get_greatest()
        return {
            "type": "ir.actions.act_window",
            "name": person.display_name,
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    @api.depends("what_if_id")
    def _compute_run_ids(self):
        for wizard in self:
            wizard.run_ids = wizard.what_if_id.cycle_ids.run_id

    def _get_greatest(self):
        """The run of the cycle in which the person's amounts differ most."""
        amounts = self.env["mlm.what.if.amount"].search(
            [
                *self.what_if_id._id_domain("mlm.what.if.amount"),
                ("payee_id", "=", self.distributor_id.id),
            ]
        )
        greatest = max(amounts, key=lambda one: abs(one.tried_e4 - one.posted_e4), default=amounts)
        cycles = self.what_if_id.cycle_ids
        return (cycles.filtered(lambda one: one.sequence == greatest.cycle) or cycles)[-1:].run_id

    @api.depends("run_id", "distributor_id")
    @api.depends_context("lang")
    def _compute_html(self):
        for wizard in self:
            found = {"html": {}, "old_html": {}, "new_html": {}}
            problem = ""
            try:
                found = wizard._explain()
            except UserError as error:
                problem = str(error)
            for name, values in found.items():
                template = "comparison" if name == "html" else "explanation"
                wizard[name] = self.env["ir.qweb"]._render(
                    f"mlm_commission.{template}",
                    {"money": wizard._money, "problem": problem, "found": values},
                )

    def _explain(self):
        run, person = self.run_id._origin or self.run_id, self.distributor_id
        cycle = self.what_if_id.cycle_ids.filtered(lambda one: one.run_id == run)
        run._ensure_reads(person)
        if not cycle.is_computed:
            raise UserError(
                self.env._(
                    "The plan that was tried has no periods of this kind: nothing is paid in %s.",
                    run.period_id.display_name,
                )
            )
        views = run._view(), cycle._view()
        told = [engine_explain.person(view, run._member_index(view, person)) for view in views]
        compared = engine_compare.compare(*views, person.id)
        return {"html": compared, "old_html": told[0], "new_html": told[1]}

    def _money(self, amount, explained):
        currency = self.run_id._currency_of(self.distributor_id)
        return formatLang(self.env, float(amount), currency_obj=currency)
