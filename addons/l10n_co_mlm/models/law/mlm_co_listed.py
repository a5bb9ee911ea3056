# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmCoListed(models.AbstractModel):
    """An entry of a public list: a code and a name, in the language of the list."""

    _name = "mlm.co.listed"
    _description = "Entry of a Public List"
    _inherit = "mlm.guarded"
    _order = "code"
    _rec_names_search = ("name", "code")
    _free = ("code", "name")

    code = fields.Char(required=True)
    name = fields.Char(required=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "This code is in the list already.")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for record in self:
            record.display_name = " ".join(filter(None, (record.code, record.name)))

    @api.model
    def load(self, fields, data):
        # what somebody corrected stays through every upgrade
        kept = self.env.context.get("install_module") and {"noupdate": True}
        return super(MlmCoListed, self.with_context(**(kept or {}))).load(fields, data)
