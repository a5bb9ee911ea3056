from odoo import models
from odoo.tools import SQL

from ..search import create_trigram_index, search_code_or_name


class MlmDistributor(models.Model):
    """Found by code or name, however many people there are."""

    _inherit = "mlm.distributor"

    def _auto_init(self):
        result = super()._auto_init()
        create_trigram_index(self.env, self._table, "code")
        return result

    def _search_display_name(self, operator, value):
        found = search_code_or_name(
            self, operator, value, lambda alias: SQL.identifier(alias, "id")
        )
        return super()._search_display_name(operator, value) if found is None else found


class MlmPosition(models.Model):
    """Found by the code of the position or the name of whoever stands there."""

    _inherit = "mlm.position"

    def _auto_init(self):
        result = super()._auto_init()
        create_trigram_index(self.env, self._table, "code")
        return result

    def _search_display_name(self, operator, value):
        found = search_code_or_name(
            self, operator, value, lambda alias: SQL.identifier(alias, "distributor_id")
        )
        return super()._search_display_name(operator, value) if found is None else found
