from odoo import models


class MlmDistributor(models.Model):
    """The buttons about the person behind the membership."""

    _inherit = "mlm.distributor"

    def action_transfer(self):
        return self._open_wizard("mlm.transfer.wizard", self.env._("Transfer"))

    def action_co_holder(self):
        return self._open_wizard("mlm.co.holder.wizard", self.env._("Co-holders"))

    def action_promote(self):
        return self._open_wizard("mlm.promote.wizard", self.env._("Promote"))

    def action_merge(self):
        return self._open_wizard("mlm.merge.wizard", self.env._("Merge"))
