"""Searching code and name among a million people in milliseconds."""

from odoo import fields
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL, sql

#: up to so many matches are looked up by their trigrams, more are met soon anyway
RARE = 1000
_LIKE = {"like": SQL("LIKE"), "ilike": SQL("ILIKE")}


def create_trigram_index(env, table, column):
    """Index ``column`` for "contains", where the server has the extension for it."""
    registry = env.registry
    if not registry.has_trigram:
        return
    expression = f'"{column}"'
    if registry.has_unaccent == FunctionStatus.INDEXABLE:
        expression = registry.unaccent(expression)
    name = f"{table}_{column}_trgm"
    sql.create_index(env.cr, name, table, [f"{expression} gin_trgm_ops"], "gin")


def search_code_or_name(model, operator, value, name_of):
    """Return the domain of the records whose code or name contains a text.

    An OR over two tables makes the database read both whole. So a few matches are
    looked up in each table by its own index; where there are many, a page of them is
    found by walking in the order of the page, and the walk ends with the page.

    :param str operator: "like" or "ilike"
    :param name_of: function of the table's alias that returns the SQL of the name
    :return: `Domain`, or None when ``operator`` is another one
    """
    if operator not in _LIKE or not value or not isinstance(value, str):
        return None
    ids = set()
    for path in model._rec_names_search:
        # sudo: the rules of the model itself apply to the domain that is returned
        found = model.sudo()._search(fields.Domain(path, operator, value))
        found.order = None
        found.limit = RARE + 1
        ids.update(found)
        if len(ids) > RARE:
            return fields.Domain.custom(to_sql=_contains(operator, value, name_of))
    return fields.Domain("id", "in", sorted(ids))


def only_named(domain, operator, value, home):
    """What ``domain`` finds by code or name, of people who are not at ``home`` by code only."""
    code = fields.Domain("code", operator, value)
    if operator in fields.Domain.NEGATIVE_OPERATORS:
        return code & (domain | ~home)
    return code | (domain & home)


def _contains(operator, value, name_of):
    pattern = f"%{value}%"

    def to_sql(model, alias, query):
        unaccent = model.env.registry.unaccent
        code = model._field_to_sql(alias, "code", query)
        return SQL(
            "(%(code)s %(like)s %(pattern)s OR %(name)s %(like)s %(pattern)s)",
            code=unaccent(code),
            name=unaccent(name_of(alias)),
            like=_LIKE[operator],
            pattern=unaccent(SQL("%s", pattern)),
        )

    return to_sql
