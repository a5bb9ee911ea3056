# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.exact import mul_div

from odoo import api, models
from odoo.tools import html2plaintext

from odoo.addons.mlm_base.exact import text_e4

#: of a line of the contract, what a posted document keeps
KEPT = (
    "code",
    "name",
    "reason",
    "basis",
    "account_id",
    "tax_repartition_line_id",
    "base_e4",
    "rate_e6",
    "amount_e4",
)


class MlmDeduction(models.AbstractModel):
    """What is taken from the gross of payees when a run or an adjustment is posted.

    Contract (``docs/contracts/deduction.md``): bulk in, plain dicts out. This
    provider knows one percentage withholding of the company; a country's add-on
    replaces or extends its methods.
    """

    _name = "mlm.deduction"
    _description = "Deductions from Earnings"

    # -- what is deducted ----------------------------------------------------

    @api.model
    def _get_deduction_lines(self, company, payees, date, document):
        """Deductions of many payees of one document each.

        :param company: ``res.company`` that pays
        :param payees: ``{distributor id: {bonus code: gross in ten-thousandths}}``; the code
            of an adjustment is ``""``, and a sum may be below zero
        :param date: accounting date, which decides rates and limits
        :param document: ``mlm.run`` or ``mlm.adjustment`` records whose amounts these are
        :return: ``{distributor id: [line]}`` where a line is a dict with
            ``code``, ``name``, ``account_id``, ``tax_repartition_line_id`` (or
            False), ``base_e4``, ``rate_e6``, ``amount_e4`` (rounded once, to the
            currency), ``reason`` and ``basis`` (what `_tell_line` tells it from, JSON, or
            False); payees without deductions may be absent
        :raises UserError: when a rate or an account is missing
        """
        tax = company.mlm_withholding_tax_id
        if not tax:
            return {}
        # nothing is withheld from what is taken (RULES 53)
        paid = {
            payee: gross_e4
            for payee, by_bonus in payees.items()
            if (gross_e4 := sum(by_bonus.values())) > 0
        }
        repartition = tax.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        )[:1]
        rate_e6 = round(-tax.amount * 10_000)
        unit_e4 = round(company.currency_id.rounding * 10_000)
        gross = np.array(list(paid.values()), dtype=np.int64)
        units = mul_div(gross, rate_e6, 1_000_000 * unit_e4).tolist()
        reason = html2plaintext(tax.description or "").strip() or tax.name
        lines = {}
        for (payee, gross_e4), amount in zip(paid.items(), units, strict=True):
            if not amount:
                continue
            lines[payee] = [
                {
                    "code": "withholding",
                    "name": tax.name,
                    "account_id": repartition.account_id.id,
                    "tax_repartition_line_id": repartition.id,
                    "base_e4": gross_e4,
                    "rate_e6": rate_e6,
                    "amount_e4": amount * unit_e4,
                    "reason": reason,
                    "basis": False,
                }
            ]
        return lines

    @api.model
    def _get_reversed_lines(self, adjustment, lines, date):
        """Return the lines of an adjustment that takes another one back, or a part of it.

        Parts are shares of the whole, rounded so that together they are the whole.

        :param adjustment: the one ``mlm.adjustment`` that takes ``reverses_id`` back
        :param list lines: the lines of what it takes back, as they were posted
        :param date: accounting date of the taking back
        """
        original = adjustment.reverses_id
        before_e4 = original.amount_e4 - original._get_left_e4()
        after_e4 = before_e4 - adjustment.amount_e4

        def shares(name, unit_e4):
            values = np.array([line[name] for line in lines], dtype=np.int64)
            before, after = (
                mul_div(values, part_e4, original.amount_e4 * unit_e4) * unit_e4
                for part_e4 in (before_e4, after_e4)
            )
            return (before - after).tolist()

        if not lines:
            return []
        amounts = shares("amount_e4", round(adjustment.currency_id.rounding * 10_000))
        return [
            {**line, "base_e4": base_e4, "amount_e4": amount_e4}
            for line, base_e4, amount_e4 in zip(lines, shares("base_e4", 1), amounts, strict=True)
            if amount_e4
        ]

    # -- what a document keeps -----------------------------------------------

    @api.model
    def _get_payee_keys(self, company, partners):
        """Return ``{contact: key}``: by what the amounts of a year of each are added up.

        Adjustments of one key that are posted together are asked for and kept one after
        another, so that each finds what the one before it has added.
        """
        return {partner: partner.id for partner in partners}

    @api.model
    def _get_statement_extras(self, company, payees, holders, date):
        """Return further values of the statements or adjustments of payees.

        :param holders: ``{distributor id: res.partner}`` who is paid
        :return: ``{distributor id: {field: value}}``; payees without any may be absent
        """
        return {}

    @api.model
    def _keep_posted(self, company, date, document, payees, lines, holders):
        """Keep what later documents count, in the transaction of the entry.

        Called once for each part of a run and each adjustment, after its deductions are
        written. ``payees`` are as they were asked for, ``lines`` all that was deducted from
        them (prizes in kind and what the company assumes, too).
        """

    @api.model
    def _get_hold_reasons(self, statements):
        """Return ``{statement id: [text]}``: what is missing before it may be paid."""
        return {}

    # -- in words ------------------------------------------------------------

    @api.model
    def _tell_line(self, code, basis):
        """``(name, reason)`` of a line in the reader's language; None: what was stored.

        :param dict basis: what the line was made from, as its provider wrote it
        """
        if code == "in_kind":
            return (
                self.env._("Delivered in kind: %s", basis["prize"]),
                self.env._("A prize in kind is taxed and not paid in cash"),
            )
        if code == "assumed":
            return (
                self.env._("Tax that the company assumes"),
                self.env._("The withholding on a prize in kind is more than is paid in cash"),
            )
        return None

    @api.model
    def _get_told(self, line):
        """``(name, reason)`` of a line of the contract, or of a record that keeps one."""
        basis = line["basis"]
        told = self._tell_line(line["code"], basis) if basis else None
        return told or (line["name"], line["reason"])

    @api.model
    def _get_shown(self, line):
        """Dict of a line as ``mlm.run._get_statement`` has it; amounts are decimal text."""
        name, reason = self._get_told(line)
        return {
            "code": line["code"],
            "name": name,
            "reason": reason,
            "base": text_e4(line["base_e4"]),
            "rate": text_e4(line["rate_e6"]),
            "amount": text_e4(line["amount_e4"]),
        }
