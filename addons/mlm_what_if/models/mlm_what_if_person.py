# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.mlm_base.exact import BigInteger

CHANGES = [
    ("new", "Not paid before"),
    ("vanished", "No longer paid"),
    ("up", "More"),
    ("down", "Less"),
    ("same", "The same"),
]
RANKS = [("lower", "Lower"), ("same", "The same"), ("higher", "Higher")]


class MlmWhatIfAmount(models.Model):
    """What a person got and would have got in one period: only where it is something.

    Kept in a partition of the what-if; in the currency of the person's company.
    """

    _name = "mlm.what.if.amount"
    _description = "Amount of a What-If"
    _inherit = ["mlm.partition"]
    _auto = False
    _log_access = False
    _order = "id"

    _store_columns = {"posted_e4": "int8", "tried_e4": "int8", "payee_id": "int4", "cycle": "int2"}
    _store_indexes = ("(payee_id)",)

    what_if_id = fields.Many2one("mlm.what.if", string="What-if", readonly=True)
    network_id = fields.Many2one("mlm.network", readonly=True)
    payee_id = fields.Many2one("mlm.distributor", readonly=True, string="Paid to")
    cycle = fields.Integer(readonly=True, aggregator=None)
    posted_e4 = BigInteger(string="As posted (ten-thousandths)", readonly=True)
    tried_e4 = BigInteger(string="With this plan (ten-thousandths)", readonly=True)

    def _view_query(self):
        return SQL(
            """
            SELECT store.id, what_if.id AS what_if_id, what_if.network_id, store.payee_id,
                   store.cycle, store.posted_e4, store.tried_e4
              FROM mlm_what_if_amount_store AS store
              JOIN mlm_what_if AS what_if ON what_if.number = (store.id >> 32)
            """
        )


class MlmWhatIfPerson(models.Model):
    """A person over all periods of a what-if, the greatest difference first.

    One row for everybody who is paid on one side at least. Rank: in the last period that
    decided ranks, compared where the plan that was tried has the rank of then.
    """

    _name = "mlm.what.if.person"
    _description = "Person of a What-If"
    _inherit = ["mlm.partition"]
    _auto = False
    _log_access = False
    _order = "id"

    _store_columns = {
        "posted_e4": "int8",
        "tried_e4": "int8",
        "payee_id": "int4",
        "change": "int2",
        "old_rank": "int2",
        "new_rank": "int2",
        "rank_change": "int2",
    }
    _store_indexes = ("(payee_id)",)

    what_if_id = fields.Many2one("mlm.what.if", string="What-if", readonly=True)
    network_id = fields.Many2one("mlm.network", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    payee_id = fields.Many2one("mlm.distributor", readonly=True, string="Paid to")
    change = fields.Selection(CHANGES, readonly=True)
    posted_e4 = BigInteger(string="As posted (ten-thousandths)", readonly=True)
    tried_e4 = BigInteger(string="With this plan (ten-thousandths)", readonly=True)
    posted = fields.Monetary(readonly=True, string="As posted")
    tried = fields.Monetary(readonly=True, string="With this plan")
    difference = fields.Monetary(readonly=True)
    old_rank = fields.Integer(readonly=True, aggregator=None)
    new_rank = fields.Integer(readonly=True, aggregator=None)
    rank_change = fields.Selection(RANKS, readonly=True, string="Rank")
    ranks = fields.Char(compute="_compute_ranks")

    def _view_query(self):
        def names(selection):
            return SQL(
                "(ARRAY[%s])",
                SQL(", ").join(SQL("%s::varchar", value) for value, _label in selection),
            )

        return SQL(
            """
            SELECT store.id, what_if.id AS what_if_id, what_if.network_id, company.currency_id,
                   store.payee_id, %(changes)s[store.change + 1] AS change,
                   store.posted_e4, store.tried_e4,
                   store.posted_e4 / 10000.0 AS posted, store.tried_e4 / 10000.0 AS tried,
                   (store.tried_e4 - store.posted_e4) / 10000.0 AS difference,
                   store.old_rank, store.new_rank,
                   %(ranks)s[store.rank_change + 2] AS rank_change
              FROM mlm_what_if_person_store AS store
              JOIN mlm_what_if AS what_if ON what_if.number = (store.id >> 32)
              JOIN mlm_distributor AS payee ON payee.id = store.payee_id
              JOIN res_company AS company ON company.id = payee.company_id
            """,
            changes=names(CHANGES),
            ranks=names(RANKS),
        )

    @api.depends("payee_id")
    def _compute_display_name(self):
        for person in self:
            person.display_name = person.payee_id.display_name

    @api.depends("old_rank", "new_rank")
    @api.depends_context("lang")
    def _compute_ranks(self):
        """``Bronze``, or ``Bronze → Silver`` where they differ."""
        for person in self:
            old, new = (
                names[place] if place < len(names) else ""
                for names, place in zip(
                    person.what_if_id._get_rank_names(),
                    (person.old_rank, person.new_rank),
                    strict=True,
                )
            )
            person.ranks = old if old == new else f"{old} → {new}"

    def action_explain(self):
        self.ensure_one()
        return self.what_if_id.action_person(self.payee_id.id)
