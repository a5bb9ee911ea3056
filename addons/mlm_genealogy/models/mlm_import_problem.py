from odoo import fields, models

from ..importing import columns


class MlmImportProblem(models.Model):
    """One thing that is wrong with one line of a file, and what to do about it."""

    _name = "mlm.import.problem"
    _description = "Bad Line of an Import"
    _order = "severity, line, id"
    _log_access = False
    _rec_name = "message"

    import_id = fields.Many2one("mlm.import", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="import_id.company_id")
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
            known = record.column in columns.HEADINGS
            record.column_label = (
                columns.heading(record.column, self.env.lang) if known else record.column
            )
