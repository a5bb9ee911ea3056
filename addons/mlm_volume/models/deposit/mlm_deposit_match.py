# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import remove_accents

from ...unpaid import INVOICE, UNPAID, find_unpaid, get_due

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
            proofs = waiting._find_proofs()
            for deposit in deposits:
                money = (deposit.currency_id, deposit.amount)
                document, agrees = deposit._propose(
                    candidates.get(money, []), proofs.get(deposit, ())
                )
                is_invoice = document._name == INVOICE
                deposit.invoice_id = document if is_invoice else False
                deposit.order_id = (
                    document.line_ids.sale_line_ids.order_id[:1] if is_invoice else document
                )
                deposit.buyer_id = document.partner_id
                deposit.agrees = agrees

    def _get_candidates(self, company):
        """Return ``{(currency, amount): [(document, texts by which it is known)]}`` of unpaid
        invoices, and of orders without one, whose amounts are those of these deposits."""
        own = [("company_id", "=", company.id), ("currency_id", "in", self.currency_id.ids)]
        found = {}
        # sudo: which documents wait for money; what is proposed keeps the rules of its lists
        for document in find_unpaid(self.sudo().env, own, set(self.mapped("amount"))):
            if document._name == INVOICE:
                numbers = [document.name, document.payment_reference, document.invoice_origin]
            else:
                numbers = [document.name, document.client_order_ref]
            money = (document.currency_id, get_due(document))
            found.setdefault(money, []).append((document, self._known_as(document, numbers)))
        return found

    def _known_as(self, document, documents):
        """Return the texts by which a document, or else its buyer, is known: its numbers, what
        the company gave the buyer, and the buyer's name."""
        people = document.mlm_distributor_id
        if document._name == INVOICE:
            people |= document.mlm_buyer_id
        partner = document.partner_id
        whose = [partner.vat, *people.mapped("code")]
        return [list(filter(None, texts)) for texts in (documents, whose, [partner.name])]

    def _propose(self, candidates, proofs=()):
        """Return ``(invoice, order or empty, what agrees)``.

        :param candidates: documents of this amount, see `_get_candidates`
        :param proofs: those that speak for this deposit, see `_find_proofs`
        """
        # sudo: the document of a deposit that is read, as those that are proposed
        settled, chosen = self.settled_id.sudo(), self.chosen_id.sudo()
        if self.state != "open":
            return (settled if self.state == "matched" else chosen.browse()), False
        if chosen.filtered_domain(UNPAID[INVOICE]):
            return chosen, "chosen"
        text = f"{self.reference or ''} {self.payer or ''}"
        # people choose their names in the portal: a name is looked at by a person
        for place, agrees in ((0, "both"), (1, "both"), (2, "name")):
            named = [
                one for one, known in candidates if any(names(text, name) for name in known[place])
            ]
            if len(named) == 1:
                return named[0], agrees
        if len(proofs) == 1:
            proven, agrees = proofs._propose(candidates)
            if agrees in ("chosen", "both", "name"):
                return proven, "proof"
        if len(candidates) == 1:
            return candidates[0][0], "amount"
        return self.env[INVOICE], False

    def _find_proofs(self):
        """Return ``{deposit: open proofs of this amount and time}``."""
        money = self.filtered(lambda one: one.source != "proof" and one.paid_on)
        days = money.mapped("paid_on")
        found = dict.fromkeys(self, self.browse())
        if not days:
            return found
        # sudo: what buyers said of their own payments
        proofs = (
            self.sudo()
            .search(
                [
                    ("company_id", "in", money.company_id.ids),
                    ("source", "=", "proof"),
                    ("state", "=", "open"),
                    ("amount", "in", list(set(money.mapped("amount")))),
                    ("paid_on", ">=", min(days) - DAYS),
                    ("paid_on", "<=", max(days) + DAYS),
                ]
            )
            .grouped(lambda one: (one.company_id, one.currency_id, one.amount))
        )
        for one in money:
            alike = proofs.get((one.company_id, one.currency_id, one.amount), self.browse())
            found[one] = alike.filtered(
                lambda proof, day=one.paid_on: abs(proof.paid_on - day) <= DAYS
            )
        return found
