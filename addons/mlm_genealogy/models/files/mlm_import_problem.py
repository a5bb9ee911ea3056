from odoo import fields, models

from ...importing import columns


class MlmImportProblem(models.Model):
    """A bad line of a file of distributors."""

    _name = "mlm.import.problem"
    _description = "Bad Line of an Import"
    _inherit = ["mlm.file.import.problem"]
    _log_access = False

    import_id = fields.Many2one("mlm.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id")

    def _get_headings(self):
        return columns.TABLE
