# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmApplicationWizard(models.TransientModel):
    _inherit = "mlm.application.wizard"

    # sudo: whether there is a mail server, and nothing about it
    invite = fields.Boolean(
        string="Invite to the Portal",
        default=lambda self: bool(self.env["ir.mail_server"].sudo().search_count([], limit=1)),
        help="Send an e-mail with which the person chooses a password.",
    )

    def _accept(self):
        distributor = super()._accept()
        if self.invite and distributor.kind != "customer":
            # sudo: who may enrol may invite whom they enrolled
            partner = distributor.partner_id.sudo()
            wizard = partner.env["portal.wizard"].create({"partner_ids": [(6, 0, partner.ids)]})
            wizard.user_ids.action_grant_access()
        return distributor
