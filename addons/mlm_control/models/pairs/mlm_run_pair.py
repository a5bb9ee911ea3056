# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.internal import as_internal, as_system, is_internal
from odoo.addons.mlm_commission.models.run.mlm_run import COMPUTED

# Up to so many members the comparison is there as soon as it is asked for.
INLINE_MEMBERS = 1_000


class MlmRunPair(models.Model):
    """Two runs of one cycle beside each other.

    What differs between their frozen inputs, and what each kind of difference is worth to
    whom, is found once and kept until one of the runs is discarded. The work is in
    `mlm_run_pair_work.py`, what is shown of both runs in `mlm_run_pair_shown.py`.
    """

    _name = "mlm.run.pair"
    _description = "Two Previews Side by Side"
    _inherit = ["mlm.guarded", "mlm.queued"]
    _order = "id desc"
    _server_only = True

    before_id = fields.Many2one(
        "mlm.run", required=True, index=True, ondelete="cascade", string="First"
    )
    after_id = fields.Many2one(
        "mlm.run", required=True, index=True, ondelete="cascade", string="Second"
    )
    network_id = fields.Many2one(related="after_id.network_id")
    period_id = fields.Many2one(related="after_id.period_id")
    state = fields.Selection(
        [("queued", "Comparing"), ("done", "Comparison Ready"), ("failed", "Not finished")],
        required=True,
        default="queued",
    )
    error = fields.Text()
    requested_by_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    finished_at = fields.Datetime(string="Finished on")
    is_equal = fields.Boolean(help="The same inputs, and the same result.")
    people_count = fields.Integer(string="People with another amount", aggregator=None)
    fact_count = fields.Integer(string="Differences in the inputs", aggregator=None)
    cause_ids = fields.One2many("mlm.run.pair.cause", "pair_id", string="Because of what")
    person_ids = fields.One2many("mlm.run.pair.person", "pair_id", string="Who changes")
    fact_ids = fields.One2many("mlm.run.pair.fact", "pair_id", string="What differs")
    progress_stage = fields.Char(string="Stage", compute="_compute_progress")
    progress_done = fields.Integer(string="Progress", compute="_compute_progress")
    progress_left = fields.Char(string="Time left", compute="_compute_progress")

    _runs_uniq = models.Constraint(
        "UNIQUE(before_id, after_id)", "These two runs are compared already."
    )

    @api.depends("before_id", "after_id")
    def _compute_display_name(self):
        for pair in self:
            pair.display_name = self.env._(
                "%(period)s · runs %(before)s and %(after)s",
                period=pair.period_id.display_name,
                before=pair.before_id.number,
                after=pair.after_id.number,
            )

    def _compute_progress(self):
        progress = self.env["mlm.run.progress"]
        progress._show(self, [pair.after_id for pair in self], ["pair"] * len(self))

    def action_stop(self):
        """End a comparison that waits or is at work; nothing of it is kept."""
        for pair in self:
            pair.after_id._ensure_may_audit()
            if pair.state == "queued":
                # sudo: who may ask for a comparison was checked; it is written by the work only
                self.env["mlm.job"]._stop_or_fail(pair.sudo())

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            raise AccessError(self._get_guarded_message([]))
        return super().create(vals_list)

    def _get_guarded_message(self, names):
        return self.env._("Two runs are compared with the button “Side by side” of a run.")

    @api.ondelete(at_uninstall=False)
    def _unlink_with_a_run(self):
        if not is_internal(self.env):
            raise AccessError(self._get_guarded_message([]))

    @api.model
    def _request(self, before, after):
        """Compare two runs, the earlier one first: at once where the network is small.

        :return: the pair, which is made once
        :raise UserError: they are not two computed runs of one cycle
        """
        runs = (before | after).with_env(self.env).sorted("number")
        if len(runs) != 2 or len(runs.period_id) != 1 or set(runs.mapped("state")) - {*COMPUTED}:
            raise UserError(self.env._("Choose two computed previews of the same cycle."))
        before, after = runs
        self.env["mlm.run.change"].check_access("read")
        runs.check_access("read")
        after.network_id._ensure_led()
        pair = self.search([("before_id", "=", before.id), ("after_id", "=", after.id)])
        if pair and pair.state != "failed":
            return pair
        # sudo: nobody creates a comparison but here, where its values are known
        system = as_internal(self.sudo())
        system.browse(pair.ids).unlink()
        made = system.create(
            {"before_id": before.id, "after_id": after.id, "requested_by_id": self.env.uid}
        )
        # sudo: how many there are, of everybody; who may read the runs was checked
        if after.sudo()._count_members(INLINE_MEMBERS + 1) <= INLINE_MEMBERS:
            # sudo: what is found owes nothing to the context of who asks
            as_system(made)._finish()
        else:
            # sudo: who may compare may wake the work
            self.env.ref("mlm_control.cron_pair").sudo()._trigger()
        return made.sudo(self.env.su)

    def action_again(self):
        """Compare once more what could not be finished."""
        self.ensure_one()
        pair = self._request(self.before_id, self.after_id)
        return pair.with_env(self.env)._action_open()

    # -- what the screen opens -------------------------------------------------

    def _action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Side by side"),
            "res_model": "mlm.run.pair",
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_xlsx(self):
        """Download who changes and what differs."""
        self.ensure_one()
        self.check_access("read")
        kind = self.env._("side-by-side")
        name = f"{kind}-{self.before_id.number}-{self.after_id.number}.xlsx"
        data = base64.b64encode(self.env["mlm.commission.report"]._get_pair_xlsx(self))
        # sudo: no right on attachments is needed for it
        files = self.env["ir.attachment"].sudo()
        attachment = files.create({"name": name, "datas": data})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
        }

    def _action_rows(self, model, name):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": [("pair_id", "=", self.id)],
        }

    def action_people(self):
        return self._action_rows("mlm.run.pair.person", self.env._("Who changes"))

    def action_facts(self):
        return self._action_rows("mlm.run.pair.fact", self.env._("What differs in the inputs"))
