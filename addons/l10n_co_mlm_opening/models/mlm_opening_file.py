# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmOpeningFile(models.Model):
    _inherit = "mlm.opening.file"

    kind = fields.Selection(
        selection_add=[("tax", "Withholdings of the year")], ondelete={"tax": "cascade"}
    )
