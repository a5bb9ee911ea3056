from odoo import fields, models


class MlmFileImportProblem(models.AbstractModel):
    """One thing that is wrong with one line of a file, and what to do about it.

    A concrete model has ``import_id`` and `_get_headings`.
    """

    _name = "mlm.file.import.problem"
    _description = "Bad Line of an Import"
    _order = "severity, line, id"
    _inherit = "mlm.guarded"
    _log_access = False
    _server_only = True
    _rec_name = "message"

    line = fields.Integer(required=True, aggregator=None)
    column = fields.Char(string="Column Key")
    column_label = fields.Char(string="Column", compute="_compute_column_label")
    value = fields.Char()
    message = fields.Text(string="What to Do", required=True)
    severity = fields.Selection(
        [("error", "Error"), ("warning", "Warning")], required=True, default="error"
    )

    def _compute_column_label(self):
        for record in self:
            headings = record._get_headings()
            known = headings and record.column in headings.words
            record.column_label = (
                headings.heading(record.column, self.env.lang) if known else record.column
            )

    def _get_headings(self):
        """Return the `Headings` of the file in which the line stands, or None."""
        return None
