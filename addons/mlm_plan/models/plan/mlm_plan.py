# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats


class MlmPlan(models.Model):
    """A compensation plan; what it says is in its versions."""

    _name = "mlm.plan"
    _description = "Compensation Plan"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _order = "code"
    _rec_names_search = ["code", "name"]
    _given = ("code", "network_id")
    _free = ("name",)

    code = fields.Char(required=True, readonly=True)
    name = fields.Char(required=True, translate=True)
    version_ids = fields.One2many("mlm.plan.version", "plan_id", string="Versions")

    _code_uniq = models.Constraint(
        "UNIQUE(network_id, code)", "A plan of this network already has this code."
    )

    def _version_at(self, network, date):
        """Version in force on ``date``; clear error if there is none."""
        version = self.env["mlm.plan.version"].search(
            [
                ("network_id", "=", network.id),
                ("state", "in", ("published", "active")),
                ("valid_from", "<=", date),
            ],
            order="valid_from desc, version desc",
            limit=1,
        )
        if not version:
            raise UserError(
                self.env._(
                    "%(network)s has no published plan on %(date)s. Publish one first (%(menu)s).",
                    menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_plan.menu_mlm_plan_version"),
                    network=network.display_name,
                    date=Formats(self.env).day(date),
                )
            )
        return version
