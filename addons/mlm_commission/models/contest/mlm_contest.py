# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.formats import Formats

#: What a manager writes; promised to people, and so kept, once the contest runs.
CONTENT = {
    "name",
    "company_id",
    "text",
    "date_start",
    "date_end",
    "measure",
    "product_ids",
    "mode",
    "minimum",
    "prize_ids",
}
MEASURES = [
    ("personal_pv", "Personal volume (PV)"),
    ("personal_cv", "Personal volume (CV)"),
    ("customer_pv", "Sales to customers (PV)"),
    ("frontline_pv", "Volume of the frontline (PV)"),
    ("group_pv", "Group volume (PV)"),
    ("new_buyers", "New people sponsored who bought"),
]


class MlmContest(models.Model):
    """A contest outside the plan (RULES 20, 51): a measure, a window of days, a threshold or
    places, and prizes.

    draft → running → closed → done; cancelled before it is closed. Closing freezes the places
    and asks for one adjustment per prize, which a second person approves. People of one home
    company take part, which pays.
    """

    _name = "mlm.contest"
    _description = "Contest"
    _inherit = ["mlm.guarded", "mlm.of.network", "mail.thread"]
    _order = "date_end desc, id desc"
    _free = CONTENT

    name = fields.Char(required=True, translate=True, tracking=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
        help="Its people take part, and it pays the prizes.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    text = fields.Text(
        string="Rules for People",
        translate=True,
        help="What people read about the contest in the portal.",
    )
    date_start = fields.Date(string="First day", required=True, tracking=True)
    date_end = fields.Date(string="Last day", required=True, tracking=True)
    measure = fields.Selection(
        MEASURES, required=True, default="personal_pv", string="Counts", tracking=True
    )
    product_ids = fields.Many2many(
        "product.product",
        string="Only These Products",
        domain="[('sale_ok', '=', True)]",
        help="Empty: all products.",
    )
    mode = fields.Selection(
        [("top", "The first places"), ("threshold", "Everybody who reaches the minimum")],
        required=True,
        default="top",
        string="Winners",
        tracking=True,
    )
    minimum = fields.Float(
        digits=(18, 2),
        help="Whoever has less gets no place.",
        tracking=True,
    )
    prize_ids = fields.One2many("mlm.contest.prize", "contest_id", copy=True)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("running", "Running"),
            ("closed", "To approve"),
            ("done", "Finished"),
            ("cancelled", "Cancelled"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    started_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    closed_at = fields.Datetime(readonly=True, copy=False)
    place_ids = fields.One2many("mlm.contest.place", "contest_id")
    adjustment_ids = fields.Many2many(
        "mlm.adjustment", compute="_compute_adjustment_ids", string="Adjustments"
    )
    adjustment_count = fields.Integer(compute="_compute_adjustment_ids")
    counted_at = fields.Datetime(
        string="Standings Counted on", readonly=True, copy=False, help="While it runs."
    )
    prizes_e4 = BigInteger(
        string="Value of the Prizes (ten-thousandths)", readonly=True, copy=False
    )
    prize_total = fields.Monetary(
        compute="_compute_prize_total",
        string="Value of the Prizes",
        help="As they would be given now.",
    )
    is_over = fields.Boolean(compute="_compute_is_over")
    standings_html = fields.Html(compute="_compute_standings_html", sanitize=False)

    _dates_ordered = models.Constraint(
        "CHECK(date_end >= date_start)", "A contest must not end before it begins."
    )
    _minimum_positive = models.Constraint(
        "CHECK(minimum >= 0)", "The minimum must not be below zero."
    )

    def _compute_adjustment_ids(self):
        adjustments = self.env["mlm.adjustment"]
        found = adjustments.search(
            [("origin_model", "=", self._name), ("origin_id", "in", self.ids)]
        ).grouped("origin_id")
        for contest in self:
            contest.adjustment_ids = found.get(contest.id, adjustments)
            contest.adjustment_count = len(contest.adjustment_ids)

    @api.depends("date_end")
    def _compute_is_over(self):
        for contest in self:
            today = self.env["mlm.period"]._today(contest.network_id)
            contest.is_over = bool(contest.date_end) and contest.date_end < today

    @api.constrains("company_id", "network_id")
    def _check_company_in_network(self):
        for contest in self:
            # sudo: of which network a company is, for a check
            if contest.company_id.sudo().mlm_network_id != contest.network_id:
                raise ValidationError(
                    self.env._(
                        "%(company)s is not a company of %(network)s.",
                        company=contest.company_id.display_name,
                        network=contest.network_id.display_name,
                    )
                )

    def _ensure_may_change(self, names):
        if CONTENT & names:
            self._ensure_contest_state("draft")
        return super()._ensure_may_change(names)

    @api.constrains("mode")
    def _check_prizes(self):
        self.prize_ids._check_one_each()

    def _get_guarded_message(self, names):
        return self.env._("Use the buttons of the contest.")

    def _unit(self):
        """Return what the figure of a place is counted in."""
        self.ensure_one()
        if self.measure == "new_buyers":
            return self.env._("people")
        return "CV" if self.measure == "personal_cv" else "PV"

    def _words(self):
        self.ensure_one()
        # sudo: how the currency of a company is written
        return Formats(self.env, self.company_id.sudo().currency_id)
