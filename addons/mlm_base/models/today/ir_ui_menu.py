from odoo import api, models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def _get_mlm_path(self, xmlid):
        """Return where a menu is, as its reader sees it: ``Network › People › Distributors``.

        Messages name screens by it, so that they stay right when menus move.
        """
        # sudo: names of menus; who may open one sees it, the others know whom to ask
        menu = self.env.ref(xmlid).sudo()
        above = self.browse(map(int, menu.parent_path.split("/")[:-1])).sudo()
        return " › ".join(above.mapped("name"))
