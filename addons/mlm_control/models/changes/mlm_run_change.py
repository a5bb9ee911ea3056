# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger

AGAINST = [("posted", "The previous cycle"), ("preview", "The previous preview")]
CHANGES = [
    ("new", "Not paid before"),
    ("vanished", "No longer paid"),
    ("up", "More"),
    ("down", "Less"),
]


class MlmRunChange(models.Model):
    """What a person gets from a bonus, now and before: only what differs.

    One row per person and bonus, once against the posted cycle before and once
    against the preview before. Kept in a partition of the run and dropped with it;
    bonuses of two plan versions are the same when they have the same code. Rows are
    numbered by the size of the difference.
    """

    _name = "mlm.run.change"
    _description = "Change of an Amount"
    _inherit = ["mlm.partition"]
    _auto = False
    _log_access = False
    _order = "id"

    _store_columns = {
        "old_e4": "int8",
        "new_e4": "int8",
        "other_id": "int4",
        "payee_id": "int4",
        "bonus_id": "int4",
        "against": "int2",
        "change": "int2",
    }
    _store_indexes = ("(payee_id)",)

    run_id = fields.Many2one("mlm.run", readonly=True)
    network_id = fields.Many2one("mlm.network", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    period_id = fields.Many2one("mlm.period", readonly=True, string="Cycle")
    currency_id = fields.Many2one("res.currency", readonly=True)
    against = fields.Selection(AGAINST, readonly=True, string="Compared with")
    other_id = fields.Many2one("mlm.run", readonly=True, string="Previous run")
    payee_id = fields.Many2one("mlm.distributor", readonly=True, string="Paid to")
    bonus_id = fields.Many2one("mlm.plan.bonus", readonly=True)
    change = fields.Selection(
        CHANGES,
        readonly=True,
        help="All bonuses together: the person was not paid before, or is no longer paid.",
    )
    old_e4 = BigInteger(string="Before (ten-thousandths)", readonly=True)
    new_e4 = BigInteger(string="Now (ten-thousandths)", readonly=True)
    old = fields.Monetary(readonly=True, string="Before")
    new = fields.Monetary(readonly=True, string="Now")
    difference = fields.Monetary(readonly=True)

    def _view_query(self):
        def names(selection):
            return SQL(
                "(ARRAY[%s])",
                SQL(", ").join(SQL("%s::varchar", value) for value, _label in selection),
            )

        return SQL(
            """
            SELECT store.id, run.id AS run_id, run.network_id, payee.company_id, run.period_id, company.currency_id,
                   %(against)s[store.against + 1] AS against,
                   store.other_id, store.payee_id, store.bonus_id,
                   %(changes)s[store.change + 1] AS change,
                   store.old_e4, store.new_e4,
                   store.old_e4 / 10000.0 AS old, store.new_e4 / 10000.0 AS new,
                   (store.new_e4 - store.old_e4) / 10000.0 AS difference
              FROM mlm_run_change_store AS store
              JOIN mlm_run AS run ON run.number = (store.id >> 32)
              JOIN mlm_distributor AS payee ON payee.id = store.payee_id
              JOIN res_company AS company ON company.id = payee.company_id
            """,
            against=names(AGAINST),
            changes=names(CHANGES),
        )

    @api.depends("payee_id", "bonus_id")
    def _compute_display_name(self):
        for change in self:
            change.display_name = f"{change.payee_id.display_name} · {change.bonus_id.name}"

    def action_earnings(self):
        """The rows behind the amount of now."""
        self.ensure_one()
        return self.run_id._action_earnings(self.payee_id, title=self.display_name)

    def action_earnings_before(self):
        """The rows behind the amount of before."""
        self.ensure_one()
        return self.other_id._action_earnings(self.payee_id, title=self.display_name)
