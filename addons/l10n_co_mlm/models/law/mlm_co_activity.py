# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmCoActivity(models.Model):
    """An economic activity by its CIIU code (revision 4 A.C.), the public list of the DIAN."""

    _name = "mlm.co.activity"
    _description = "Economic Activity (CIIU)"
    _inherit = ["mlm.co.listed"]

    _code_form = models.Constraint(
        "CHECK(code ~ '^[0-9]{4}$')", "The code of an activity has four digits."
    )
