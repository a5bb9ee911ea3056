from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal

# violations kept for each check; what is broken is broken, a list of all helps nobody
_LIMIT = 100
_MODULE = "mlm_genealogy"


class MlmCheck(models.Model):
    """One proof of the whole network: every law, what it read, and what it found.

    It repairs nothing. The checks run one by one, each in a transaction of its own,
    so that a network of a million people is proved without one endless request: the
    form asks for the next one until all are done, the nightly job does the same.
    """

    _name = "mlm.check"
    _description = "Check of the Network"
    _inherit = ["mlm.guarded", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _server_only = True

    scope = fields.Selection(
        [("network", "The Network"), ("all", "The Network, Volume and Commissions")],
        required=True,
        readonly=True,
        default="network",
    )
    state = fields.Selection(
        [("running", "Running"), ("done", "Done")],
        required=True,
        readonly=True,
        default="running",
    )
    verdict = fields.Selection(
        [("proved", "Consistent"), ("broken", "Contradictions"), ("failed", "Not Finished")],
        readonly=True,
        index="btree_not_null",
    )
    may_stop = fields.Boolean(compute="_compute_may_stop")
    author_id = fields.Many2one(
        "res.users",
        string="Asked by",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.uid,
    )
    started_at = fields.Datetime(
        string="Started on", required=True, readonly=True, default=fields.Datetime.now
    )
    ended_at = fields.Datetime(string="Ended on", readonly=True)
    line_ids = fields.One2many("mlm.check.line", "check_id", string="Checks", readonly=True)
    violation_ids = fields.One2many(
        "mlm.check.violation", "check_id", string="What Was Found", readonly=True
    )
    violation_count = fields.Integer(string="Violations", readonly=True)
    row_count = fields.Integer(string="Rows Examined", compute="_compute_totals")
    seconds = fields.Float(compute="_compute_totals", digits=(16, 1))
    progress = fields.Integer(compute="_compute_totals")
    fingerprint = fields.Char(
        string="Last Seal of the Events",
        readonly=True,
        help="Keep it outside the system: as long as the seal with this fingerprint exists and "
        "the rule is met, nothing before it has changed.",
    )
    unsealed_count = fields.Integer(string="Events Not Sealed Yet", readonly=True)

    @api.depends("started_at")
    def _compute_display_name(self):
        for check in self:
            check.display_name = self.env._(
                "Check of %s", Formats(self.env).moment(check.started_at)
            )

    @api.depends("line_ids.verdict")
    def _compute_totals(self):
        for check in self:
            lines = check.line_ids
            done = lines.filtered(lambda line: line.verdict != "waiting")
            check.row_count = sum(done.mapped("row_count"))
            check.seconds = sum(done.mapped("seconds"))
            check.progress = 100 * len(done) // (len(lines) or 1)

    # not of the model: a button brings the ids of its screen
    def action_start(self):
        """Start a check and open it; the form carries it out."""
        check = self._start()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": check.id,
            "view_mode": "form",
        }

    @api.model
    def _start(self, scope="network"):
        self.check_access("read")
        # sudo: the result is written by the check only
        Check = self.sudo()
        names = self.env["mlm.law"]._get_checks()
        if scope == "network":
            names = {k: about for k, about in names.items() if about["module"] == _MODULE}
        check = as_internal(Check).create({"scope": scope})
        as_internal(check.line_ids).create(
            [
                {
                    "check_id": check.id,
                    "sequence": number,
                    "name": name,
                    "module": about["module"],
                }
                for number, (name, about) in enumerate(names.items())
            ]
        )
        return check.sudo(False)

    def run_next(self):
        """Carry out the next check of the list; called by the form until all are done.

        :return: bool, whether more are waiting
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: a proof concerns all companies, and its result is written by it only
        return self.sudo()._run_next()

    def _run_next(self):
        self.ensure_one()
        self.line_ids.flush_recordset()
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM mlm_check_line WHERE check_id = %s AND verdict = 'waiting'
                 ORDER BY sequence, id LIMIT 1 FOR UPDATE SKIP LOCKED""",
                self.id,
            )
        )
        if rows and self.state == "running":
            self.env["mlm.check.line"].browse(rows[0][0])._run(_LIMIT)
        waiting = self._get_waiting()
        if not waiting and self.state == "running":
            self._finish()
        return bool(waiting) and self.state == "running"

    def _get_waiting(self):
        return self.line_ids.filtered(lambda line: line.verdict == "waiting")

    @api.depends_context("uid")
    def _compute_may_stop(self):
        for check in self:
            check.may_stop = check.author_id == self.env.user or self.env.user.has_group(
                "mlm_base.group_manager"
            )

    def action_stop(self):
        """Leave the checks that wait undone; what was found stays."""
        for check in self:
            check.check_access("read")
            if not check.may_stop:
                raise AccessError(self.env._("Only who asked for a check, or a manager, stops it."))
            if check.state == "running":
                # sudo: the result is written by the check only
                check.sudo()._finish()

    def _finish(self):
        verdicts = Counter(self.line_ids.mapped("verdict"))
        unfinished = verdicts["failed"] or verdicts["waiting"]
        verdict = "broken" if verdicts["broken"] else "failed" if unfinished else "proved"
        seal = self.env["mlm.event.seal"].search(
            [("subject", "=", "mlm.genealogy.event")], order="number desc", limit=1
        )
        as_internal(self).write(
            {
                "state": "done",
                "verdict": verdict,
                "ended_at": fields.Datetime.now(),
                "violation_count": sum(self.line_ids.mapped("violation_count")),
                "fingerprint": seal.fingerprint,
                "unsealed_count": self.env["mlm.genealogy.event"].search_count(
                    [("id", ">", seal.to_id)]
                ),
            }
        )

    @api.model
    def _cron_check(self):
        """Prove everything at night, and call the administrators if it fails."""
        # out of time, the scheduler calls again at once: go on where it stopped
        check = self.search(
            [("scope", "=", "all"), ("state", "=", "running"), ("author_id", "=", self.env.uid)],
            limit=1,
        )
        # sudo: only the nightly action comes here; the result is written by the check only
        check = (check or self._start(scope="all")).sudo()
        cron = self.env["ir.cron"]
        waiting = check._get_waiting()
        for remaining in reversed(range(len(waiting))):
            check._run_next()
            if check.state == "done" and check._get_waiting():
                return  # somebody has stopped it
            if not cron._commit_progress(1, remaining=remaining) and remaining:
                return
        if check.verdict != "proved":
            check._call_administrators()

    def _call_administrators(self):
        for user in self.env.ref("mlm_base.group_admin").all_user_ids.filtered("active"):
            if user.id == self.env.ref("base.user_root").id:
                continue
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("The check of the network found contradictions"),
                user_id=user.id,
            )
