from odoo import fields, models


class MlmAccessLog(models.Model):
    """Who opened, changed or erased which document of a person, and when."""

    _name = "mlm.access.log"
    _description = "Access to Personal Documents"
    _inherit = ["mlm.append.only"]
    _order = "recorded_at desc, id desc"
    _rec_name = "action"
    _log_access = False

    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    document_id = fields.Many2one(
        "mlm.identity.document", required=True, index=True, ondelete="restrict"
    )
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    action = fields.Selection(
        [("uploaded", "Uploaded"), ("opened", "Opened"), ("erased", "Erased")], required=True
    )
    ip_address = fields.Char(string="IP Address")
