# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from odoo.addons.mlm_base.exact import BigInteger, from_e6
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal, is_internal
from odoo.addons.mlm_base.scaled import ScaledMonetary

#: States of a run that was sent for approval, or went further.
LIVE = ("submitted", "approved", "posting", "posted")
#: States in which a run has figures.
COMPUTED = ("preview", *LIVE)
# What is stored of a result, each in a partition of the run.
STORES = ("mlm.earning", "mlm.measure", "mlm.run.sum")


class MlmRun(models.Model):
    """One computation of one cycle: preview → submitted → approved → posted.

    Every preview is a run of its own, so previews can be compared; only one run
    of a cycle goes on to be posted. The file holds the states; computing,
    approval, posting, reading and reporting are in ``mlm_run_*.py``.
    """

    _name = "mlm.run"
    _description = "Commission Run"
    _inherit = [
        "mlm.guarded",
        "mlm.of.network",
        "mlm.posting",
        "mail.thread",
        "mail.activity.mixin",
    ]
    _order = "number desc"
    _server_only = True
    _same_network = ("period_id", "version_id")
    _free = ("accounting_date",)

    number = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        help="Counts all runs; the rows of the run have ids number × 2^32 + n.",
    )
    # as they were when the run was made
    money_company_id = fields.Many2one(
        "res.company",
        compute="_compute_money",
        store=True,
        precompute=True,
        ondelete="restrict",
        help="The company whose currency the run's totals are in.",
    )
    currency_id = fields.Many2one(
        "res.currency", compute="_compute_money", store=True, precompute=True, ondelete="restrict"
    )
    period_id = fields.Many2one(
        "mlm.period",
        string="Cycle",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    version_id = fields.Many2one(
        "mlm.plan.version", string="Plan", readonly=True, ondelete="restrict"
    )
    state = fields.Selection(
        [
            ("queued", "In the queue"),
            ("computing", "Computing"),
            ("preview", "Preview"),
            ("submitted", "To approve"),
            ("approved", "Approved"),
            ("posting", "Posting"),
            ("posted", "Posted"),
            ("failed", "Failed"),
            ("cancelled", "Discarded"),
        ],
        default="queued",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    error = fields.Text(readonly=True, copy=False)
    fx_e6 = BigInteger(string="Exchange (millionths)", readonly=True)
    rates = fields.Json(
        readonly=True,
        copy=False,
        help="Rates of the other currencies that bonuses use: code and millionths.",
    )
    fx = fields.Char(compute="_compute_fx", string="Exchange rate")
    snapshot_id = fields.Many2one("ir.attachment", readonly=True, copy=False)
    snapshot_sha = fields.Char(readonly=True, copy=False, string="Inputs (SHA-256)")
    inputs_mark = fields.Char(
        readonly=True, copy=False, help="While it stays the same the inputs have not changed."
    )
    digest = fields.Char(readonly=True, copy=False, string="Result (SHA-256)")
    engine_version = fields.Integer(
        readonly=True,
        copy=False,
        aggregator=None,
        string="Engine",
        help="Version of the calculation; the digest is proved with the same one.",
    )
    computed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    computed_at = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    submitted_at = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    posted_at = fields.Datetime(readonly=True, copy=False)
    accounting_date = fields.Date(
        copy=False, help="Date of the journal entries; empty: the day of posting."
    )

    earning_count = fields.Integer(readonly=True, string="Earnings")
    payee_count = fields.Integer(readonly=True, string="People paid")
    amount_e4 = BigInteger(string="Earned (ten-thousandths)", readonly=True)
    breakage_e4 = BigInteger(string="Breakage (ten-thousandths)", readonly=True)
    deducted_e4 = BigInteger(string="Deductions (ten-thousandths)", readonly=True)
    net_e4 = BigInteger(string="To pay (ten-thousandths)", readonly=True)
    amount = ScaledMonetary(scaled="amount_e4", string="Earned")
    breakage = ScaledMonetary(scaled="breakage_e4", string="Breakage")
    deducted = ScaledMonetary(scaled="deducted_e4", string="Deductions")
    net = ScaledMonetary(scaled="net_e4", string="To pay")
    cv = fields.Float(readonly=True, digits=(18, 2), string="CV of the cycle")
    payout_ratio = fields.Float(
        compute="_compute_payout_ratio",
        digits=(9, 2),
        string="Paid % of CV",
        help="What was earned, as a percentage of the cycle's CV, at the run's exchange rate.",
    )
    bonus_total_ids = fields.One2many(
        "mlm.run.total", "run_id", string="By bonus", domain=[("kind", "=", "bonus")]
    )
    rank_total_ids = fields.One2many(
        "mlm.run.total", "run_id", string="By rank", domain=[("kind", "=", "rank")]
    )
    chunk_ids = fields.One2many("mlm.run.chunk", "run_id", string="Parts")
    statement_ids = fields.One2many("mlm.statement", "run_id", string="Statements")
    move_count = fields.Integer(compute="_compute_move_count", string="Journal entries")
    previous_id = fields.Many2one("mlm.run", readonly=True, copy=False, string="Preview before")
    is_stale = fields.Boolean(
        string="Outdated", compute="_compute_is_stale", help="Volume changed after this preview."
    )
    progress_stage = fields.Char(string="Stage", compute="_compute_progress")
    progress_done = fields.Integer(string="Progress", compute="_compute_progress")
    progress_left = fields.Char(string="Time left", compute="_compute_progress")

    _number_uniq = models.Constraint("UNIQUE(number)", "A run already has this number.")
    _one_live_run = models.UniqueIndex(
        "(period_id) WHERE state IN ('submitted', 'approved', 'posting', 'posted')",
        "Another run of this cycle is already submitted for approval.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            raise AccessError(self.env._("A run begins as a preview of a cycle."))
        for vals in vals_list:
            vals["number"] = int(self.env["ir.sequence"].next_by_code("mlm.run"))
        return super().create(vals_list)

    def write(self, vals):
        if "accounting_date" in vals and not is_internal(self.env):
            for run in self:
                run._ensure_run_state("queued", "failed", "preview", "submitted", "approved")
        return super().write(vals)

    @api.constrains("accounting_date")
    def _check_accounting_date(self):
        """Nobody has earned anything before the cycle ends; rates of deductions go by the date."""
        formats = Formats(self.env)
        for run in self.filtered("accounting_date"):
            if run.accounting_date < run.period_id.date_end:
                raise ValidationError(
                    self.env._(
                        "%(run)s cannot be posted on %(date)s, before the end of the cycle. Choose"
                        " %(end)s or later.",
                        run=run.display_name,
                        date=formats.day(run.accounting_date),
                        end=formats.day(run.period_id.date_end),
                    )
                )

    def _get_guarded_message(self, names):
        return self.env._(
            "%(fields)s of a run cannot be written; use the buttons.", fields=", ".join(names)
        )

    def _mlm_reads_rate_of(self, currency):
        """Whether the run turned amounts of a currency into a company's; the plan names
        currencies by their code, which stays (`res.currency`)."""
        return currency.name in {self.version_id._plan()["base_currency"], *(self.rates or {})}

    def _as_step(self):
        """The run with the rights of the system, for somebody who may change it."""
        self.check_access("write")
        return self.sudo()

    @api.depends("period_id", "number")
    def _compute_display_name(self):
        for run in self:
            run.display_name = self.env._(
                "%(period)s · run %(number)s",
                period=run.period_id.display_name,
                number=run.number,
            )

    @api.depends("network_id", "version_id")
    def _compute_money(self):
        for run in self:
            run.money_company_id = run.network_id._get_money_company(run.version_id)
            run.currency_id = run.money_company_id.currency_id

    @api.depends("fx_e6", "rates", "version_id")
    @api.depends_context("lang")
    def _compute_fx(self):
        """``4.500``, or each currency with its rate where bonuses use several."""
        formats = Formats(self.env)
        for run in self:
            run.fx = formats.number(from_e6(run.fx_e6))
            if run.rates:
                base = run.version_id._plan()["base_currency"]
                run.fx = " · ".join(
                    f"{code} {formats.number(from_e6(rate))}"
                    for code, rate in {base: run.fx_e6, **run.rates}.items()
                )

    @api.depends("amount_e4", "cv", "fx_e6")
    def _compute_payout_ratio(self):
        for run in self:
            base = run.cv * run.fx_e6 / 1_000_000
            run.payout_ratio = run.amount_e4 / 100 / base if base else 0

    def _compute_move_count(self):
        counts = dict(
            self.env["mlm.run.chunk"]._read_group(
                [("run_id", "in", self.ids), ("move_id", "!=", False)],
                ["run_id"],
                ["__count"],
            )
        )
        for run in self:
            run.move_count = counts.get(run, 0)

    def _compute_is_stale(self):
        """Cheap sign on the screen; approval compares the inputs themselves."""
        # sudo: whether something came since, of a run that is read
        entries = self.env["mlm.volume.entry"].sudo()
        for run in self:
            run.is_stale = bool(
                run.state in ("preview", "submitted")
                and run.computed_at
                and entries.search_count(
                    [
                        ("period_id", "in", run.period_id._cycles_read().ids),
                        ("recorded_at", ">", run.computed_at),
                    ],
                    limit=1,
                )
            )

    def _compute_progress(self):
        work = ["post" if run.state == "posting" else "compute" for run in self]
        self.env["mlm.run.progress"]._show(self, self, work)

    def _ensure_run_state(self, *states):
        """UserError unless the run is in one of ``states``."""
        self.ensure_one()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(run)s is “%(state)s”; this needs “%(wanted)s”.",
                    run=self.display_name,
                    state=labels[self.state],
                    wanted=" / ".join(labels[state] for state in states),
                )
            )

    def _id_domain(self, model):
        """Domain of the rows of this run: the range of ids prunes partitions."""
        first, last = self.env[model]._id_range(self.number)
        return [("id", ">=", first), ("id", "<", last)]

    @api.ondelete(at_uninstall=False)
    def _unlink_only_previews(self):
        for run in self:
            run._ensure_run_state("queued", "preview", "failed", "cancelled")
            run._drop_rows()
            # sudo: the frozen inputs are nobody's but the system's
            run.sudo().snapshot_id.with_user(SUPERUSER_ID).unlink()

    def _drop_rows(self):
        for model in STORES:
            self.env[model]._partition_drop(self.number)

    def action_discard(self):
        """Throw a preview away: its rows go, the record stays as a trace."""
        for run in self._as_step():
            run._ensure_run_state("preview", "failed", "queued")
            run._drop_rows()
            run.bonus_total_ids.unlink()
            run.rank_total_ids.unlink()
            as_internal(run).write({"state": "cancelled"})

    # -- what the screens open --------------------------------------------

    def _action_earnings(self, distributor=None, bonus=None, title=None):
        domain = self._id_domain("mlm.earning")
        if distributor:
            domain.append(("payee_id", "=", distributor.id))
        if bonus:
            domain.append(("bonus_id", "=", bonus.id))
        return {
            "type": "ir.actions.act_window",
            "name": title or self.env._("Earnings of %(run)s", run=self.display_name),
            "res_model": "mlm.earning",
            "view_mode": "list,pivot,graph,form",
            "domain": domain,
            "context": {} if distributor else {"search_default_by_payee": 1},
        }

    def action_earnings(self):
        self.ensure_one()
        return self._action_earnings()

    def action_breakage(self):
        self.ensure_one()
        action = self._action_earnings(
            title=self.env._("Breakage · %(run)s", run=self.display_name)
        )
        action["domain"].append(("breakage_e4", "!=", 0))
        action["context"] = {"search_default_by_reason": 1}
        return action

    def action_measures(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Figures of %(run)s", run=self.display_name),
            "res_model": "mlm.measure",
            "view_mode": "list,kanban,pivot,form",
            "mobile_view_mode": "kanban",
            "domain": self._id_domain("mlm.measure"),
        }

    def _action_rank(self, rank):
        action = self.action_measures()
        action["name"] = rank.name
        action["domain"] += [("rank_id", "=", rank.id)]
        return action

    def action_moves(self):
        self.ensure_one()
        moves = self.chunk_ids.move_id
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Journal entries of %(run)s", run=self.display_name),
            "res_model": "account.move",
            "view_mode": "list,form",
            "views": [(self.env.ref("account.view_move_tree").id, "list"), (False, "form")],
            "domain": [("id", "in", moves.ids)],
        }
        if len(moves) == 1:
            action.update(view_mode="form", views=[(False, "form")], res_id=moves.id)
        return action

    def action_statements(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statements of %(run)s", run=self.display_name),
            "res_model": "mlm.statement",
            "view_mode": "list,form",
            "domain": [("run_id", "=", self.id)],
        }
