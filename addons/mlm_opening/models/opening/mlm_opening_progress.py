# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmOpeningProgress(models.Model):
    """How far an opening is."""

    _name = "mlm.opening.progress"
    _description = "Progress of an Opening"
    _inherit = ["mlm.file.import.progress"]
    _log_access = False

    import_id = fields.Many2one("mlm.opening.import", required=True, ondelete="cascade")
    stage = fields.Selection(selection_add=[("writing", "Loading"), ("undoing", "Undoing it")])

    _import_uniq = models.Constraint("UNIQUE(import_id)", "One row for each import.")
