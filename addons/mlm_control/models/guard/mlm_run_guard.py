# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal

# Named in the alarm; the rest see the run.
ALARMED = ("mlm_base.group_manager", "mlm_base.group_approver")


class MlmRun(models.Model):
    """The cost guard: what the run pays, as a part of CV and of net sales.

    The limits in force are kept with the run. Above one of them the managers are
    alarmed and a third person, another approver, signs before posting.
    """

    _inherit = "mlm.run"

    guard_cv = fields.Float(readonly=True, digits=(9, 2), string="Limit, % of CV")
    guard_sales = fields.Float(readonly=True, digits=(9, 2), string="Limit, % of net sales")
    is_over_guard = fields.Boolean(
        readonly=True, copy=False, string="Above the limit", help="Needs a third signature."
    )
    guard_text = fields.Char(compute="_compute_guard_text")
    countersigned_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, string="Third signature by", tracking=True
    )
    countersigned_at = fields.Datetime(readonly=True, copy=False, string="Third signature on")
    is_guard_preview = fields.Boolean(
        readonly=True, copy=False, help="Computed at night to watch the cost."
    )

    @api.depends("is_over_guard", "guard_cv", "guard_sales", "payout_ratio", "sales_ratio")
    @api.depends_context("lang")
    def _compute_guard_text(self):
        for run in self:
            run.guard_text = "; ".join(run._get_guard_texts()) if run.is_over_guard else False

    def _get_guard_texts(self):
        texts, number = [], Formats(self.env).number
        if self._is_above(self._cv_money_e4(), self.guard_cv):
            texts.append(
                self.env._(
                    "it pays %(ratio)s %% of CV and the limit is %(limit)s %%",
                    ratio=number(self.payout_ratio, 2),
                    limit=number(self.guard_cv, 2),
                )
            )
        if self._is_above(self.net_sales_e4, self.guard_sales, self._paid_with_prizes_e4()):
            texts.append(
                self.env._(
                    "it pays %(ratio)s %% of net sales and the limit is %(limit)s %%",
                    ratio=number(self.sales_ratio, 2),
                    limit=number(self.guard_sales, 2),
                )
                if self.net_sales_e4 > 0
                else self.env._("it pays even though there were no net sales")
            )
        return texts

    def _is_above(self, base_e4, limit, paid_e4=None):
        """Whether the run pays more than ``limit`` percent of ``base_e4``; 0: no limit.

        A run that pays nothing pays no more than anything, also where returns exceed the sales.

        :param paid_e4: what is paid, by default what the run pays
        """
        paid_e4 = self.amount_e4 if paid_e4 is None else paid_e4
        if not limit or paid_e4 <= 0:
            return False
        return paid_e4 * 10_000 > base_e4 * round(limit * 100)

    def _store_guard(self):
        """Keep the limits of now; alarm when one of them is passed."""
        network = self.network_id
        as_internal(self).write(
            {
                "guard_cv": network.guard_cv,
                "guard_sales": network.guard_sales,
            }
        )
        self.invalidate_recordset()  # the readable column follows the exact one
        over = bool(self._get_guard_texts())
        as_internal(self).write({"is_over_guard": over})
        if over and not self.previous_id.is_over_guard:
            self._raise_alarm()

    def _raise_alarm(self):
        """A note on the run and an activity for each manager and approver."""
        text = self.env._(
            "Cost alarm of %(run)s: %(text)s. It needs the signature of a third person"
            " before it is posted.",
            run=self.display_name,
            text="; ".join(self._get_guard_texts()),
        )
        self.message_post(body=text)
        for user in self._get_alarmed():
            self.activity_schedule(
                "mail.mail_activity_data_warning",
                user_id=user.id,
                summary=self.env._("Cost alarm"),
                note=text,
            )

    def _get_alarmed(self):
        groups = self.env["res.groups"].union(*(self.env.ref(name) for name in ALARMED))
        # sudo: who is to be called, of the companies of the network; only activities come of it
        return (
            self.env["res.users"]
            .sudo()
            .search(
                [
                    ("all_group_ids", "in", groups.ids),
                    ("company_ids", "in", self.network_id._get_homes().ids),
                    ("share", "=", False),
                ]
            )
        )

    # -- the third signature -------------------------------------------------

    def action_countersign(self):
        """Sign a costly run: an approver who had no part in it so far."""
        if not self.env.user.has_group("mlm_base.group_approver"):
            raise AccessError(self.env._("Only people with the role “Approver” can sign a run."))
        for run in self:
            run.check_access("read")
            run._ensure_run_state("approved")
            if not run.is_over_guard or run.countersigned_by_id:
                raise UserError(
                    self.env._("%(run)s needs no further signature.", run=run.display_name)
                )
            run.network_id._ensure_led()
            if self.env.user in run.computed_by_id + run.submitted_by_id + run.approved_by_id:
                raise UserError(
                    self.env._(
                        "You computed, submitted or approved %(run)s yourself. Somebody else "
                        "has to sign it.",
                        run=run.display_name,
                    )
                )
            run._ensure_inputs_unchanged()
            # sudo: the approver has no right to change a run except by signing it
            as_internal(run.sudo()).write(
                {"countersigned_by_id": self.env.uid, "countersigned_at": self.env.cr.now()}
            )
            run.sudo().activity_feedback(["mail.mail_activity_data_warning"])

    def action_withdraw(self):
        result = super().action_withdraw()
        # sudo: the step before has checked the right to write the run
        as_internal(self.sudo()).write({"countersigned_by_id": False, "countersigned_at": False})
        return result

    def _start_posting(self):
        if self.is_over_guard and not self.countersigned_by_id:
            raise UserError(
                self.env._(
                    "%(run)s needs the signature of a third person: %(text)s. An approver other "
                    "than %(first)s has to sign it.",
                    run=self.display_name,
                    text=self.guard_text,
                    first=self.approved_by_id.display_name,
                )
            )
        return super()._start_posting()

    # -- every night ---------------------------------------------------------

    @api.model
    def _cron_guard(self):
        """Compute the present cycles where the network wants it; the runs go to the queue."""
        for network in self.env["mlm.network"].search([("guard_daily", "=", True)]):
            self._guard_previews(network)
        self.env.ref("mlm_commission.cron_work")._trigger()

    @api.model
    def _guard_previews(self, network):
        """Queue a preview of each present period of the network; return the runs."""
        periods = (
            self.env["mlm.period"]
            .with_company(network._get_homes()[:1])
            .search(
                [
                    ("network_id", "=", network.id),
                    ("state", "in", ("open", "grace")),
                    ("is_current", "=", True),
                ]
            )
        )
        return self.union(*(self._guard_preview(period) for period in periods))

    @api.model
    def _guard_preview(self, period):
        """Queue a preview; the last one of the night stays to be compared with, those
        before it are discarded.

        Nothing happens while the period before is not posted or no volume came in.
        """
        try:
            period._ensure_can_compute()
        except UserError:
            return self.browse()  # tomorrow
        nightly = self.search(
            [
                ("period_id", "=", period.id),
                ("state", "=", "preview"),
                ("is_guard_preview", "=", True),
            ],
            order="number desc",
        )
        if nightly and not nightly[0].is_stale:
            return self.browse()
        nightly[1:].action_discard()
        run = self._create_preview(period)
        as_internal(run).write({"is_guard_preview": True})
        return run
