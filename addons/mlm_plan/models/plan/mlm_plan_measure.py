# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel import codes

from odoo import api, fields, models

from odoo.addons.mlm_base.internal import as_internal

from ...plan_guard import seal_plan_table


class MlmPlanMeasure(models.Model):
    """A measure that one plan version declares; made from the document, never by hand.

    Figures of a run name it by its place: code 500 + ``sequence``.
    """

    _name = "mlm.plan.measure"
    _description = "Measure of a Plan"
    _inherit = "mlm.guarded"
    _order = "version_id, sequence"
    _server_only = True

    version_id = fields.Many2one("mlm.plan.version", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(help="Place in the plan.")
    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    unit = fields.Selection(
        [("pv", "PV"), ("cv", "CV"), ("count", "Number")],
        required=True,
        help="Volumes are stored in ten-thousandths of a point, numbers as they are.",
    )

    _code_uniq = models.Constraint(
        "UNIQUE(version_id, code)", "A measure of this version already has this code."
    )

    @api.private
    def init(self):
        result = super().init()
        seal_plan_table(self.env.cr, self._table)
        return result

    @api.model
    def _create_from_plan(self, version, plan):
        """Records of the measures of ``plan`` (canonical) under ``version``."""
        for number, item in enumerate(plan["measures"]):
            record = as_internal(self).create(
                {
                    "version_id": version.id,
                    "sequence": number,
                    "code": item["code"],
                    "name": item["name"]["en"],
                    "unit": codes.figure_unit(codes.PLAN + number, plan),
                }
            )
            version._translate(record, "name", item["name"])
