from odoo import models
from odoo.tools import SQL, sql

from ...names import folded


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _auto_init(self):
        result = super()._auto_init()
        self._index_names()
        return result

    def _index_names(self):
        """Let a part of a name be found by index where the server can do so."""
        if not self.env.registry.has_trigram:
            return
        cr = self.env.cr
        expression = cr.mogrify(folded(SQL.identifier("name"))).decode()
        sql.create_index(
            cr,
            "mlm_res_partner_name_folded_index",
            "res_partner",
            [f"({expression}) gin_trgm_ops"],
            "gin",
        )
