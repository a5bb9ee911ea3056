from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Who works in companies that each have a network of their own sees no networks."""
        hidden = super()._load_menus_blacklist()
        # sudo: that companies share a network is known to their people
        if any(one._is_shared() for one in self.env.user.sudo().company_ids.mlm_network_id):
            return hidden
        return [*hidden, self.env.ref("mlm_base.menu_networks").id]
