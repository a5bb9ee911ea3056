# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmCoMunicipality(models.Model):
    """A municipality of Colombia by its DIVIPOLA code, the public list of the DANE."""

    _name = "mlm.co.municipality"
    _description = "Municipality of Colombia"
    _inherit = ["mlm.co.listed"]
    _free = ("state_id",)

    state_id = fields.Many2one(
        "res.country.state",
        string="Department",
        required=True,
        index=True,
        ondelete="restrict",
        domain="[('country_id.code', '=', 'CO')]",
    )

    _code_form = models.Constraint(
        "CHECK(code ~ '^[0-9]{5}$')", "The code of a municipality has five digits."
    )

    @api.depends("name", "state_id.name")
    def _compute_display_name(self):
        for record in self:
            name, department = record.name or "", record.state_id.name or ""
            of_it = department and not name.startswith(department)
            record.display_name = f"{name}, {department}" if of_it else name
