# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import json

from mlm_engine import measures

from odoo import api, models
from odoo.tools import SQL

# Who joins after the period, as every day some do, is not in it.
LATER_JOINS = ("enrolled", "placed")


class MlmSnapshot(models.AbstractModel):
    """The mark of a run's inputs: what it costs little to look up, and changes with them.

    Where the mark is the same the inputs are, so nobody has to read them again. It is made of
    what is only ever added (events of the network, rows of the ledger: counted, with the last
    id, so that one of a lower id that was committed later is seen too) and of the little that
    is looked up as it stands now. Nothing is written for it when orders come in. A mark that
    differs proves nothing: then the inputs are read and compared.
    """

    _inherit = "mlm.snapshot"

    @api.model
    def _get_mark(self, period, version):
        """Return the mark (SHA-256, hex) of the inputs of ``period`` under a plan version."""
        self.env.flush_all()
        parts = self._get_mark_parts(period, version)
        return hashlib.sha256(json.dumps(parts, default=str).encode()).hexdigest()

    @api.model
    def _get_mark_parts(self, period, version):
        """What the mark is made of: a list of plain values."""
        cycles = period._cycles_read()
        return [
            [version.id, hashlib.sha256(version.document.encode()).hexdigest()],
            [str(period._start_moment()), str(period._end_moment()), cycles.ids],
            self._mark_events(period),
            self._mark_ledger(period, cycles),
            self._mark_runs(period, version, cycles),
            self._mark_decisions(period),
            self._mark_opening(period),
            [version._fx_e6(period), version._other_rates(period)],
            self._mark_names(period, version),
        ]

    def _mark_events(self, period):
        """All that happened to people and positions, but for joining later."""
        return self.env.execute_query(
            SQL(
                """SELECT count(*), max(id) FROM mlm_genealogy_event
                    WHERE network_id = %s AND NOT (kind = ANY(%s) AND effective_at >= %s)""",
                period.network_id.id,
                list(LATER_JOINS),
                period._end_moment(),
            )
        )

    def _mark_ledger(self, period, cycles):
        """Volume of the cycles read, and of earlier ones that may still get some."""
        return self.env.execute_query(
            SQL(
                """SELECT entry.period_id, count(*), max(entry.id)
                     FROM mlm_volume_entry AS entry
                    WHERE entry.period_id = ANY(%s) OR entry.period_id IN (
                          SELECT id FROM mlm_period
                           WHERE network_id = %s AND is_base AND date_end < %s
                             AND state <> 'posted')
                    GROUP BY entry.period_id ORDER BY entry.period_id""",
                cycles.ids,
                period.network_id.id,
                period.date_start,
            )
        )

    def _mark_runs(self, period, version, cycles):
        """The posted runs from which something is taken over."""
        ages = measures.ages(version._plan())
        runs = period._previous_run() + period._rank_run(version) + cycles.posted_run_id
        runs = runs.union(*period._runs_before(max(ages.values(), default=0)).values())
        return [(run.id, run.digest) for run in runs.sorted("id")]

    def _mark_decisions(self, period):
        """Ranks by decision, whatever became of them."""
        return self.env.execute_query(
            SQL(
                """SELECT id, state, distributor_id, rank_id, mode, date_from, date_to
                     FROM mlm_rank_override WHERE network_id = %s ORDER BY id""",
                period.network_id.id,
            )
        )

    def _mark_opening(self, period):
        return self.env.execute_query(
            SQL(
                """SELECT count(*), sum(hashtextextended(opening::text, 0))
                     FROM mlm_opening AS opening WHERE network_id = %s""",
                period.network_id.id,
            )
        )

    def _mark_names(self, period, version):
        """What codes of the plan mean now: packages, trees, products, people of promotions."""
        plan = version._plan()
        # sudo: whoever computes need not read products; only their codes are compared
        products = self.env["product.product"].sudo().with_context(active_test=False)
        catalog = [item["code"] for item in plan["catalog"]]
        listed = sorted({one for item in plan["promotions"] for one in item["members"] or ()})
        # sudo: as above
        people = self.env["mlm.distributor"].sudo().with_context(active_test=False)
        # sudo: as above
        packages = self.env["mlm.package"].sudo()._of_network(period.network_id)
        return [
            [(package.id, package.code) for package in packages],
            sorted(self._placement_trees(plan, period.network_id).items()),
            [
                (one.id, one.default_code)
                for one in products.search([("default_code", "in", catalog)], order="id")
            ]
            if catalog
            else [],
            [
                (one.id, one.code)
                for one in people.search(
                    [("network_id", "=", period.network_id.id), ("code", "in", listed)],
                    order="id",
                )
            ]
            if listed
            else [],
        ]
