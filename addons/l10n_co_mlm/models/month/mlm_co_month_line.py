# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models

from .mlm_co_withheld import DECLARED


def thousands(amount):
    """Return an amount to the nearest thousand, as returns declare it; halves away from zero.

    >>> thousands(1_499.99), thousands(1_500), thousands(-1_500)
    (1000, 2000, -2000)
    """
    return int((Decimal(str(amount)) / 1000).quantize(Decimal(1), ROUND_HALF_UP)) * 1000


class MlmCoMonthLine(models.TransientModel):
    """A row of the draft of a return, or what of the ledger stands beside it."""

    _name = "mlm.co.month.line"
    _description = "Row of a Withholding Return"
    _order = "kind, municipality_id, origin, concept, person, tax_id, id"

    month_id = fields.Many2one("mlm.co.month", required=True, index=True, ondelete="cascade")
    currency_id = fields.Many2one(related="month_id.currency_id")
    kind = fields.Selection(selection=lambda self: self._words("kind"), string="Tax")
    origin = fields.Selection(selection=lambda self: self._words("origin"), string="Comes From")
    concept = fields.Selection(selection=lambda self: self._words("concept"))
    person = fields.Selection(selection=lambda self: self._words("person"), string="Kind of Person")
    municipality_id = fields.Many2one("mlm.co.municipality")
    tax_id = fields.Many2one("account.tax", string="Tax of Accounting")
    count = fields.Integer(string="Journal Items")
    base = fields.Monetary()
    withheld = fields.Monetary()
    base_declared = fields.Monetary(string="Declared Base", compute="_compute_declared")
    withheld_declared = fields.Monetary(string="Declared", compute="_compute_declared")

    @api.model
    def _words(self, name):
        return self.env["mlm.co.withheld"]._fields[name]._description_selection(self.env)

    @api.depends("base", "withheld", "origin")
    def _compute_declared(self):
        for line in self:
            declared = line.origin in DECLARED
            line.base_declared = thousands(line.base) if declared else 0
            line.withheld_declared = thousands(line.withheld) if declared else 0
