# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """Where the plan has no longer periods, *Cycles* is one entry and no folder."""
        hidden = super()._load_menus_blacklist()
        if self.env["mlm.period"]._has_longer():
            return hidden
        names = ("menu_mlm_period", "menu_mlm_period_longer")
        return [*hidden, *(self.env.ref(f"mlm_volume.{name}").id for name in names)]
