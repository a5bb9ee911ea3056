from odoo import fields, models


class MlmImportProgress(models.Model):
    """How far an import of distributors is."""

    _name = "mlm.import.progress"
    _description = "Progress of an Import"
    _inherit = ["mlm.file.import.progress"]
    _log_access = False

    import_id = fields.Many2one("mlm.import", required=True, ondelete="cascade")
    stage = fields.Selection(
        selection_add=[("people", "Writing the people"), ("network", "Writing the network")]
    )

    _import_uniq = models.Constraint("UNIQUE(import_id)", "One row for each import.")
