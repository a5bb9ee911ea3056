# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.internal import as_internal

#: of a line of the deduction contract, what is kept
KEPT = (
    "code",
    "name",
    "reason",
    "account_id",
    "tax_repartition_line_id",
    "base_e4",
    "rate_e6",
    "amount_e4",
)


class MlmAdjustment(models.Model):
    """Posting: one entry per company and day, with the items of each person.

    gross to expense, deductions by the deduction contract, the rest to the commissions
    payable account, in the transaction of the approval and sealed in it.
    """

    _inherit = "mlm.adjustment"

    def _post_adjustments(self, decider):
        """Post adjustments that were approved.

        :param decider: id of the user who approved
        """
        self._ensure_accounts(self.grouped("company_id"))
        today = {one: self.env["mlm.period"]._today(one) for one in self.network_id}
        by_day = self.grouped(
            lambda one: (
                one.company_id,
                one._open_date(one.accounting_date or today[one.network_id]),
            )
        )
        for (company, date), adjustments in by_day.items():
            for one in adjustments:
                one._ensure_date_allowed({company: date})
            adjustments._post_of_day(company, date, decider)

    def _post_of_day(self, company, date, decider):
        deductions = self._get_deductions(company, date)
        holders = self.distributor_id._holders_at(self.env.cr.now())
        period = {one: self._statement_period(one, date) for one in self.network_id}
        move = self._create_entry(company, date, deductions, holders, period)
        for adjustment in self:
            lines = deductions.get(adjustment, [])
            deducted_e4 = sum(line["amount_e4"] for line in lines)
            as_internal(adjustment).write(
                {
                    "state": "posted",
                    "decided_by_id": decider,
                    "decided_at": self.env.cr.now(),
                    "accounting_date": date,
                    "period_id": period[adjustment.network_id].id,
                    "partner_id": holders[adjustment.distributor_id.id].id,
                    "move_id": move.id,
                    "deducted_e4": deducted_e4,
                    "net_e4": adjustment.amount_e4 - deducted_e4,
                }
            )
            as_internal(self.env["mlm.adjustment.deduction"]).create(
                [
                    {"adjustment_id": adjustment.id, **{name: line[name] for name in KEPT}}
                    for line in lines
                ]
            )
        self.env["mlm.sealed.move"]._seal_moves(move, self[0])

    def _get_needed_accounts(self, company, paid):
        found = super()._get_needed_accounts(company, paid)
        if any(one.given_as != "cash" for one in paid):
            found.append("mlm_in_kind_account_id")
        return found

    def _open_date(self, date):
        """Return ``date``, or the first day after it on which the company's books are open."""
        return self.env["mlm.run"]._get_open_dates(self.company_id, date)[self.company_id]

    def _statement_period(self, network, date):
        """Return the cycle in whose statement they stand: the first one that ends on ``date`` or
        later and whose run is not approved yet, so that they count in the cost that is."""
        periods = self.env["mlm.period"]
        domain = [
            ("network_id", "=", network.id),
            ("is_base", "=", True),
            ("state", "in", ("open", "grace", "closed")),
            ("date_end", ">=", date),
            ("run_ids", "not any", [("state", "in", ("approved", "posting"))]),
        ]
        found = periods.search(domain, order="date_start", limit=1)
        if not found:
            periods._ensure_until(network, max(date, periods._today(network)))
            found = periods.search(domain, order="date_start", limit=1)
        return found

    # -- amounts -------------------------------------------------------------

    def _get_deductions(self, company, date):
        """Return ``{adjustment: [line of the deduction contract]}``.

        An amount that takes something back carries the deductions of that, with the other
        sign; any other amount below zero is taken whole and lowers no base (RULES 53, 67).
        """
        found = {one: one._reversed_deductions() for one in self if one.reverses_id}
        rest = self.filtered(lambda one: not one.reverses_id and one.amount_e4 > 0)
        provider = self.env["mlm.deduction"].with_company(company)
        while rest:
            # each is a document of its own: a person has one of them in each question
            layer = self.browse(ones[0].id for ones in rest.grouped("distributor_id").values())
            rest -= layer
            lines = provider._get_deduction_lines(
                company, {one.distributor_id.id: one.amount_e4 for one in layer}, date
            )
            for one in layer:
                found[one] = lines.get(one.distributor_id.id, [])
                if one.given_as != "cash":
                    in_kind = one._get_in_kind_line(company, one.reason, one.amount_e4)
                    found[one] = [*found[one], in_kind]
        return found

    def _reversed_deductions(self):
        return [
            {
                "code": line.code,
                "name": line.name,
                "reason": line.reason,
                "account_id": line.account_id.id,
                "tax_repartition_line_id": line.tax_repartition_line_id.id,
                "base_e4": -line.base_e4,
                "rate_e6": line.rate_e6,
                "amount_e4": -line.amount_e4,
            }
            for line in self.reverses_id.deduction_ids
        ]

    # -- the entry -----------------------------------------------------------

    def _create_entry(self, company, date, deductions, holders, period):
        items = []
        for one in self:
            label = " · ".join(filter(None, (one.display_name, one.origin_name)))
            items += one._get_payee_items(
                company,
                holders[one.distributor_id.id],
                label,
                one.amount_e4,
                deductions.get(one, []),
                period[one.network_id].pay_date,
            )
        ref = self[0].origin_name or self[0].display_name
        name = f"ADJ/{date.year}/{min(self.ids):06d}"
        return self._post_entry(company, date, ref, items, name)
