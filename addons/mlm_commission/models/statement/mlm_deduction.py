# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.exact import mul_div

from odoo import api, models
from odoo.tools import html2plaintext


class MlmDeduction(models.AbstractModel):
    """What is taken from the gross of a payee when a run is posted.

    Contract (``docs/contracts/deduction.md``): bulk in, plain dicts out. This
    provider knows one percentage withholding of the company; a country's add-on
    replaces or extends ``_get_deduction_lines``.
    """

    _name = "mlm.deduction"
    _description = "Deductions from Earnings"

    @api.model
    def _get_deduction_lines(self, company, payees, date):
        """Deductions of many payees at once.

        :param company: ``res.company`` that pays
        :param payees: ``{distributor id: gross in ten-thousandths}``
        :param date: accounting date, which decides rates and limits
        :return: ``{distributor id: [line]}`` where a line is a dict with
            ``code``, ``name``, ``account_id``, ``tax_repartition_line_id`` (or
            False), ``base_e4``, ``rate_e6``, ``amount_e4`` (rounded once, to the
            currency) and ``reason``; payees without deductions may be absent
        :raises UserError: when a rate or an account is missing
        """
        tax = company.mlm_withholding_tax_id
        if not tax:
            return {}
        repartition = tax.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        )[:1]
        rate_e6 = round(-tax.amount * 10_000)
        unit_e4 = round(company.currency_id.rounding * 10_000)
        gross = np.array(list(payees.values()), dtype=np.int64)
        units = mul_div(gross, rate_e6, 1_000_000 * unit_e4).tolist()
        reason = html2plaintext(tax.description or "").strip() or tax.name
        lines = {}
        for (payee, gross_e4), amount in zip(payees.items(), units, strict=True):
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
                }
            ]
        return lines
