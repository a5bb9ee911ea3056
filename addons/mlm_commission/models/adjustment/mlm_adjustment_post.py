# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.internal import as_internal


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
        holders = self._get_holders()
        deductions, extras = {}, {}
        for layer in self._get_layers(company, holders):
            found, more = layer._deduct(company, date, holders)
            deductions |= found
            extras |= more
        period = {one: self._statement_period(one, date) for one in self.network_id}
        move = self._create_entry(company, date, deductions, holders, period)
        for adjustment in self:
            lines = deductions[adjustment]
            deducted_e4 = sum(line["amount_e4"] for line in lines)
            as_internal(adjustment).write(
                {
                    "state": "posted",
                    "decided_by_id": decider,
                    "decided_at": self.env.cr.now(),
                    "accounting_date": date,
                    "period_id": period[adjustment.network_id].id,
                    "partner_id": holders[adjustment].id,
                    "move_id": move.id,
                    "deducted_e4": deducted_e4,
                    "net_e4": adjustment.amount_e4 - deducted_e4,
                    **extras[adjustment],
                }
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

    def _get_holders(self):
        """Return who is paid, or from whom it is taken: ``{adjustment: contact}``.

        What is taken back is taken from whoever got it, whoever holds the membership now.
        """
        now = self.distributor_id._holders_at(self.env.cr.now())
        return {one: one.reverses_id.partner_id or now[one.distributor_id.id] for one in self}

    # -- amounts -------------------------------------------------------------

    def _get_layers(self, company, holders):
        """Return these in the order of posting, in parts of which each has one of a person.

        Each adjustment is a document of its own, and counts for the next one of that person.
        """
        keys = self.env["mlm.deduction"]._get_payee_keys(company, holders.values())
        layers, taken = [], {}
        for one in self.sorted("id"):
            persons = (keys[holders[one]], one.distributor_id)
            at = max(taken.get(person, 0) for person in persons)
            taken.update(dict.fromkeys(persons, at + 1))
            if at == len(layers):
                layers.append(self.browse())
            layers[at] += one
        return layers

    def _deduct(self, company, date, holders):
        """Write what is deducted from a layer, and have the provider keep what it counts.

        :return: ``{adjustment: [line of the deduction contract]}`` and
            ``{adjustment: further values}``
        """
        provider = self.env["mlm.deduction"].with_company(company)
        payees = {one.distributor_id.id: {"": one.amount_e4} for one in self}
        holders = {one.distributor_id.id: holders[one] for one in self}
        found = self._get_deductions(company, date)
        kept = as_internal(self.env["mlm.adjustment.deduction"])
        kept.create(
            [
                {"adjustment_id": one.id, **kept._get_kept(line)}
                for one, lines in found.items()
                for line in lines
            ]
        )
        lines = {one.distributor_id.id: lines for one, lines in found.items()}
        provider._keep_posted(company, date, self, payees, lines, holders)
        extras = provider._get_statement_extras(company, payees, holders, date)
        return found, {one: extras.get(one.distributor_id.id, {}) for one in self}

    def _get_deductions(self, company, date):
        """Return ``{adjustment: [line of the deduction contract]}`` of a layer.

        An amount that takes something back carries the deductions of that, with the other
        sign; any other amount below zero is taken whole and lowers no base (RULES 53, 67).
        """
        provider = self.env["mlm.deduction"].with_company(company)
        given = self.filtered(lambda one: not one.reverses_id and one.amount_e4 > 0)
        payees = {one.distributor_id.id: {"": one.amount_e4} for one in given}
        lines = provider._get_deduction_lines(company, payees, date, given) if given else {}
        found = {one: [] for one in self}
        for one in given:
            found[one] = lines.get(one.distributor_id.id, [])
            if one.given_as != "cash":
                prizes = {one.reason: one.amount_e4}
                found[one] = self._add_in_kind(company, one.amount_e4, found[one], prizes)
        for one in self.filtered("reverses_id"):
            original = one.reverses_id.deduction_ids
            found[one] = provider._get_reversed_lines(one, original._get_lines(), date)
        return found

    # -- the entry -----------------------------------------------------------

    def _create_entry(self, company, date, deductions, holders, period):
        items = []
        for one in self:
            label = " · ".join(filter(None, (one.display_name, one.origin_name)))
            items += one._get_payee_items(
                company,
                holders[one],
                label,
                one.amount_e4,
                deductions.get(one, []),
                period[one.network_id].pay_date,
            )
        ref = self[0].origin_name or self[0].display_name
        name = f"ADJ/{date.year}/{min(self.ids):06d}"
        return self._post_entry(company, date, ref, items, name)
