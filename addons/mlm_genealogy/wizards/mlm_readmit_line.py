from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmReadmitLine(models.TransientModel):
    """One person of the former frontline: comes back, or why not."""

    _name = "mlm.readmit.line"
    _description = "Former Frontline at a Readmission"

    wizard_id = fields.Many2one("mlm.readmit.wizard", required=True, ondelete="cascade")
    distributor_id = fields.Many2one("mlm.distributor", string="Person", required=True)
    sponsor_id = fields.Many2one("mlm.distributor", string="Current sponsor")
    conflict = fields.Char(string="What's blocking it")
    comes_back = fields.Boolean()

    @api.constrains("comes_back", "conflict")
    def _check_conflict(self):
        for line in self:
            if line.comes_back and line.conflict:
                raise UserError(
                    self.env._(
                        "%(person)s cannot come back: %(conflict)s",
                        person=line.distributor_id.display_name,
                        conflict=line.conflict,
                    )
                )
