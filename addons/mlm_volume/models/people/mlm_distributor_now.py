# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_genealogy.models.distributor.mlm_distributor import PEOPLE
from odoo.addons.mlm_genealogy.scope import Scope


class MlmDistributor(models.Model):
    """What somebody buys: volume of the present cycle, last order, last payment."""

    _inherit = "mlm.distributor"

    mlm_period_id = fields.Many2one("mlm.period", string="Present Cycle", compute="_compute_now")
    mlm_pay_date = fields.Date(string="Paid on", compute="_compute_now")
    mlm_pv = fields.Float(string="PV", compute="_compute_now", digits=(18, 2))
    mlm_cv = fields.Float(string="CV", compute="_compute_now", digits=(18, 2))
    mlm_last_order = fields.Date(string="Last Order", compute="_compute_now", groups=PEOPLE)
    mlm_last_payment = fields.Date(
        string="Last Payment Received",
        compute="_compute_now",
        groups=PEOPLE,
        help="Day of the last payment of an invoice of this person.",
    )
    mlm_order_count = fields.Integer(compute="_compute_mlm_sales_count")
    mlm_invoice_count = fields.Integer(compute="_compute_mlm_sales_count")

    def _get_now(self):
        found = super()._get_now()
        self._add_volume(found)
        at_home = self.filtered(lambda one: one._is_home())
        for name, days in (
            ("mlm_last_order", at_home._get_last_orders()),
            ("mlm_last_payment", at_home._get_last_payments()),
        ):
            for person, day in days.items():
                found[person][name] = day
        return found

    def _add_volume(self, found):
        for network, members in self.grouped("network_id").items():
            # the cycle of the trees, none for who may not read the ledger
            period = self.env["mlm.tree.read"]._get_period(Scope(network, self.env["mlm.tree"]))
            # sudo: volume of people whom the user sees in the trees with the same figures
            volumes = {
                person.id: (pv, cv)
                for person, pv, cv in self.env["mlm.volume.entry"]
                .sudo()
                ._read_group(
                    [("period_id", "=", period.id), ("distributor_id", "in", members.ids)],
                    ["distributor_id"],
                    ["pv_e4:sum", "cv_e4:sum"],
                )
            }
            for member in members if period else ():
                pv, cv = volumes.get(member.id, (0, 0))
                found[member.id].update(
                    mlm_period_id=period.id,
                    mlm_pay_date=period.pay_date,
                    mlm_pv=float(from_e4(pv)),
                    mlm_cv=float(from_e4(cv)),
                )

    def _get_last_orders(self):
        """Return ``{id: day}`` of the last confirmed order of each of these people."""
        # sudo: one day, of people whose home company the user works in
        rows = (
            self.env["sale.order"]
            .sudo()
            ._read_group(
                [("mlm_buyer_id", "in", self.ids), ("state", "=", "sale")],
                ["mlm_buyer_id"],
                ["date_order:max"],
            )
        )
        return {person.id: person.network_id._local_date(moment) for person, moment in rows}

    def _get_last_payments(self):
        """Return ``{id: day}`` of what was last paid of an invoice of each of these people: money
        that came in as a payment or a bank line, on the day of the operation. What else settles
        an invoice (credit notes, commissions, differences) is none."""
        self.env.flush_all()
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT invoice.mlm_buyer_id, max(coalesce(deposit.paid_on, paid.date))
                         FROM account_move invoice
                         JOIN account_move_line owed ON owed.move_id = invoice.id
                         JOIN account_partial_reconcile part ON part.debit_move_id = owed.id
                         JOIN account_move_line paid ON paid.id = part.credit_move_id
                         JOIN account_move payment ON payment.id = paid.move_id
                         LEFT JOIN mlm_deposit deposit
                           ON deposit.statement_line_id = payment.statement_line_id
                        WHERE invoice.mlm_buyer_id = ANY(%s)
                          AND invoice.move_type = 'out_invoice'
                          AND payment.state = 'posted'
                          AND (payment.origin_payment_id IS NOT NULL
                               OR payment.statement_line_id IS NOT NULL)
                        GROUP BY 1""",
                    self.ids,
                )
            )
        )

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_mlm_sales_count(self):
        """Orders and invoices that the user may see; none for who sees none at all."""
        for name, model, domain in self._get_mlm_sales():
            counts = {}
            if self.env[model].has_access("read"):
                counts = dict(
                    self.env[model]._read_group(
                        [("mlm_buyer_id", "in", self.ids), *domain], ["mlm_buyer_id"], ["__count"]
                    )
                )
            for member in self:
                member[name] = counts.get(member._origin, 0)

    def _get_mlm_sales(self):
        return (
            ("mlm_order_count", "sale.order", [("state", "!=", "cancel")]),
            (
                "mlm_invoice_count",
                "account.move",
                [("move_type", "in", ("out_invoice", "out_refund")), ("state", "!=", "cancel")],
            ),
        )

    def action_mlm_orders(self):
        return self._open_mlm_sales(
            "mlm_order_count", self.env._("Orders of %s", self.display_name)
        )

    def action_mlm_invoices(self):
        return self._open_mlm_sales(
            "mlm_invoice_count", self.env._("Invoices of %s", self.display_name)
        )

    def _open_mlm_sales(self, wanted, title):
        self.ensure_one()
        ((model, domain),) = [
            (model, domain) for name, model, domain in self._get_mlm_sales() if name == wanted
        ]
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("mlm_buyer_id", "=", self.id), *domain],
            "context": {"create": False},
        }
