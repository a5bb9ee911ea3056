# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr

from odoo.addons.mlm_base.exact import BigInteger, from_e4, to_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import is_internal
from odoo.addons.mlm_base.models.mlm_guarded import FREE
from odoo.addons.mlm_base.scaled import ScaledMonetary

#: What a person asks for; kept as it is from the decision on, as is what add-ons add to `_free`.
CONTENT = {
    "distributor_id",
    "kind",
    "given_as",
    "amount_e4",
    "amount_input",
    "reason",
    "document",
    "document_name",
    "accounting_date",
}
#: Of what takes something back: how much of it, why and when. The rest is as it was.
OF_TAKING_BACK = {
    "amount_e4",
    "amount_input",
    "reason",
    "document",
    "document_name",
    "accounting_date",
}
GIVEN_AS = [("cash", "Money"), ("goods", "Goods"), ("trip", "Trip")]


class MlmAdjustment(models.Model):
    """An amount for one person outside the plan (RULES 51): a prize, a correction.

    requested → posted or refused; withdrawn by whoever manages. The second person's approval
    posts it at once, with an entry of its own, so nothing agreed waits to be booked. Contract:
    ``docs/contracts/adjustment.md``.
    """

    _name = "mlm.adjustment"
    _description = "Adjustment"
    _inherit = ["mlm.asked", "mlm.of.network", "mlm.posting", "mail.thread"]
    _order = "id desc"
    _free = CONTENT
    _same_network = ("distributor_id", "period_id")

    company_id = fields.Many2one(
        "res.company",
        string="Home Company",
        compute="_compute_company_id",
        store=True,
        precompute=True,
        index=True,
        help="The company with which the person has the contract: it taxes and pays.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    distributor_id = fields.Many2one(
        "mlm.distributor",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('kind', '=', 'distributor'), ('network_id', '=', network_id)]",
        tracking=True,
    )
    kind = fields.Selection(
        [("prize", "Prize"), ("correction", "Correction")],
        required=True,
        default="correction",
        tracking=True,
    )
    given_as = fields.Selection(
        GIVEN_AS,
        required=True,
        default="cash",
        tracking=True,
        help="Goods and trips are taxed at their value and not paid in money.",
    )
    amount_e4 = BigInteger(string="Amount (ten-thousandths)", required=True, aggregator=None)
    amount = ScaledMonetary(scaled="amount_e4", aggregator="sum")
    amount_input = fields.Monetary(
        string="Gross Amount",
        compute="_compute_amount_input",
        inverse="_inverse_amount_input",
        # the chatter keeps integers in 32 bits, money as it is
        tracking=True,
        help="Before deductions. Below zero: taken from the person.",
    )
    reason = fields.Text(required=True, help="The person reads it in the statement.")
    document = fields.Binary(attachment=True, copy=False)
    document_name = fields.Char(copy=False)
    state = fields.Selection(
        [
            ("requested", "To approve"),
            ("posted", "Approved and posted"),
            ("refused", "Refused"),
            ("withdrawn", "Withdrawn"),
        ],
        default="requested",
        required=True,
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    origin_model = fields.Char(readonly=True, copy=False)
    origin_id = fields.Many2oneReference(
        model_field="origin_model",
        string="Comes From",
        readonly=True,
        copy=False,
        help="What the amount is for: a contest, a return, a dispute.",
    )
    origin_name = fields.Char(string="For", compute="_compute_origin_name")
    reverses_id = fields.Many2one(
        "mlm.adjustment",
        string="Takes Back",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversed_by_ids = fields.One2many("mlm.adjustment", "reverses_id", string="Taken Back By")
    can_be_taken_back = fields.Boolean(compute="_compute_can_be_taken_back")
    accounting_date = fields.Date(
        copy=False, help="Empty: the day of approval. A locked day moves to the first open one."
    )
    period_id = fields.Many2one(
        "mlm.period",
        string="Statement of Cycle",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Paid to",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
        help="Whoever held the membership when it was posted.",
    )
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    deducted_e4 = BigInteger(string="Deductions (ten-thousandths)", readonly=True, copy=False)
    net_e4 = BigInteger(string="To pay (ten-thousandths)", readonly=True, copy=False)
    deducted = ScaledMonetary(scaled="deducted_e4", string="Deductions")
    net = ScaledMonetary(scaled="net_e4", string="To pay")
    deduction_ids = fields.One2many("mlm.adjustment.deduction", "adjustment_id")

    _not_nothing = models.Constraint("CHECK(amount_e4 <> 0)", "An adjustment needs an amount.")
    _adds_up = models.Constraint(
        "CHECK(state <> 'posted' OR (move_id IS NOT NULL AND amount_e4 = deducted_e4 + net_e4))",
        "A posted adjustment has an entry, and its amount is what is deducted and paid.",
    )
    _once = models.UniqueIndex(
        "(origin_model, origin_id, distributor_id, kind)"
        " WHERE origin_id IS NOT NULL AND reverses_id IS NULL"
        " AND state IN ('requested', 'posted')",
        "This person already has an adjustment for this.",
    )
    _reversed_once = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL AND state = 'requested'",
        "It is already being taken back.",
    )

    @api.depends("distributor_id")
    def _compute_company_id(self):
        for adjustment in self:
            adjustment.company_id = adjustment.distributor_id.company_id or self.env.company

    @api.depends("amount_e4")
    def _compute_amount_input(self):
        for adjustment in self:
            adjustment.amount_input = float(from_e4(adjustment.amount_e4))

    def _inverse_amount_input(self):
        for adjustment in self:
            adjustment.amount_e4 = self._read_amount(adjustment.amount_input)

    @api.model
    def _read_amount(self, amount):
        return to_e4(float_repr(amount, 4))

    @api.depends("distributor_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for adjustment in self:
            parts = (kinds.get(adjustment.kind), adjustment.distributor_id.display_name)
            adjustment.display_name = " · ".join(filter(None, parts))

    @api.depends("origin_model", "origin_id", "reverses_id")
    def _compute_origin_name(self):
        for _model, adjustments in self.grouped("origin_model").items():
            # sudo: the names of what adjustments are for, of those that are read
            origins = {one.id: one.display_name for one in adjustments._origins().sudo()}
            for adjustment in adjustments:
                reversed_one = adjustment.reverses_id.sudo()
                adjustment.origin_name = (
                    reversed_one.display_name or origins.get(adjustment.origin_id) or False
                )

    def _origins(self):
        """Return the records that these adjustments, of one origin model, are for."""
        models_of = set(self.mapped("origin_model")) - {False}
        if len(models_of) != 1:
            return self.browse()
        return self.env[models_of.pop()].browse(set(self.mapped("origin_id"))).exists()

    # -- content -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # the column is required and must not wait for the inverse
        for vals in vals_list:
            if "amount_input" in vals:
                vals.setdefault("amount_e4", self._read_amount(vals.pop("amount_input")))
        adjustments = super().create(vals_list)
        adjustments._ensure_whole_units()
        adjustments._ensure_left_to_take()
        return adjustments

    def write(self, vals):
        asked = self._get_declared()[FREE].intersection(vals)
        if asked and not is_internal(self.env):
            self.check_access("write")
            for adjustment in self:
                adjustment._ensure_adjustment_state("requested")
                if not adjustment._get_changeable().issuperset(asked):
                    adjustment._ensure_of_nothing()
                adjustment._ask_again()
        result = super().write(vals)
        if "distributor_id" in vals and not is_internal(self.env):
            self.check_access("write")  # it follows the person into the home company
        if "amount_e4" in vals or "distributor_id" in vals:
            self._ensure_whole_units()
            self._ensure_left_to_take()
        return result

    def _get_changeable(self):
        """Names of the fields that may be changed until the decision."""
        self.ensure_one()
        if self.reverses_id:
            return OF_TAKING_BACK
        return set() if self.origin_id else self._get_declared()[FREE]

    def _ensure_of_nothing(self):
        """UserError where it belongs to another record, which says what it is."""
        if self.origin_id or self.reverses_id:
            raise UserError(
                self.env._(
                    "%s belongs to another record. Withdraw it there.",
                    self.display_name,
                )
            )

    def _ensure_whole_units(self):
        """UserError for an amount that its currency cannot write."""
        for adjustment in self:
            currency = adjustment.currency_id
            if adjustment.amount_e4 % round(currency.rounding * 10_000):
                raise UserError(
                    self.env._(
                        "%(amount)s has more decimals than %(currency)s.",
                        amount=Formats(self.env).number(from_e4(adjustment.amount_e4)),
                        currency=currency.name,
                    )
                )

    # -- taking back ---------------------------------------------------------

    @api.depends("amount_e4", "state", "reverses_id", "reversed_by_ids.state")
    def _compute_can_be_taken_back(self):
        for adjustment in self:
            adjustment.can_be_taken_back = (
                adjustment.state == "posted"
                and not adjustment.reverses_id
                and "requested" not in adjustment.reversed_by_ids.mapped("state")
                and adjustment._get_left_e4() != 0
            )

    def _get_left_e4(self):
        """What was not taken back yet of the amount, with its sign."""
        self.ensure_one()
        posted = self.reversed_by_ids.filtered(lambda one: one.state == "posted")
        return self.amount_e4 + sum(posted.mapped("amount_e4"))

    def _ensure_left_to_take(self):
        """UserError for what takes back more than is left, or adds to it."""
        for adjustment in self.filtered("reverses_id"):
            if adjustment.state != "requested":
                continue
            left_e4, taken_e4 = adjustment.reverses_id._get_left_e4(), -adjustment.amount_e4
            if taken_e4 * left_e4 <= 0 or abs(taken_e4) > abs(left_e4):
                raise UserError(
                    self.env._(
                        "Of %(name)s %(left)s is left to take back.",
                        name=adjustment.reverses_id.display_name,
                        left=Formats(self.env, adjustment.currency_id).money(from_e4(left_e4)),
                    )
                )

    def _get_guarded_message(self, names):
        return self.env._("Use the buttons of the adjustment.")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for adjustment in self:
            adjustment._ensure_adjustment_state("requested", "withdrawn")
            adjustment._ensure_of_nothing()

    def _ensure_adjustment_state(self, *states):
        self.ensure_one()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(name)s is “%(state)s”; this needs “%(wanted)s”.",
                    name=self.display_name,
                    state=labels[self.state],
                    wanted=" / ".join(labels[state] for state in states),
                )
            )
