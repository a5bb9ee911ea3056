# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction

from odoo import models
from odoo.exceptions import UserError

from ...credit import GOODS, MEASURES, MONEY, CreditLine, SaleLine, take
from ...volume import discount_share


class AccountMove(models.Model):
    """What credit notes take from the volume of their invoices (RULES 43)."""

    _inherit = "account.move"

    def _post(self, soft=True):
        self._mlm_ensure_return_said()
        return super()._post(soft)

    def _mlm_ensure_return_said(self):
        """A credit note does not say by itself whether goods came back."""
        for move in self.filtered(lambda one: one.move_type == "out_refund"):
            for line in move.invoice_line_ids:
                if line.mlm_return or line.display_type != "product":
                    continue
                proposed = line._mlm_propose_return(False)
                if not proposed and line._mlm_propose_return(MONEY):
                    raise UserError(
                        self.env._(
                            "“%(line)s” refunds less than it was sold for. Choose under "
                            "“Returned” whether the goods came back or only money is refunded, "
                            "then confirm the credit note.",
                            line=line.product_id.display_name or line.name,
                        )
                    )
                if proposed:
                    line.mlm_return = proposed

    # -- which documents belong together -------------------------------------

    def _mlm_credited_sales(self):
        """Invoices that these credit notes give back on: the one reversed, or those of the
        same order lines."""
        found = self.browse()
        # sudo: through orders that an accountant need not read, to documents that follow
        for move in self.sudo():
            if move.move_type != "out_refund":
                continue
            found |= (
                move.reversed_entry_id or move.invoice_line_ids.sale_line_ids.invoice_lines.move_id
            ).filtered(lambda one: one.move_type == "out_invoice")
        return found.with_env(self.env)

    def _mlm_credit_notes(self):
        """Credit notes that give back on these invoices, whatever their state."""
        # sudo: as above
        ordered = self.sudo().invoice_line_ids.sale_line_ids.invoice_lines.move_id.filtered(
            lambda one: one.move_type == "out_refund" and not one.reversed_entry_id
        )
        reversals = self.reversal_move_ids.filtered(lambda one: one.move_type == "out_refund")
        return reversals | ordered.with_env(self.env)

    def _mlm_documents(self):
        """Invoices and credit notes that must be looked at together.

        :return: invoices, credit notes that count, and those that do not (any more): an
            entry that reverses a credit note whole withdraws it
        """
        notes = (self | self.reversed_entry_id).filtered(
            lambda move: move.move_type == "out_refund"
        )
        sales = self.filtered(lambda move: move.move_type == "out_invoice")
        while True:
            sales |= notes._mlm_credited_sales()
            more = sales._mlm_credit_notes() - notes
            if not more:
                break
            notes |= more
        live = notes.filtered(lambda move: move.state == "posted" and not move._mlm_is_reversed())
        return sales, live, notes - live

    def _mlm_is_reversed(self):
        """Whether posted entries take the whole of this one back."""
        self.ensure_one()
        reversals = self.reversal_move_ids.filtered(lambda one: one.state == "posted")
        total = sum(reversals.mapped("amount_total"))
        return bool(reversals) and self.currency_id.compare_amounts(total, self.amount_total) >= 0

    # -- how much ------------------------------------------------------------

    def _mlm_taken(self, notes):
        """What the credit notes take from these invoices: ``{line: {measure: integer}}``.

        In the order in which the ledger has them, then by date: what was taken before does
        not change because of a later credit note.
        """
        sold = {}
        for move in self:
            held = move._mlm_held()
            share = discount_share(move.invoice_line_ids)
            for line in move.invoice_line_ids:
                if line.display_type != "product" or line._mlm_is_discount() or not line.quantity:
                    continue
                groups = held.get(line.id, [])
                sign = line._mlm_direction()
                sold[line] = SaleLine(
                    sign * line._mlm_units(),
                    line._mlm_money(line.currency_id) * share,
                    {name: sign * sum(group[name] for group in groups) for name in MEASURES},
                )
        first = {
            line_id: min(group["first"] for group in groups)
            for note in notes
            for line_id, groups in note._mlm_held().items()
        }
        lines = notes.invoice_line_ids.filtered(
            lambda line: line.display_type == "product" and line.price_subtotal * line.quantity > 0
        ).sorted(
            lambda line: (
                first.get(line.id, float("inf")),
                line.move_id.invoice_date or line.date,
                line.move_id.id,
                line.sequence,
                line.id,
            )
        )
        used, taken = {}, {}
        for line in lines:
            note = line.move_id
            sales = note._mlm_credited_sales()
            if not sales:
                continue
            about = line._mlm_credited_lines(sales, used.setdefault(note, set()))
            used[note].update(about[:1])
            sign = line._mlm_direction()
            if sign < 0 and not about:
                continue
            found = take(self._mlm_credit_line(line, about, sales, sold))
            taken[line] = {name: sign * value for name, value in found.items()}
        return taken

    def _mlm_credit_line(self, line, about, sales, sold):
        """``CreditLine`` of the credit note line ``line``.

        :param about: sale lines that it may be about, the likeliest first
        :param sales: invoices that its credit note gives back on
        :param sold: ``{sale line: SaleLine}``
        """
        priced = sales.invoice_line_ids.filtered(lambda one: one.price_subtotal > 0)
        others = [sold[one] for one in sales.invoice_line_ids if one in sold and one.quantity > 0]
        said = set(line.move_id.invoice_line_ids.mapped("mlm_return")) - {False}
        money_only = not about or (line.quantity < 0 and said == {MONEY})
        origin = (about.filtered("price_subtotal") or priced)[:1]
        # of the company's currency in one of the invoice's, as at the sale
        rate = origin._mlm_money(False) / origin._mlm_money(origin.currency_id) if origin else 1
        same = line.currency_id == origin.currency_id
        money = line._mlm_money(line.currency_id) if same else line._mlm_money(False) / rate
        return CreditLine(
            kind=line.mlm_return or (MONEY if money_only else GOODS),
            units=line._mlm_direction() * line._mlm_units(),
            # less what discount lines of the note itself keep back
            money=money * discount_share(line.move_id.invoice_line_ids),
            lines=[sold[one] for one in about if one in sold],
            others=others,
            per_money_e4=Fraction(rate) * 10_000,
        )
