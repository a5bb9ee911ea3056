# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import codes

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger

from ...coded import choices


def names_sql(enum):
    """SQL array of the names of an enum: element ``code + 1`` is the name of a code."""
    names = {item.value: item.name.lower() for item in enum}
    return SQL(
        "(ARRAY[%s])",
        SQL(", ").join(SQL("%s::varchar", names.get(code)) for code in range(max(names) + 1)),
    )


class MlmEarning(models.Model):
    """One row per payee, bonus, source, level and volume row.

    Exact before rounding: ``base × rate × exchange``, ``÷ per_e6`` where that is not 0;
    ``amount_e4`` is that, in the currency of the payee's home company, rounded once, less
    ``cap_e4``, plus ``scale_e4``. ``breakage_e4`` is what the plan offered and nobody got.
    Grain and columns: ``docs/contracts/earning.md``.
    """

    _name = "mlm.earning"
    _description = "Earning"
    _inherit = ["mlm.partition"]
    _auto = False
    _log_access = False
    _order = "id"

    _store_columns = {
        "base_e4": "int8",
        "rate_e6": "int8",
        "amount_e4": "int8",
        "fx_e6": "int8",
        "per_e6": "int8",
        "breakage_e4": "int8",
        "cap_e4": "int8",
        "scale_e4": "int8",
        "payee_id": "int4",
        "source_id": "int4",
        "position_id": "int4",
        "entry_id": "int4",
        "bonus_id": "int4",
        "level": "int2",
        "paid_level": "int2",
        "rate_source": "int2",
        "reason": "int2",
    }
    _store_empty = {
        **dict.fromkeys(("payee_id", "source_id", "position_id", "entry_id"), 0),
        **dict.fromkeys(("per_e6", "breakage_e4", "cap_e4", "scale_e4", "reason"), 0),
        # most rows of large runs pay a level, by the rate of exchange of the run
        "rate_source": int(codes.RateSource.LEVEL),
        "fx_e6": None,
    }
    # Rows lie in the order of their ids and of their payees: ranges of pages find them, and
    # a B-tree would take as much room as a third of the row.
    _store_constraints = ()
    _store_indexes = (
        "USING brin (id, payee_id) WITH (pages_per_range = 16)",
        "(entry_id) WHERE entry_id IS NOT NULL",
    )

    run_id = fields.Many2one("mlm.run", readonly=True)
    network_id = fields.Many2one("mlm.network", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    period_id = fields.Many2one("mlm.period", readonly=True, string="Cycle")
    currency_id = fields.Many2one("res.currency", readonly=True)
    payee_id = fields.Many2one("mlm.distributor", readonly=True, string="Paid to")
    position_id = fields.Many2one("mlm.position", readonly=True)
    bonus_id = fields.Many2one("mlm.plan.bonus", readonly=True)
    source_id = fields.Many2one("mlm.distributor", readonly=True, string="Because of")
    level = fields.Integer(readonly=True, aggregator=None)
    paid_level = fields.Integer(readonly=True, aggregator=None)
    entry_id = fields.Many2one("mlm.volume.entry", readonly=True, string="Volume row")
    base_e4 = BigInteger(string="Base (ten-thousandths)", readonly=True)
    rate_e6 = BigInteger(string="Rate (millionths)", readonly=True, aggregator=None)
    fx_e6 = BigInteger(string="Exchange (millionths)", readonly=True, aggregator=None)
    per_e6 = BigInteger(
        string="Divided by (millionths)",
        readonly=True,
        aggregator=None,
        help="The rate of the currency of the base, where that is another company's; 0: none.",
    )
    amount_e4 = BigInteger(string="Earned (ten-thousandths)", readonly=True)
    breakage_e4 = BigInteger(string="Breakage (ten-thousandths)", readonly=True)
    base = fields.Float(readonly=True, digits=(18, 2), aggregator=None)
    rate = fields.Float(readonly=True, digits=(9, 4), string="Rate %", aggregator=None)
    fx = fields.Float(readonly=True, digits=(18, 2), string="Exchange rate", aggregator=None)
    unrounded = fields.Float(
        readonly=True,
        digits=(18, 6),
        string="Before rounding",
        aggregator=None,
        help="Base × rate × exchange, exactly; the amount is this, rounded once.",
    )
    amount = fields.Monetary(readonly=True, string="Earned")
    breakage = fields.Monetary(
        readonly=True,
        help="What the plan offered on this row and nobody earned.",
    )
    cap_e4 = BigInteger(string="Capped (ten-thousandths)", readonly=True)
    scale_e4 = BigInteger(string="Scaled (ten-thousandths)", readonly=True)
    capped = fields.Monetary(readonly=True, help="Cut by a cap per person and period.")
    scaled = fields.Monetary(
        readonly=True,
        help="Cut by the company's cap, moved by a guarantee or added by the guaranteed minimum.",
    )
    reason = fields.Selection(lambda self: choices(codes.Reason, self.env), readonly=True)
    rate_source = fields.Selection(
        lambda self: choices(codes.RateSource, self.env, "label"),
        readonly=True,
        string="Rate from",
    )
    order_name = fields.Char(related="entry_id.order_name", string="Order")

    @api.model
    def _get_store_empty(self, run):
        return {**super()._get_store_empty(run), "fx_e6": run.fx_e6}

    def _view_query(self):
        return SQL(
            """
            SELECT store.id, run.id AS run_id, run.network_id, run.period_id,
                   coalesce(payee.company_id, run.money_company_id) AS company_id,
                   coalesce(home.currency_id, run.currency_id) AS currency_id,
                   store.payee_id, store.position_id, store.bonus_id, store.source_id, store.entry_id,
                   store.level::int4 AS level, store.paid_level::int4 AS paid_level,
                   store.base_e4, store.rate_e6, fx.fx_e6, coalesce(store.per_e6, 0) AS per_e6,
                   store.amount_e4, coalesce(store.breakage_e4, 0) AS breakage_e4,
                   coalesce(store.cap_e4, 0) AS cap_e4, coalesce(store.scale_e4, 0) AS scale_e4,
                   store.base_e4 / 10000.0 AS base, store.rate_e6 / 10000.0 AS rate,
                   fx.fx_e6 / coalesce(store.per_e6, 1000000)::numeric AS fx,
                   store.base_e4::numeric * store.rate_e6 * fx.fx_e6
                       / (1e10 * coalesce(store.per_e6, 1000000)) AS unrounded,
                   store.amount_e4 / 10000.0 AS amount,
                   coalesce(store.breakage_e4, 0) / 10000.0 AS breakage,
                   coalesce(store.cap_e4, 0) / 10000.0 AS capped,
                   coalesce(store.scale_e4, 0) / 10000.0 AS scaled,
                   %(reasons)s[coalesce(store.reason, 0) + 1] AS reason,
                   %(sources)s[coalesce(store.rate_source, %(usual)s) + 1] AS rate_source
              FROM mlm_earning_store AS store
              JOIN mlm_run AS run ON run.number = (store.id >> 32)
             CROSS JOIN LATERAL (SELECT coalesce(store.fx_e6, run.fx_e6) AS fx_e6) AS fx
              LEFT JOIN mlm_distributor AS payee ON payee.id = store.payee_id
              LEFT JOIN res_company AS home ON home.id = payee.company_id
            """,
            reasons=names_sql(codes.Reason),
            sources=names_sql(codes.RateSource),
            usual=self._store_empty["rate_source"],
        )

    @api.depends("bonus_id", "payee_id")
    def _compute_display_name(self):
        for earning in self:
            earning.display_name = " · ".join(
                filter(None, [earning.bonus_id.name, earning.payee_id.display_name])
            )

    def action_explain(self):
        """Open the explanation of the amount."""
        self.ensure_one()
        return self.run_id._action_explain(self)

    def action_open_entry(self):
        self.ensure_one()
        return self.entry_id.action_open_invoice()
