from odoo import api, fields, models


class MlmDistributor(models.Model):
    """Messages about people at home elsewhere are not the reader's."""

    _inherit = "mlm.distributor"

    # a search looks at those messages only that it may show
    message_ids = fields.One2many(bypass_search_access=False)

    def _mail_get_operation_for_mail_message_operation(self, message_operation):
        operations = super()._mail_get_operation_for_mail_message_operation(message_operation)
        return {one: one._is_home() and needed for one, needed in operations.items()}

    def _mail_group_by_operation_for_mail_message_operation(self, message_operation):
        groups = super()._mail_group_by_operation_for_mail_message_operation(message_operation)
        groups.pop(False, None)
        return groups

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        # whoever follows gets the messages
        self.filtered(lambda one: not one._is_home()).check_access("write")
        return super().message_subscribe(partner_ids, subtype_ids)


class IrAttachment(models.Model):
    """Neither are the files with them: the letter behind a change, a certificate."""

    _inherit = "ir.attachment"

    @api.model
    def _mlm_get_kept_files(self):
        home = self.env["mlm.distributor"]._get_home_domain()
        return {**super()._mlm_get_kept_files(), "mlm.distributor": home}
