# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.run.mlm_run import COMPUTED


class MlmTwoCycles(models.TransientModel):
    """Why a person earned more or less in one cycle than in another."""

    _name = "mlm.two.cycles"
    _description = "Comparison of Two Cycles of a Person"

    distributor_id = fields.Many2one("mlm.distributor", domain=[("kind", "!=", "customer")])
    run_id = fields.Many2one(
        "mlm.run",
        string="Cycle",
        compute="_compute_run_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', run_ids)]",
    )
    before_id = fields.Many2one(
        "mlm.run",
        string="Compared with",
        compute="_compute_before_id",
        store=True,
        readonly=False,
        domain="[('id', 'in', run_ids), ('id', '!=', run_id)]",
    )
    run_ids = fields.Many2many("mlm.run", compute="_compute_run_ids")
    html = fields.Html(compute="_compute_html", sanitize=False)

    @api.depends("distributor_id")
    def _compute_run_ids(self):
        for wizard in self:
            network = wizard.distributor_id.network_id or self.env.company.mlm_network_id
            domain = [("network_id", "=", network.id), ("state", "in", COMPUTED)]
            wizard.run_ids = self.env["mlm.run"].search(domain, order="number desc")

    @api.depends("distributor_id")
    def _compute_run_id(self):
        for wizard in self:
            if wizard.run_id not in wizard.run_ids:
                wizard.run_id = wizard.run_ids[:1]

    @api.depends("run_id")
    def _compute_before_id(self):
        for wizard in self:
            wizard.before_id = wizard.run_id._get_run_before()

    @api.depends("distributor_id", "run_id", "before_id")
    @api.depends_context("lang")
    def _compute_html(self):
        for wizard in self:
            found, problem = {}, ""
            try:
                found = wizard._compare()
            except UserError as error:
                problem = str(error)
            values = {"found": found, "problem": problem}
            wizard.html = self.env["ir.qweb"]._render("mlm_commission.comparison", values)

    def _compare(self):
        member = self.distributor_id._origin
        run, before = self.run_id._origin, self.before_id._origin
        if not member:
            raise UserError(self.env._("Choose a person."))
        if not run or not before:
            raise UserError(self.env._("Two computed cycles are needed to compare them."))
        for one in (run, before):
            one._ensure_reads(member)
        return run._compare_distributor(before, member)
