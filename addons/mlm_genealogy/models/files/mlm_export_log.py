from odoo import fields, models


class MlmExportLog(models.Model):
    """Who took the identity data of the whole network out of the system, and when."""

    _name = "mlm.export.log"
    _description = "Export of Distributors"
    _inherit = ["mlm.append.only"]
    _order = "recorded_at desc, id desc"
    _rec_name = "recorded_at"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    tree_id = fields.Many2one("mlm.tree", string="Placement Tree", ondelete="restrict")
    kind = fields.Selection([("xlsx", "XLSX"), ("csv", "CSV")], string="File Type", required=True)
    row_count = fields.Integer(string="Distributors")
    reason = fields.Char(required=True)
