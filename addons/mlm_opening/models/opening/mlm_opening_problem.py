# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmOpeningProblem(models.Model):
    """A bad line of a file of an opening, or a control total that does not agree."""

    _name = "mlm.opening.problem"
    _description = "Bad Line of an Opening"
    _inherit = ["mlm.file.import.problem"]
    _order = "severity, file_id, line, id"
    _log_access = False

    import_id = fields.Many2one("mlm.opening.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id")
    file_id = fields.Many2one("mlm.opening.file", ondelete="cascade", index=True)

    def _compute_column_label(self):
        result = super()._compute_column_label()
        for record in self:
            if record.column == "lines":
                record.column_label = self.env._("Number of lines")
        return result

    def _get_headings(self):
        return self.file_id._get_loader()._headings if self.file_id else None
