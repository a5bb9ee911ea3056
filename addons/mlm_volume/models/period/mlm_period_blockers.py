# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.formats import Formats

from .mlm_period import ACCEPTING


class MlmPeriod(models.Model):
    """What blocks the close of a cycle, and what somebody looks at before it."""

    _inherit = "mlm.period"

    def _get_blockers(self, step, run):
        """What blocks a step, or wants to be looked at before: list of `_blocker`.

        :param str step: code of the step
        :param run: as in `_get_path`
        """
        if step != "close":
            return []
        if not self.is_base:
            return self._get_part_blockers()
        return [
            *self._get_order_blockers(),
            *self._get_sale_blockers(),
            *self._get_people_blockers(),
            *self._get_proof_blockers(),
        ]

    def _get_part_blockers(self):
        missing = self._missing_part()
        if not missing:
            return []
        text = self.env._("Post %s first: it is a part of this period.", missing)
        return [self._blocker("part", text, stops=True)]

    def _get_order_blockers(self):
        """The cycle has not ended, or an earlier one is open."""
        found = []
        if self._today(self.network_id) <= self.date_end:
            day = Formats(self.env).day(self.date_end)
            text = self.env._("It lasts until %s and can be closed from the day after.", day)
            found.append(self._blocker("running", text, stops=True))
        earlier = self.search(
            [
                ("network_id", "=", self.network_id.id),
                ("kind", "=", self.kind),
                ("number", "<", self.number),
                ("state", "in", ACCEPTING),
            ],
            order="number",
            limit=1,
        )
        if earlier:
            text = self.env._("Close %s first.", earlier.display_name)
            action = self._open_record(earlier)
            found.append(self._blocker("earlier", text, stops=True, action=action))
        return found

    def _get_sale_blockers(self):
        """Sales of the cycle that count only when something is still done about them."""
        company = [("company_id.mlm_network_id", "=", self.network_id.id)]
        credited = [("mlm_distributor_id", "!=", False)]
        days = [("invoice_date", ">=", self.date_start), ("invoice_date", "<=", self.date_end)]
        invoices = company + credited + [("move_type", "in", ("out_invoice", "out_refund"))]
        unpaid = ("payment_state", "in", ("not_paid", "partial"))
        moments = [
            ("date_order", ">=", self._start_moment()),
            ("date_order", "<", self._end_moment()),
        ]
        draft = [*invoices, *days, ("state", "=", "draft")]
        open_domain = [*invoices, *days, ("state", "=", "posted"), unpaid]
        orders = [*company, *credited, *moments, ("invoice_status", "=", "to invoice")]
        waiting = [*invoices, ("id", "in", self._get_failed_moves())]
        return [
            *self._count_blocker("drafts", "account.move", draft, self.env._("Invoices in draft")),
            *self._count_blocker(
                "unpaid", "account.move", open_domain, self.env._("Invoices that are not paid")
            ),
            *self._count_blocker(
                "orders", "sale.order", orders, self.env._("Orders without an invoice")
            ),
            *self._count_blocker(
                "capture", "account.move", waiting, self.env._("Sales whose volume is not captured")
            ),
        ]

    def _get_failed_moves(self):
        # sudo: which invoices wait with an error; the list keeps the rules of invoices
        queue = self.env["mlm.capture.queue"].sudo()
        return queue.search(queue._get_failed_domain(self.network_id)).move_id.ids

    def _get_people_blockers(self):
        until = self._end_moment()
        planned = [
            ("network_id", "=", self.network_id.id),
            ("state", "=", "planned"),
            ("effective_at", "<=", until),
        ]
        failed = [
            ("network_id", "=", self.network_id.id),
            ("state", "=", "failed"),
            ("effective_at", ">=", self._start_moment()),
            ("effective_at", "<=", until),
        ]
        unplaced = [("id", "in", self._get_unplaced())]
        return [
            *self._count_blocker(
                "planned",
                "mlm.operation",
                planned,
                self.env._("Planned changes that the close carries out"),
            ),
            *self._count_blocker(
                "failed", "mlm.operation", failed, self.env._("Planned changes that failed")
            ),
            *self._count_blocker(
                "unplaced",
                "mlm.distributor",
                unplaced,
                self.env._("People with volume and without a position"),
            ),
        ]

    def _get_unplaced(self):
        """Ids of those in the holding tank whose sales of this cycle go to no leg yet."""
        self.env["mlm.distributor"].flush_model(["holding_since", "network_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT person.id FROM mlm_distributor AS person
                    WHERE person.network_id = %s AND person.holding_since IS NOT NULL
                      AND EXISTS (SELECT FROM mlm_volume_entry AS entry
                                   WHERE entry.distributor_id = person.id
                                     AND entry.period_id = %s)""",
                self.network_id.id,
                self.id,
            )
        )
        return [row[0] for row in rows]

    def _get_proof_blockers(self):
        """Contradictions that the last check of the whole database found."""
        # sudo: whether the last proof failed, for everybody who reads the cycle
        check = self.env["mlm.check"].sudo().search([("state", "=", "done")], limit=1)
        if check.verdict != "broken":
            return []
        text = self.env._(
            "Integrity rules broken in the check of %s",
            Formats(self.env).moment(check.started_at),
        )
        action = self._open_record(check.sudo(False))
        return [self._blocker("integrity", text, check.violation_count, action=action)]

    def _count_blocker(self, code, model, domain, name, stops=False):
        """``[blocker]`` that counts and opens records of ``model``, or ``[]`` of none."""
        # sudo: how many there are, for who reads the cycle; the list keeps its rules
        count = self.env[model].sudo().search_count(fields.Domain(domain))
        if not count:
            return []
        action = self._open_records(model, domain, name)
        return [self._blocker(code, name, count, stops, action)]
