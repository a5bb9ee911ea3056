from odoo import fields, models
from odoo.tools import SQL

from ...search import create_trigram_index, search_code_or_name


def only_named(domain, operator, value, home):
    """What ``domain`` finds by code or name, of people who are not at ``home`` by code only."""
    code = fields.Domain("code", operator, value)
    if operator in fields.Domain.NEGATIVE_OPERATORS:
        return code & (domain | ~home)
    return code | (domain & home)


class MlmDistributor(models.Model):
    """Found by code or name, however many people there are."""

    _inherit = "mlm.distributor"

    def _auto_init(self):
        result = super()._auto_init()
        create_trigram_index(self.env, self._table, "code")
        return result

    def _search_display_name(self, operator, value):
        domain = search_code_or_name(self, operator, value, self._get_name_sql)
        if domain is None:
            domain = super()._search_display_name(operator, value)
        return self._search_named(domain, operator, value)

    def _search_named(self, domain, operator, value):
        """By their names only those are found whose names the reader may see."""
        if not self._has_unnamed():
            return domain
        return only_named(domain, operator, value, self._get_home_domain())

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
        if domain is None:
            domain = super()._search_display_name(operator, value)
        people = self.env["mlm.distributor"]
        if not people._has_unnamed():
            return domain
        home = fields.Domain("distributor_id", "any", people._get_home_domain())
        return only_named(domain, operator, value, home)

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
