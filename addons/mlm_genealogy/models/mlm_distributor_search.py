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
        domain = search_code_or_name(self, operator, value, self._get_name_sql)
        return super()._search_display_name(operator, value) if domain is None else domain

    def _get_name_sql(self, alias):
        return SQL(
            "(SELECT name FROM res_partner WHERE id = %s)", SQL.identifier(alias, "partner_id")
        )


class MlmPosition(models.Model):
    """Found by the code of the position or the name of whoever stands there."""

    _inherit = "mlm.position"

    def _auto_init(self):
        result = super()._auto_init()
        create_trigram_index(self.env, self._table, "code")
        return result

    def _search_display_name(self, operator, value):
        domain = search_code_or_name(self, operator, value, self._get_name_sql)
        return super()._search_display_name(operator, value) if domain is None else domain

    def _get_name_sql(self, alias):
        return SQL(
            """(SELECT person.name FROM mlm_distributor node
                  JOIN res_partner person ON person.id = node.partner_id
                 WHERE node.id = %s)""",
            SQL.identifier(alias, "distributor_id"),
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _auto_init(self):
        result = super()._auto_init()
        # people are looked for by any part of their name
        create_trigram_index(self.env, self._table, "name")
        return result
