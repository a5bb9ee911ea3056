# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine import rules
from mlm_engine.telling.language import name_in

from odoo import models


class MlmRun(models.Model):
    """Prizes in kind (RULES 20): goods and trips are earned at their value, taxed like
    money, and not paid in cash.

    The earning is expense like any other and stands in the base of the withholding.
    After that the same value is taken as delivered in kind, on the account of the
    company, so that expense = payable + withholding + delivered, per payee.
    """

    _inherit = "mlm.run"

    def _kinds_of_prizes(self):
        """``{bonus id: {level of an earning: (kind, name)}}`` of prizes in kind."""
        self.ensure_one()
        plan = self.version_id._plan()
        lang = self.version_id._short_lang()
        found = {}
        for bonus in self._bonuses():
            item = plan["bonuses"][bonus.sequence]
            rule, params = rules.of(item)
            levels = {
                level: (prize.kind, name_in(prize.name or item["name"], lang))
                for level, prize in rule.prizes(params).items()
                if prize.kind != "cash"
            }
            if levels:
                found[bonus.id] = levels
        return found

    def _in_kind_by_payee(self, payees):
        """``{distributor id: {name of the prize: value in ten-thousandths}}``."""
        prizes = self._kinds_of_prizes()
        if not prizes:
            return {}
        first, last = self.env["mlm.earning"]._id_range(self.number)
        self.env.cr.execute(
            """
            SELECT payee_id::int, bonus_id::int, level, sum(amount_e4)::bigint
              FROM mlm_earning_store
             WHERE id >= %s AND id < %s AND payee_id = ANY(%s) AND bonus_id = ANY(%s)
             GROUP BY payee_id, bonus_id, level HAVING sum(amount_e4) <> 0
             ORDER BY payee_id, bonus_id, level
            """,
            [first, last, list(payees), list(prizes)],
        )
        found = {}
        for payee, bonus, level, value_e4 in self.env.cr.fetchall():
            if level in prizes[bonus]:
                name = prizes[bonus][level][1]
                values = found.setdefault(payee, {})
                values[name] = values.get(name, 0) + value_e4
        return found

    def _get_needed_accounts(self, company, paid):
        found = super()._get_needed_accounts(company, paid)
        if not company.mlm_in_kind_account_id and self._in_kind_by_payee(paid):
            found.append("mlm_in_kind_account_id")
        return found

    def _get_deductions(self, company, payees, date):
        """Deductions of payees of this run: those of `mlm.deduction`, then what was
        delivered in kind and what the company assumes of them.

        :param company: home company of the payees
        :param payees: ``{distributor id: {bonus code: gross in ten-thousandths}}``
        :return: as ``mlm.deduction._get_deduction_lines``
        """
        deductions = self.env["mlm.deduction"].with_company(company)
        lines = dict(deductions._get_deduction_lines(company, payees, date, self))
        in_kind = self._in_kind_by_payee(payees)
        if in_kind:
            self._ensure_accounts({company: payees})
        for payee, values in in_kind.items():
            lines[payee] = self._add_in_kind(
                company, sum(payees[payee].values()), lines.get(payee, []), values
            )
        return lines
