# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.mlm_base.internal import is_internal

AUDITING = ("auditor", "manager", "approver")
SEES_AUDITS = ",".join(f"mlm_base.group_{role}" for role in (*AUDITING, "accountant"))
STATES = [
    ("queued", "Recomputing"),
    ("clean", "Both calculations agree"),
    ("different", "They differ"),
    ("failed", "Not finished"),
]


class MlmRunAudit(models.Model):
    """A run computed once more by the engine and by the reference calculator.

    A record says who asked, what was recomputed and what came out, of which result:
    the fingerprints of inputs and rows are kept with it, so a verdict about an
    earlier preview never speaks for the present one. The work is in
    `mlm_run_audit_work.py`.
    """

    _name = "mlm.run.audit"
    _description = "Audit of a Run"
    _inherit = ["mlm.guarded", "mlm.queued"]
    _order = "id desc"
    _server_only = True

    run_id = fields.Many2one(
        "mlm.run", required=True, readonly=True, index=True, ondelete="cascade"
    )
    network_id = fields.Many2one(related="run_id.network_id")
    scope = fields.Selection(
        [("all", "Everybody"), ("sample", "A sample"), ("person", "One person")],
        required=True,
        readonly=True,
        default="all",
    )
    size = fields.Integer(string="People of the sample", readonly=True, aggregator=None)
    distributor_id = fields.Many2one(
        "mlm.distributor", string="Person", readonly=True, index="btree_not_null"
    )
    state = fields.Selection(
        STATES,
        string="Result",
        required=True,
        readonly=True,
        default="queued",
    )
    requested_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    is_automatic = fields.Boolean(readonly=True, string="Made on submission")
    finished_at = fields.Datetime(readonly=True, string="Finished on")
    people = fields.Integer(string="People recomputed", readonly=True, aggregator=None)
    difference_count = fields.Integer(string="Differences", readonly=True, aggregator=None)
    difference_ids = fields.One2many("mlm.run.audit.difference", "audit_id", readonly=True)
    error = fields.Text(readonly=True)
    note = fields.Text(readonly=True, string="Left out")
    snapshot_sha = fields.Char(readonly=True, string="Inputs (SHA-256)")
    digest = fields.Char(readonly=True, string="Result (SHA-256)")
    is_current = fields.Boolean(compute="_compute_is_current", string="About the current result")
    progress_stage = fields.Char(string="Stage", compute="_compute_progress")
    progress_done = fields.Integer(string="Progress", compute="_compute_progress")
    progress_left = fields.Char(string="Time left", compute="_compute_progress")

    @api.depends("run_id", "scope")
    def _compute_display_name(self):
        for audit in self:
            audit.display_name = self.env._("Audit of %(run)s", run=audit.run_id.display_name)

    @api.depends("digest", "snapshot_sha", "run_id.digest", "run_id.snapshot_sha")
    def _compute_is_current(self):
        for audit in self:
            run = audit.run_id
            audit.is_current = bool(run.digest) and (audit.digest, audit.snapshot_sha) == (
                run.digest,
                run.snapshot_sha,
            )

    def _compute_progress(self):
        progress = self.env["mlm.run.progress"]
        progress._show(self, [audit.run_id for audit in self], ["audit"] * len(self))

    # A verdict comes from the work only, not from a form or a call from outside.

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            raise AccessError(self._get_guarded_message([]))
        return super().create(vals_list)

    def _get_guarded_message(self, names):
        return self.env._("An audit is made with the action “Audit…” of a run and never changes.")

    @api.ondelete(at_uninstall=False)
    def _unlink_with_the_run(self):
        # the database deletes them with a run; nobody deletes one alone
        if not is_internal(self.env):
            raise AccessError(self._get_guarded_message([]))

    def action_stop(self):
        """End an audit that waits or is at work; nothing of it is kept."""
        for audit in self:
            audit.run_id._ensure_may_audit()
            if audit.state == "queued":
                # sudo: who may audit was checked; the verdict is written by the work only
                self.env["mlm.job"]._stop_or_fail(audit.sudo())

    def action_differences(self):
        """Open what the two calculations do not agree on."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Differences"),
            "res_model": "mlm.run.audit.difference",
            "view_mode": "list,form",
            "domain": [("audit_id", "=", self.id)],
        }

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "mlm.run.audit",
            "res_id": self.id,
            "view_mode": "form",
        }
