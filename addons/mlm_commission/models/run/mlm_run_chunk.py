# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmRunChunk(models.Model):
    """Payees of one home company who share one journal entry; made when posting starts.

    The entry's name and UNIQUE(run, company, number) make posting safe to repeat: a
    chunk with an entry is done, one without is taken by the next worker.
    """

    _name = "mlm.run.chunk"
    _description = "Part of a Run's Posting"
    _inherit = "mlm.guarded"
    _order = "run_id, company_id, number"
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    number = fields.Integer(required=True, aggregator=None, help="Numbered per company.")
    date = fields.Date(
        required=True, help="Date of the entry: the one asked for, or the company's first open one."
    )
    payee_ids = fields.Json(required=True, prefetch=False, help="Ids of distributors, sorted.")
    move_id = fields.Many2one(
        "account.move", string="Journal entry", index="btree_not_null", ondelete="restrict"
    )

    _number_uniq = models.Constraint(
        "UNIQUE(run_id, company_id, number)", "This part of the run already exists."
    )
