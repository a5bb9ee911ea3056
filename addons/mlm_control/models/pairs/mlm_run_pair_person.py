# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.sides.reach import reaching

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger, from_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.scaled import ScaledMonetary

from .mlm_run_pair_cause import KINDS

# So many differences stand on the page of a person; the list has all.
SHOWN = 50


class MlmRunPairPerson(models.Model):
    """Somebody who gets another amount in the second of two runs, and because of what.

    The parts add up to the difference: each is what the engine gives when the inputs of
    that kind, too, are those of the second run.
    """

    _name = "mlm.run.pair.person"
    _description = "Person with Another Amount"
    _inherit = "mlm.guarded"
    _order = "id"  # the largest difference first
    _log_access = False
    _server_only = True

    pair_id = fields.Many2one("mlm.run.pair", required=True, index=True, ondelete="cascade")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="cascade", string="Person"
    )
    currency_id = fields.Many2one("res.currency", required=True)
    before_e4 = BigInteger(string="First (ten-thousandths)")
    after_e4 = BigInteger(string="Second (ten-thousandths)")
    difference_e4 = BigInteger(string="Difference (ten-thousandths)")
    before = ScaledMonetary(scaled="before_e4", string="First")
    after = ScaledMonetary(scaled="after_e4", string="Second")
    difference = ScaledMonetary(scaled="difference_e4")
    by_people_e4 = BigInteger(string="People (ten-thousandths)")
    by_sponsors_e4 = BigInteger(string="Sponsors (ten-thousandths)")
    by_placement_e4 = BigInteger(string="Placement (ten-thousandths)")
    by_carried_e4 = BigInteger(string="Left by earlier cycles (ten-thousandths)")
    by_sales_e4 = BigInteger(string="Sales and returns (ten-thousandths)")
    by_decisions_e4 = BigInteger(string="Decisions (ten-thousandths)")
    by_exchange_e4 = BigInteger(string="Exchange rate (ten-thousandths)")
    by_plan_e4 = BigInteger(string="Plan (ten-thousandths)")
    by_companies_e4 = BigInteger(string="Companies of the network (ten-thousandths)")
    by_engine_e4 = BigInteger(string="Version of the calculation (ten-thousandths)")
    by_people = ScaledMonetary(scaled="by_people_e4", string="People")
    by_sponsors = ScaledMonetary(scaled="by_sponsors_e4", string="Sponsors")
    by_placement = ScaledMonetary(scaled="by_placement_e4", string="Placement")
    by_carried = ScaledMonetary(scaled="by_carried_e4", string="Left by earlier cycles")
    by_sales = ScaledMonetary(scaled="by_sales_e4", string="Sales and returns")
    by_decisions = ScaledMonetary(scaled="by_decisions_e4", string="Decisions")
    by_exchange = ScaledMonetary(scaled="by_exchange_e4", string="Exchange rate")
    by_plan = ScaledMonetary(scaled="by_plan_e4", string="Plan")
    by_companies = ScaledMonetary(scaled="by_companies_e4", string="Companies of the network")
    by_engine = ScaledMonetary(scaled="by_engine_e4", string="Version of the calculation")
    causes = fields.Char(compute="_compute_causes", string="Cause")
    fact_ids = fields.Many2many(
        "mlm.run.pair.fact", compute="_compute_fact_ids", string="What reaches this person"
    )
    fact_count = fields.Integer(compute="_compute_fact_ids", string="Differences that reach it")
    html = fields.Html(compute="_compute_html", sanitize=False, string="Bonus by bonus")

    @api.depends("distributor_id")
    def _compute_display_name(self):
        for one in self:
            one.display_name = one.distributor_id.display_name

    @api.depends(*(f"by_{kind}_e4" for kind, _label in KINDS))
    @api.depends_context("lang")
    def _compute_causes(self):
        words = dict(
            self.env["mlm.run.pair.cause"]._fields["kind"]._description_selection(self.env)
        )
        for one in self:
            formats = Formats(self.env, one.currency_id)
            parts = {kind: one[f"by_{kind}_e4"] for kind, _label in KINDS}
            told = sorted(
                (kind for kind in parts if parts[kind]), key=lambda kind: -abs(parts[kind])
            )
            one.causes = " · ".join(
                f"{words[kind]} {'+' if parts[kind] > 0 else ''}{formats.amount(from_e4(parts[kind]))}"
                for kind in told
            )

    def _compute_fact_ids(self):
        for one in self:
            domain = one._get_fact_domain()
            one.fact_ids = self.env["mlm.run.pair.fact"].search(domain, limit=SHOWN)
            one.fact_count = (
                self.env["mlm.run.pair.fact"].search_count(domain)
                if len(one.fact_ids) == SHOWN
                else len(one.fact_ids)
            )

    def _get_fact_domain(self):
        """What differs of the person, of those at or below it in a tree, of who else paid it
        another amount, and what is everybody's."""
        reached = self._get_reached()
        facts = [("pair_id", "=", self.pair_id.id)]
        about = self.env["mlm.run.pair.fact"]._read_group(
            [*facts, ("distributor_id", "!=", False)],
            aggregates=["distributor_id:array_agg_distinct"],
        )[0][0]
        people = np.array(about or [], dtype=np.int64)
        below = [
            people[reaching(run._frozen_view().snapshot, self.distributor_id.id, people)].tolist()
            for run in (self.pair_id.before_id, self.pair_id.after_id)
        ]
        people = sorted({*reached["people"], *below[0], *below[1]})
        return [
            *facts,
            *("|", ("distributor_id", "in", people)),
            *("|", ("entry_id", "in", reached["entries"]), ("distributor_id", "=", False)),
        ]

    def _get_reached(self):
        """Return ``{"people", "entries"}``: ids of the sources, and of the ledger rows, from
        which the person has another amount."""
        earnings = self.env["mlm.earning"]
        found = {"people": {self.distributor_id.id}, "entries": set()}
        for column, name in (("source_id", "people"), ("entry_id", "entries")):
            sums = [
                SQL(
                    """SELECT %(column)s AS origin, %(sign)s * sum(amount_e4) AS amount_e4
                         FROM mlm_earning_store
                        WHERE id >= %(first)s AND id < %(last)s AND payee_id = %(payee)s
                        GROUP BY 1""",
                    column=SQL.identifier(column),
                    sign=sign,
                    first=earnings._id_range(run.number)[0],
                    last=earnings._id_range(run.number)[1],
                    payee=self.distributor_id.id,
                )
                for sign, run in ((-1, self.pair_id.before_id), (1, self.pair_id.after_id))
            ]
            rows = self.env.execute_query(
                SQL(
                    """SELECT origin FROM (%s UNION ALL %s) AS both_runs
                        WHERE origin IS NOT NULL GROUP BY 1 HAVING sum(amount_e4) <> 0""",
                    *sums,
                )
            )
            found[name] |= {row[0] for row in rows}
        return {name: sorted(ids) for name, ids in found.items()}

    @api.depends("distributor_id", "pair_id")
    @api.depends_context("lang")
    def _compute_html(self):
        for one in self:
            pair = one.pair_id
            pair.after_id._ensure_reads(one.distributor_id)
            found = pair.after_id._compare_distributor(pair.before_id, one.distributor_id)
            # both runs are of one cycle, and the amounts stand above
            found["text"] = ""
            one.html = self.env["ir.qweb"]._render(
                "mlm_commission.comparison", {"found": found, "problem": ""}
            )

    def action_facts(self):
        """All that reaches the person."""
        self.ensure_one()
        action = self.pair_id.action_facts()
        return {**action, "name": self.display_name, "domain": self._get_fact_domain()}

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_earnings_before(self):
        self.ensure_one()
        return self.pair_id.before_id._action_earnings(self.distributor_id)

    def action_earnings(self):
        self.ensure_one()
        return self.pair_id.after_id._action_earnings(self.distributor_id)
