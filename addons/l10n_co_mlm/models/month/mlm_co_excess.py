# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, float_repr

from odoo.addons.mlm_base.exact import BigInteger, from_e4, to_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal, is_internal
from odoo.addons.mlm_base.scaled import ScaledMonetary

#: What is asked for; kept as it is from the decision on.
CONTENT = {
    "distributor_id",
    "item_id",
    "amount_e4",
    "amount_input",
    "requested_on",
    "document",
    "document_name",
    "not_claimed",
    "reason",
    "accounting_date",
}


class MlmCoExcess(models.Model):
    """What was withheld in excess and is given back at the payee's written request.

    An accountant asks for it with that request and the journal item that withheld too much; the
    second person's approval posts it: the account of the withholding is debited with its tax, so
    that the return of that month offsets it, and the person is owed the amount. Its base stays.
    One that was a mistake is taken back by the same amount with the other sign.
    """

    _name = "mlm.co.excess"
    _description = "Withholding in Excess"
    _inherit = ["mlm.asked", "mlm.posting", "mlm.dated", "mail.thread"]
    _order = "id desc"
    _free = CONTENT

    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(related="item_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    item_id = fields.Many2one(
        "account.move.line",
        string="Withheld By",
        required=True,
        index=True,
        ondelete="restrict",
        help="The journal item of an entry of commissions that withheld too much.",
    )
    person_ids = fields.Many2many(
        "res.partner", string="Holders", compute="_compute_person_ids", compute_sudo=True
    )
    amount_e4 = BigInteger(string="Amount (ten-thousandths)", required=True, aggregator=None)
    amount = ScaledMonetary(scaled="amount_e4", aggregator="sum")
    amount_input = fields.Monetary(
        string="To Refund",
        compute="_compute_amount_input",
        inverse="_inverse_amount_input",
        tracking=True,
    )
    left = fields.Monetary(
        compute="_compute_left",
        string="Withheld and Not Refunded",
        help="What the item withheld, less what was refunded of it.",
    )
    requested_on = fields.Date(string="Date of the Request", required=True)
    document = fields.Binary(attachment=True, string="Written Request", copy=False)
    document_name = fields.Char(copy=False)
    not_claimed = fields.Boolean(
        string="Neither Was nor Will Be Claimed",
        help="The request states so; it has to where the withholding is of an earlier year.",
    )
    reason = fields.Text(required=True, help="Why too much was withheld.")
    accounting_date = fields.Date(
        copy=False, help="Empty: the day of approval. A locked day moves to the first open one."
    )
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
    reverses_id = fields.Many2one(
        "mlm.co.excess",
        string="Takes Back",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    reversed_by_ids = fields.One2many("mlm.co.excess", "reverses_id", string="Taken Back By")
    code = fields.Char(readonly=True, copy=False)
    tax_number = fields.Char(
        readonly=True, copy=False, help="Of the document that withheld, without check digit."
    )
    basis = fields.Json(readonly=True, copy=False)
    move_id = fields.Many2one(
        "account.move",
        string="Journal entry",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )

    _not_nothing = models.Constraint(
        "CHECK(CASE WHEN reverses_id IS NULL THEN amount_e4 > 0 ELSE amount_e4 < 0 END)",
        "Write how much is refunded.",
    )
    _posted_has_entry = models.Constraint(
        "CHECK(state <> 'posted' OR move_id IS NOT NULL)", "A posted refund has an entry."
    )
    _reversed_once = models.UniqueIndex(
        "(reverses_id) WHERE reverses_id IS NOT NULL AND state IN ('requested', 'posted')",
        "It is already being taken back.",
    )

    @api.depends("distributor_id")
    def _compute_display_name(self):
        for excess in self:
            excess.display_name = self.env._(
                "Withheld in excess · %s", excess.distributor_id.display_name or ""
            )

    @api.depends("distributor_id")
    def _compute_person_ids(self):
        former = self.distributor_id._get_former_holders()
        for excess in self:
            person = excess.distributor_id
            excess.person_ids = person.partner_id | former.get(person.id, person.partner_id)

    @api.depends("amount_e4")
    def _compute_amount_input(self):
        for excess in self:
            excess.amount_input = float(from_e4(excess.amount_e4))

    def _inverse_amount_input(self):
        for excess in self:
            excess.amount_e4 = to_e4(float_repr(excess.amount_input, 4))

    @api.depends("item_id")
    def _compute_left(self):
        for excess in self:
            excess.left = excess._get_left_e4() / 10_000

    def _get_left_e4(self):
        """Return what the item withheld and nobody was refunded yet."""
        # sudo: of an item that the reader of the request may know
        item = self.sudo().item_id
        [(refunded,)] = self.sudo()._read_group(
            [("item_id", "=", item.id), ("state", "=", "posted")], [], ["amount_e4:sum"]
        )
        return to_e4(float_repr(-item.balance, 4)) - (refunded or 0)

    # -- content -------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        # the column is required and must not wait for the inverse
        for vals in vals_list:
            if "amount_input" in vals:
                amount = float_repr(vals.pop("amount_input"), 4)
                vals.setdefault("amount_e4", to_e4(amount))
        requests = super().create(vals_list)
        requests._ensure_refundable()
        return requests

    def write(self, vals):
        if CONTENT & set(vals) and not is_internal(self.env):
            self.check_access("write")
            for excess in self:
                excess._ensure_excess_state("requested")
                if excess.reverses_id and set(vals) - {"accounting_date"}:
                    raise UserError(self.env._("What takes something back stays as it is."))
                excess._ask_again()
        result = super().write(vals)
        if CONTENT & set(vals) and not is_internal(self.env):
            self._ensure_refundable()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        for excess in self:
            excess._ensure_excess_state("requested", "withdrawn")

    def _ensure_excess_state(self, *states):
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

    # -- what may be refunded ------------------------------------------------

    def _get_withheld(self):
        """Return the withholding that the item is, empty if it is none of commissions."""
        # sudo: of an item whose access was checked when it was chosen
        withheld = self.env["mlm.co.withheld"].sudo()
        item = self.sudo().item_id
        if self.sudo().search_count([("move_id", "=", item.move_id.id)], limit=1):
            return withheld  # a refund is none
        return withheld.search(
            [
                ("move_id", "=", item.move_id.id),
                ("id", "=", item.id),
                ("origin", "=", "commissions"),
            ]
        )

    def _ensure_refundable(self):
        """UserError where the item is no withholding of the person, or has not that much left."""
        for excess in self:
            person = excess.distributor_id
            withheld = excess._get_withheld()
            # sudo: names of the item that was chosen, and whom it may name
            item, people = excess.sudo().item_id, excess.sudo().person_ids
            if not withheld or withheld.partner_id not in people:
                raise UserError(
                    self.env._(
                        "%(item)s withheld nothing from %(person)s. Choose a journal item of an"
                        " entry of commissions that did.",
                        item=item.display_name,
                        person=person.display_name,
                    )
                )
            if excess._was_taken_back() and not excess.reverses_id:
                # sudo: its name, as above
                raise UserError(
                    self.env._(
                        "%s was taken back together with what it withheld.",
                        item.move_id.name,
                    )
                )
            left_e4 = excess._get_left_e4()
            if excess.state == "requested" and excess.amount_e4 > left_e4:
                money = Formats(self.env, excess.currency_id).money
                # sudo: its name, as above
                raise UserError(
                    self.env._(
                        "%(item)s withheld %(left)s that was not refunded yet; %(amount)s is more.",
                        item=item.display_name,
                        left=money(from_e4(left_e4)),
                        amount=money(from_e4(excess.amount_e4)),
                    )
                )

    def _was_taken_back(self):
        # sudo: as above
        return (
            self.env["mlm.adjustment"]
            .sudo()
            .search_count(
                [
                    ("move_id", "=", self.sudo().item_id.move_id.id),
                    ("distributor_id", "=", self.distributor_id.id),
                    ("reversed_by_ids.state", "=", "posted"),
                ],
                limit=1,
            )
        )

    def _hold_item(self):
        """Take the journal items: what is left of each is asked and given by one at a time."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM account_move_line WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
                self.sudo().item_id.ids,  # sudo: ids only
            )
        )

    # -- dates (`mlm.dated`) ----------------------------------------------------

    def _get_posting_days(self):
        if self.state != "requested" or not self.item_id:
            return {}
        date = self.accounting_date or fields.Date.context_today(self)
        return self.env["mlm.run"]._get_open_dates(self.company_id, date)

    def _get_day_due(self):
        # it is of the day on which it is given back, whichever year withheld it
        return self.accounting_date or fields.Date.context_today(self)

    def _get_date_askers(self):
        return self._get_askers()

    # -- steps -----------------------------------------------------------------

    def action_withdraw(self):
        self.check_access("write")
        self._lock()
        for excess in self:
            excess._ensure_excess_state("requested")
        # sudo: the right to write was checked; the state moves in steps only
        as_internal(self.sudo()).write({"state": "withdrawn"})

    def action_take_back(self):
        """Ask to take a posted refund back: the same amount with the other sign."""
        self.ensure_one()
        self.check_access("write")
        self._ensure_excess_state("posted")
        if self.reverses_id:
            raise UserError(self.env._("What takes something back cannot itself be taken back."))
        # sudo: the right to write was checked; what it takes back is set by this step only
        back = as_internal(self.sudo()).create(
            {
                "distributor_id": self.distributor_id.id,
                "item_id": self.item_id.id,
                "amount_e4": -self.amount_e4,
                "requested_on": fields.Date.context_today(self),
                "not_claimed": self.not_claimed,
                "reason": self.env._("Taken back: %s", self.reason),
                "reverses_id": self.id,
                "requested_by_id": self.env.uid,
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": back.id,
            "view_mode": "form",
        }

    def action_open_move(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
