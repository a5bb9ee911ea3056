# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import codes
from mlm_engine.telling import codes as told
from mlm_engine.telling.language import tell

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger, from_e4
from odoo.addons.mlm_base.formats import Formats

from ...coded import choices

# what one unit of a stored figure is of the figure that people read
SCALES = {"pv": 10_000, "cv": 10_000, "rate": 10_000}


class MlmMeasure(models.Model):
    """Figures of persons and positions in a run: volumes, activity, ranks, carry, and
    the measures that the plan declares."""

    _name = "mlm.measure"
    _description = "Measure"
    _inherit = ["mlm.partition"]
    _auto = False
    _log_access = False
    _order = "id"

    _store_columns = ("distributor_id", "position_id", "bonus_id", "measure", "value")
    _store_index = (("distributor_id",), ("measure", "distributor_id"))

    run_id = fields.Many2one("mlm.run", readonly=True)
    network_id = fields.Many2one("mlm.network", readonly=True)
    period_id = fields.Many2one("mlm.period", readonly=True, string="Cycle")
    distributor_id = fields.Many2one("mlm.distributor", readonly=True)
    position_id = fields.Many2one("mlm.position", readonly=True)
    bonus_id = fields.Many2one("mlm.plan.bonus", readonly=True)
    code = fields.Integer(readonly=True, aggregator=None)
    measure = fields.Selection("_select_measure", readonly=True)
    plan_measure_id = fields.Many2one(
        "mlm.plan.measure", readonly=True, string="Measure of the plan"
    )
    label = fields.Char(compute="_compute_shown", string="Figure")
    raw = BigInteger(readonly=True, aggregator=None)
    value = fields.Float(
        readonly=True,
        digits=(18, 2),
        string="Number",
        help="Points, percentages, counts or codes, depending on the measure.",
    )

    shown = fields.Char(compute="_compute_shown", string="Value", help="The way people write it.")

    @api.model
    def _select_measure(self):
        return [
            *choices(codes.Measure, self.env),
            ("streak", self.env._("Periods in a row of an award")),
            ("plan", self.env._("Measure of the plan")),
        ]

    @api.depends("code", "raw")
    @api.depends_context("lang")
    def _compute_shown(self):
        lang = self.env["mlm.plan.version"]._short_lang()
        formats = Formats(self.env)
        ranks = {
            version: {rank.sequence: rank.name for rank in version.rank_ids}
            for version in self.run_id.version_id
        }
        named = {
            "flag": lambda one: self.env._("Yes") if one.raw else self.env._("No"),
            "count": lambda one: formats.number(one.raw),
            "rate": lambda one: formats.percent(from_e4(one.raw)),
            "rank": lambda one: ranks[one.run_id.version_id].get(one.raw, ""),
            "rate_source": lambda one: tell(codes.RateSource(one.raw).label, lang),
            "reason": lambda one: told.reason_text(one.raw, lang),
            "awarded": lambda one: ", ".join(
                str(bit + 1) for bit in range(one.raw.bit_length()) if one.raw >> bit & 1
            ),
        }
        named["title"] = named["rank_earned"] = named["rank"]
        for one in self:
            if one.plan_measure_id:
                unit, one.label = one.plan_measure_id.unit, one.plan_measure_id.name
            else:
                unit, one.label = codes.figure_unit(one.code), told.figure_text(one.code, lang)
            kind = one.measure if unit == "code" else unit
            if kind in named:
                one.shown = named[kind](one)
            else:
                one.shown = formats.number(from_e4(one.raw))

    def _view_query(self):
        known = SQL(", ").join(
            SQL(
                "(%s, %s::varchar, %s)",
                int(item),
                item.name.lower(),
                float(SCALES.get(item.unit, 1)),
            )
            for item in codes.Measure
        )
        return SQL(
            """
            SELECT store.id, store.run_id::int4 AS run_id,
                   run.network_id, run.period_id,
                   NULLIF(store.distributor_id, 0)::int4 AS distributor_id,
                   NULLIF(store.position_id, 0)::int4 AS position_id,
                   NULLIF(store.bonus_id, 0)::int4 AS bonus_id,
                   store.measure::int4 AS code, declared.id AS plan_measure_id,
                   CASE WHEN known.name IS NOT NULL THEN known.name
                        WHEN store.measure >= %(plan)s THEN 'plan' ELSE 'streak' END AS measure,
                   store.value AS raw,
                   store.value / coalesce(
                       known.scale,
                       CASE WHEN declared.unit IN ('pv', 'cv') THEN 10000.0 ELSE 1.0 END) AS value
              FROM mlm_measure_store AS store
              JOIN mlm_run AS run ON run.id = store.run_id
              LEFT JOIN (VALUES %(known)s) AS known (code, name, scale)
                ON known.code = store.measure
              LEFT JOIN mlm_plan_measure AS declared
                ON declared.version_id = run.version_id
               AND declared.sequence = store.measure - %(plan)s
            """,
            known=known,
            plan=codes.PLAN,
        )
