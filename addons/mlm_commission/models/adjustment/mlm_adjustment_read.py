# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import text_e4


class MlmAdjustment(models.Model):
    """What statements show of adjustments: plain dicts, which screens render."""

    _inherit = "mlm.adjustment"

    @api.model
    def _of_statement(self, run, distributor, holder=None):
        """Return the posted adjustments of a person that stand in the statement of a run.

        :param holder: only those paid to this contact, of a membership that changed hands
        :return: ``[{id, kind, name, reason, given_as, date, gross, deducted, net,
            deductions [{code, name, reason, base, rate, amount}]}]``; amounts are decimal text in the
            currency of the person's company; the caller has checked that they may be read
        """
        if not run.period_id.is_base:
            return []
        # sudo: as the statement itself, for who was allowed to read that
        found = self.sudo().search(
            [
                ("distributor_id", "=", distributor.id),
                ("period_id", "=", run.period_id.id),
                ("state", "=", "posted"),
                *([("partner_id", "=", holder.id)] if holder else []),
            ],
            order="id",
        )
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return [
            {
                "id": one.id,
                "kind": one.kind,
                "name": one.origin_name or kinds[one.kind],
                "reason": one.reason,
                "given_as": one.given_as,
                "date": str(one.accounting_date),
                "gross": text_e4(one.amount_e4),
                "deducted": text_e4(one.deducted_e4),
                "net": text_e4(one.net_e4),
                "deductions": [
                    self.env["mlm.deduction"]._get_shown(line) for line in one.deduction_ids
                ],
            }
            for one in found
        ]


class MlmStatement(models.Model):
    _inherit = "mlm.statement"

    adjustment_ids = fields.Many2many(
        "mlm.adjustment",
        string="Outside the Plan",
        compute="_compute_adjustment_ids",
        help="Prizes and corrections that are paid or taken with this cycle; in no sum of it.",
    )

    def _compute_adjustment_ids(self):
        adjustments = self.env["mlm.adjustment"]
        found = adjustments.search(
            [
                ("distributor_id", "in", self.distributor_id.ids),
                ("period_id", "in", self.period_id.ids),
                ("state", "=", "posted"),
            ]
        ).grouped(lambda one: (one.distributor_id, one.period_id))
        for statement in self:
            key = (statement.distributor_id, statement.period_id)
            statement.adjustment_ids = found.get(key, adjustments)
