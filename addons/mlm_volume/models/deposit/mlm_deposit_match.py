# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import remove_accents

# Shorter names are found in any text by chance.
SHORTEST = 4
# A proof and its bank line are so near to each other.
DAYS = timedelta(days=5)


def plain(text):
    """Return a text in capitals without accents."""
    return remove_accents(text or "").upper()


def names(text, name):
    """Tell whether a text of a bank names a document or person, however it separates it.

    A longer number or word that contains the name is another one.

    >>> names("PAGO INV 2026 00012", "INV/2026/00012"), names("pago S00012", "S0001")
    (True, False)
    """
    letters = [one for one in plain(name) if one.isalnum()]
    if len(letters) < SHORTEST:
        return False
    before, after = (r"\d" if one.isdigit() else "[A-Z]" for one in (letters[0], letters[-1]))
    pattern = "[^A-Z0-9]*".join(map(re.escape, letters))
    return bool(re.search(f"(?<!{before}){pattern}(?!{after})", plain(text)))


class MlmDeposit(models.Model):
    """Which invoice or order a deposit pays: by reference and amount."""

    _inherit = "mlm.deposit"

    invoice_id = fields.Many2one("account.move", compute="_compute_proposal")
    order_id = fields.Many2one("sale.order", compute="_compute_proposal")
    buyer_id = fields.Many2one("res.partner", compute="_compute_proposal")
    agrees = fields.Selection(
        [
            ("chosen", "Chosen"),
            ("both", "Reference and amount"),
            ("name", "Name and amount"),
            ("proof", "A proof from the buyer"),
            ("amount", "Amount only"),
        ],
        compute="_compute_proposal",
        string="What agrees",
    )

    @api.depends("chosen_id", "state", "amount", "currency_id", "reference", "payer", "settled_id")
    def _compute_proposal(self):
        for company, deposits in self.grouped("company_id").items():
            waiting = deposits.filtered(lambda one: one.state == "open")
            candidates = waiting._get_candidates(company)
            for deposit in deposits:
                money = (deposit.currency_id, deposit.amount)
                document, agrees = deposit._propose(candidates.get(money, []))
                is_invoice = document._name == "account.move"
                deposit.invoice_id = document if is_invoice else False
                deposit.order_id = (
                    document.line_ids.sale_line_ids.order_id[:1] if is_invoice else document
                )
                deposit.buyer_id = document.partner_id
                deposit.agrees = agrees

    def _get_candidates(self, company):
        """Return ``{(currency, amount): [(document, texts by which it is known)]}`` of unpaid
        invoices, and of orders without one, whose amounts are those of these deposits."""
        amounts = list(set(self.mapped("amount")))
        # sudo: which documents wait for money; what is proposed keeps the rules of its lists
        invoices = (
            self.env["account.move"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("move_type", "=", "out_invoice"),
                    ("state", "=", "posted"),
                    ("payment_state", "in", ("not_paid", "partial")),
                    ("amount_residual", "in", amounts),
                    ("currency_id", "in", self.currency_id.ids),
                ]
            )
        )
        orders = (
            self.env["sale.order"]
            .sudo()
            .search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "sale"),
                    ("invoice_status", "=", "to invoice"),
                    ("invoice_ids", "=", False),
                    ("amount_total", "in", amounts),
                    ("currency_id", "in", self.currency_id.ids),
                ]
            )
        )
        found = {}
        for move in invoices:
            known = self._known_as(move, [move.name, move.payment_reference, move.invoice_origin])
            money = (move.currency_id, move.amount_residual)
            found.setdefault(money, []).append((move, known))
        for order in orders:
            known = self._known_as(order, [order.name, order.client_order_ref])
            money = (order.currency_id, order.amount_total)
            found.setdefault(money, []).append((order, known))
        return found

    def _known_as(self, document, documents):
        """Return the texts by which a document, or else its buyer, is known: its numbers, what
        the company gave the buyer, and the buyer's name."""
        people = document.mlm_distributor_id
        if document._name == "account.move":
            people |= document.mlm_buyer_id
        partner = document.partner_id
        whose = [partner.vat, *people.mapped("code")]
        return [list(filter(None, texts)) for texts in (documents, whose, [partner.name])]

    def _propose(self, candidates):
        """Return ``(invoice, order or empty, what agrees)``."""
        # sudo: the document of a deposit that is read, as those that are proposed
        settled, chosen = self.settled_id.sudo(), self.chosen_id.sudo()
        if self.state != "open":
            return (settled if self.state == "matched" else chosen.browse()), False
        if chosen.state == "posted" and chosen.payment_state in ("not_paid", "partial"):
            return chosen, "chosen"
        text = f"{self.reference or ''} {self.payer or ''}"
        # people choose their names in the portal: a name is looked at by a person
        for place, agrees in ((0, "both"), (1, "both"), (2, "name")):
            named = [
                one for one, known in candidates if any(names(text, name) for name in known[place])
            ]
            if len(named) == 1:
                return named[0], agrees
        proofs = self._get_proofs()
        if len(proofs) == 1:
            proven, agrees = proofs._propose(candidates)
            if agrees in ("chosen", "both", "name"):
                return proven, "proof"
        if len(candidates) == 1:
            return candidates[0][0], "amount"
        return self.env["account.move"], False

    def _get_proofs(self):
        """Return the open proofs of this amount and time."""
        if self.source == "proof" or not self.paid_on:
            return self.browse()
        # sudo: what buyers said of their own payments
        return self.sudo().search(
            [
                ("company_id", "=", self.company_id.id),
                ("source", "=", "proof"),
                ("state", "=", "open"),
                ("amount", "=", self.amount),
                ("currency_id", "=", self.currency_id.id),
                ("paid_on", ">=", self.paid_on - DAYS),
                ("paid_on", "<=", self.paid_on + DAYS),
            ]
        )
