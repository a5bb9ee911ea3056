# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal, as_system, vouch
from odoo.addons.mlm_base.scaled import ScaledMonetary
from odoo.addons.mlm_commission.models.run.mlm_run_compute import INLINE_MEMBERS

STATES = [
    ("draft", "Draft"),
    ("queued", "In the queue"),
    ("done", "Computed"),
    ("failed", "Failed"),
]
#: two years of weeks and a half
MOST_CYCLES = 130


class MlmWhatIf(models.Model):
    """A plan tried on past cycles: what it would have paid, beside what was posted.

    The inputs are the frozen ones of the posted runs; nothing that was posted changes. The plan
    is kept as it was when it was computed, so the figures stay explained when the draft goes on.
    What is computed is in `mlm_what_if_work.py`, what the screen shows in `mlm_what_if_figures.py`.
    """

    _name = "mlm.what.if"
    _description = "What-If"
    _inherit = ["mlm.guarded", "mlm.queued", "mlm.of.network"]
    _order = "id desc"
    _same_network = ("version_id", "until_id")
    _free = ("name",)
    _given = ("version_id", "cycles", "until_id")
    _server_only = True

    number = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="The rows of people have ids number × 2^32 + n.",
    )
    name = fields.Char(required=True)
    version_id = fields.Many2one(
        "mlm.plan.version",
        string="Plan to try",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('network_id', '=', network_id)]",
    )
    cycles = fields.Integer(
        string="Past cycles", required=True, default=12, aggregator=None, help="How many, at most."
    )
    until_id = fields.Many2one(
        "mlm.period",
        string="Up to",
        ondelete="restrict",
        domain="[('network_id', '=', network_id), ('is_base', '=', True), ('state', '=', 'posted')]",
        help="Empty: the last cycle that was posted.",
    )
    state = fields.Selection(STATES, required=True, readonly=True, default="draft", copy=False)
    error = fields.Text(readonly=True, copy=False)
    requested_by_id = fields.Many2one(
        "res.users",
        string="Made by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    finished_at = fields.Datetime(string="Computed on", readonly=True, copy=False)
    plan_hash = fields.Char(copy=False)
    is_outdated = fields.Boolean(compute="_compute_is_outdated")
    notes = fields.Text(string="What is not as it would have been", readonly=True, copy=False)
    money_company_id = fields.Many2one("res.company", copy=False, ondelete="restrict")
    currency_id = fields.Many2one(related="money_company_id.currency_id")
    cycle_ids = fields.One2many("mlm.what.if.cycle", "what_if_id")
    figures = fields.Json(copy=False)
    posted_e4 = BigInteger(string="As posted (ten-thousandths)", copy=False)
    tried_e4 = BigInteger(string="With this plan (ten-thousandths)", copy=False)
    cv_e4 = BigInteger(string="CV in money (ten-thousandths)", copy=False)
    net_sales_e4 = BigInteger(string="Net sales (ten-thousandths)", copy=False)
    posted = ScaledMonetary(scaled="posted_e4", string="As posted")
    tried = ScaledMonetary(scaled="tried_e4", string="With this plan")
    difference = fields.Monetary(compute="_compute_difference")
    cv_ratio = fields.Float(compute="_compute_difference", digits=(9, 2), string="Paid % of CV")
    person_count = fields.Integer(string="People", copy=False, aggregator=None)
    progress_stage = fields.Char(string="Stage", compute="_compute_progress")
    progress_done = fields.Integer(string="Progress", compute="_compute_progress")
    progress_left = fields.Char(string="Time left", compute="_compute_progress")

    _number_uniq = models.Constraint("UNIQUE(number)", "A what-if already has this number.")

    @api.depends("posted_e4", "tried_e4", "cv_e4")
    def _compute_difference(self):
        for one in self:
            one.difference = (one.tried_e4 - one.posted_e4) / 10_000
            one.cv_ratio = 100 * one.tried_e4 / one.cv_e4 if one.cv_e4 else 0

    @api.depends("plan_hash", "version_id.document_hash")
    def _compute_is_outdated(self):
        for one in self:
            one.is_outdated = bool(one.plan_hash) and (
                one.plan_hash != one.version_id.document_hash
            )

    def _compute_progress(self):
        found = self.env["mlm.what.if.progress"]._read(self.ids)
        for one in self:
            one.progress_stage, one.progress_done, one.progress_left = found.get(
                one.id, (False, 0, "")
            )

    @api.constrains("cycles")
    def _check_cycles(self):
        for one in self:
            if not 1 <= one.cycles <= MOST_CYCLES:
                raise ValidationError(
                    self.env._("Choose between 1 and %(most)s past cycles.", most=MOST_CYCLES)
                )

    @api.model_create_multi
    def create(self, vals_list):
        versions = self.env["mlm.plan.version"]
        for vals in vals_list:
            if vals.get("version_id"):
                vals["network_id"] = vouch(versions.browse(vals["version_id"]).network_id)
            # sudo: who may make one is checked below; its number comes from the system
            if "number" not in vals:
                vals["number"] = vouch(int(self.env["ir.sequence"].sudo().next_by_code(self._name)))
        return super().create(vals_list)

    @api.onchange("version_id")
    def _onchange_version_id(self):
        if self.version_id and not self.name:
            self.name = self.version_id.display_name

    def _get_guarded_message(self, names):
        return self.env._(
            "A what-if is computed from posted cycles and not changed afterwards; make another one."
        )

    @api.ondelete(at_uninstall=False)
    def _unlink_rows(self):
        self._ensure_idle()
        self._drop_rows()

    def _drop_rows(self):
        for one in self:
            for model in ("mlm.what.if.person", "mlm.what.if.amount"):
                self.env[model]._partition_drop(one.number)
            # sudo: rows and files are the system's; who calls has checked the right
            as_system(one.cycle_ids).unlink()

    def _ensure_idle(self):
        for one in self:
            if one.state == "queued":
                raise UserError(self.env._("%s is being computed. Stop it first.", one.name))

    # -- what people do --------------------------------------------------------

    def action_compute(self):
        """Compute now, or in the background when the network is large."""
        self.check_access("write")
        for one in self:
            one._ensure_idle()
            one.network_id._ensure_led()
            one._ensure_can_compute()
            # sudo: the right to write was checked, here and below
            record = one.sudo()
            members = record.env["mlm.distributor"].search_count(
                [("network_id", "=", one.network_id.id)], limit=INLINE_MEMBERS + 1
            )
            as_internal(record).write({"error": False, "requested_by_id": self.env.uid})
            if members > INLINE_MEMBERS:
                as_internal(record).write({"state": "queued"})
                # sudo: as above; who may ask may wake the work
                self.env.ref("mlm_what_if.cron_work").sudo()._trigger()
            else:
                # sudo: as above; the result owes nothing to the context of who asks
                as_system(record)._compute_now()

    def action_stop(self):
        """End the computation; nothing of it is kept."""
        self.check_access("write")
        # sudo: the right to write was checked; the state is written by the work only
        for one in self.sudo():
            if one.state == "queued":
                self.env["mlm.job"]._stop_or_fail(one)

    def action_people(self, change=None):
        """People and what each would have got, the greatest differences first."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": "mlm.what.if.person",
            "view_mode": "list,kanban,pivot",
            "mobile_view_mode": "kanban",
            "domain": self._id_domain("mlm.what.if.person"),
            "context": {f"search_default_{change}": 1} if change else {},
        }

    def action_person(self, distributor_id):
        """Why somebody would have got more or less, with both sides."""
        self.ensure_one()
        self.check_access("read")
        person = self.env["mlm.distributor"].browse(distributor_id)
        return self.env["mlm.what.if.explanation"]._action_of(self, person)

    def _id_domain(self, model):
        """Domain of the rows of this what-if: the range of ids prunes partitions."""
        first, last = self.env[model]._id_range(self.number)
        return [("id", ">=", first), ("id", "<", last)]

    # -- work --------------------------------------------------------------------

    def _mlm_resumes(self):
        return ""

    def _keep_failure(self, message):
        as_internal(self).write({"state": "failed", "error": message})
