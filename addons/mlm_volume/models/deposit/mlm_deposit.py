# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from ...unpaid import INVOICE, UNPAID


class MlmDeposit(models.Model):
    """Money that a buyer paid in, until it is known what it pays.

    ``paid_on`` is the day that counts: of the transaction at the gateway or collector, or the
    operation date of the bank line, never its value date. A proof is no money: it says whose
    the money is, and is settled with it.
    """

    _name = "mlm.deposit"
    _description = "Deposit to Identify"
    _inherit = ["mlm.guarded", "mail.thread"]
    _order = "paid_on desc, id desc"
    _rec_name = "reference"
    _check_company_auto = True
    _server_only = True
    _free = ("paid_on", "chosen_id", "reason")

    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one("res.currency", required=True)
    source = fields.Selection(
        [("bank", "Bank line"), ("file", "Gateway or collector"), ("proof", "Proof from a buyer")],
        required=True,
    )
    journal_id = fields.Many2one("account.journal", check_company=True)
    amount = fields.Monetary(required=True)
    paid_at = fields.Datetime(string="Paid at", help="If the time of the payment is known.")
    paid_on = fields.Date(
        string="Paid on",
        required=True,
        tracking=True,
        help="Day of the transaction or of the operation, not the bank's value date: it says in"
        " which cycle the sale counts.",
    )
    reference = fields.Char(help="What the buyer or the bank wrote.")
    payer = fields.Char()
    statement_line_id = fields.Many2one(
        "account.bank.statement.line", index="btree_not_null", ondelete="cascade"
    )
    key = fields.Char(
        help="Of a line in a file: reading the same line again gives the same deposit."
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", string="Sent by", index="btree_not_null", ondelete="restrict"
    )
    file = fields.Binary(string="Proof", attachment=True)
    file_name = fields.Char()
    chosen_id = fields.Many2one(
        "account.move",
        string="Chosen invoice",
        domain=f"[('company_id', '=', company_id)] + {UNPAID[INVOICE]}",
        check_company=True,
        help="If the proposal is wrong, or there is none.",
    )
    payment_id = fields.Many2one("account.payment", index="btree_not_null", ondelete="set null")
    settled_id = fields.Many2one("account.move", string="Paid invoice", index="btree_not_null")
    reason = fields.Char(tracking=True, help="Why it pays no order; needed to waive it.")
    decided_by_id = fields.Many2one("res.users", string="Decided by", tracking=True)
    decided_at = fields.Datetime()
    is_waived = fields.Boolean()
    state = fields.Selection(
        [("open", "To identify"), ("matched", "Matched"), ("waived", "Waived")],
        compute="_compute_state",
        store=True,
        tracking=True,
    )

    _open_idx = models.Index("(company_id, amount) WHERE state = 'open'")
    _line_uniq = models.UniqueIndex(
        "(statement_line_id) WHERE statement_line_id IS NOT NULL",
        "This bank line is already among the deposits.",
    )
    _key_uniq = models.UniqueIndex(
        "(company_id, key) WHERE key IS NOT NULL", "This line of the file has already been read."
    )
    _positive = models.Constraint(
        "CHECK(amount > 0)", "The amount of a deposit must be above zero."
    )

    @api.depends(
        "settled_id.payment_state",
        "is_waived",
        "statement_line_id.is_reconciled",
        "payment_id.state",
        "payment_id.move_id.line_ids.amount_residual",
    )
    def _compute_state(self):
        """Where the match is undone in accounting, the money waits again."""
        for deposit in self:
            line, payment = deposit.statement_line_id, deposit.payment_id
            if line:
                is_matched = line.is_reconciled
            elif deposit.source == "proof":
                is_matched = deposit.settled_id.payment_state not in (False, "not_paid")
            else:
                is_matched = payment._mlm_pays()
            if is_matched:
                deposit.state = "matched"
            else:
                deposit.state = "waived" if deposit.is_waived else "open"

    def write(self, vals):
        if {"paid_on", "chosen_id"} & set(vals):
            self._ensure_open()
        result = super().write(vals)
        if "paid_on" in vals:
            self._ensure_past()
        return result

    def _ensure_past(self):
        for deposit in self:
            network = deposit.company_id.sudo().mlm_network_id  # sudo: whose day it is
            if deposit.paid_on > self.env["mlm.period"]._today(network):
                raise UserError(
                    self.env._("%s cannot have been paid in the future.", deposit.display_name)
                )

    def _ensure_open(self):
        for deposit in self:
            if deposit.state != "open":
                raise UserError(
                    self.env._(
                        "%(deposit)s is already “%(state)s”.",
                        deposit=deposit.display_name,
                        state=dict(self._fields["state"]._description_selection(self.env))[
                            deposit.state
                        ],
                    )
                )

    @api.depends("reference")
    def _compute_display_name(self):
        for deposit in self:
            deposit.display_name = deposit.reference or self.env._("Deposit %s", deposit.id)

    def _decide(self, **values):
        decided = {"decided_by_id": self.env.uid, "decided_at": self.env.cr.now()}
        as_internal(self).write({**decided, **values})

    def action_waive(self):
        """Say that it pays no order, with the reason that stands on it."""
        self.check_access("write")
        self._ensure_open()
        for deposit in self:
            if not (deposit.reason or "").strip():
                raise UserError(
                    self.env._("Enter on %s why it pays no order.", deposit.display_name)
                )
        self._decide(is_waived=True)

    def action_reopen(self):
        """Look at a waived one again."""
        self.check_access("write")
        self.filtered("is_waived")._decide(is_waived=False)
