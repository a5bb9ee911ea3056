"""Searching code and name among a million people in milliseconds."""

from odoo import fields
from odoo.modules.db import FunctionStatus
from odoo.tools import SQL, sql

from .names import fold, folded

#: up to so many matches are looked up by their trigrams, more are met soon anyway
RARE = 1000


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


def search_code_or_name(model, operator, value, owner):
    """Return the domain of the records whose code or name contains a text.

    An OR over two tables makes the database read both whole. So a few matches are
    looked up in each table by its own index; where there are many, a page of them is
    found by walking in the order of the page, and the walk ends with the page.
    Accents do not matter in names.

    :param str operator: only "ilike" is looked up in this way
    :param owner: function of the alias of the model's table that returns the SQL
        of the distributor's id
    :return: `Domain`, or None when ``operator`` is another one
    """
    if operator != "ilike" or not value or not isinstance(value, str):
        return None
    # sudo: the rules of the model itself apply to the domain that is returned
    found = model.sudo()._search(fields.Domain("code", operator, value))
    found.order, found.limit = None, RARE + 1
    ids = set(found)
    if len(ids) <= RARE:
        ids.update(_find_names(model, value, owner))
    if len(ids) > RARE:
        return fields.Domain.custom(to_sql=_contains(value, owner))
    return fields.Domain("id", "in", sorted(ids))


def _find_names(model, value, owner):
    model.env["res.partner"].flush_model(["name"])
    model.flush_model()
    rows = model.env.execute_query(
        SQL(
            """SELECT found.id FROM res_partner person
                 JOIN mlm_distributor node ON node.partner_id = person.id
                 JOIN %s found ON %s = node.id
                WHERE %s LIKE %s LIMIT %s""",
            SQL.identifier(model._table),
            owner("found"),
            folded(SQL("person.name")),
            f"%{fold(value)}%",
            RARE + 1,
        )
    )
    return [row[0] for row in rows]


def _contains(value, owner):
    def to_sql(model, alias, query):
        unaccent = model.env.registry.unaccent
        return SQL(
            """(%(code)s ILIKE %(text)s OR %(name)s LIKE %(folded)s)""",
            code=unaccent(model._field_to_sql(alias, "code", query)),
            text=unaccent(SQL("%s", f"%{value}%")),
            name=folded(_name_of(owner(alias))),
            folded=f"%{fold(value)}%",
        )

    return to_sql


def _name_of(distributor):
    return SQL(
        """(SELECT person.name FROM mlm_distributor holder
              JOIN res_partner person ON person.id = holder.partner_id
             WHERE holder.id = %s)""",
        distributor,
    )
