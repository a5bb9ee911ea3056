from odoo import fields
from odoo.tools import SQL

# A btree row holds about 2,700 bytes, a path of 10,000 levels 60,000: only the head
# of the path is indexed. The collation is named, so that prefixes find the index in
# a database of any collation.
PATH_HEAD = 512


def path_head(column):
    """Return the SQL of the indexed head of the path in ``column``."""
    return SQL('left(%s, %s) COLLATE "C"', column, SQL(str(PATH_HEAD)))


class PathChar(fields.Char):
    """A ``parent_path`` of any depth.

    The model creates the index ``<table>__<field>_index`` on the head of the path
    itself, before the registry would create it on the whole path.
    """

    def _condition_to_sql(self, field_expr, operator, value, model, alias, query):
        if not (
            operator == "=like"
            and isinstance(value, str)
            and value.endswith("%")
            and value[:-1].replace("/", "").isdigit()
        ):
            return super()._condition_to_sql(field_expr, operator, value, model, alias, query)
        column = model._field_to_sql(alias, field_expr, query)
        head = SQL("%s LIKE %s", path_head(column), value[:-1][:PATH_HEAD] + "%")
        if len(value) - 1 <= PATH_HEAD:
            return head
        return SQL("(%s AND %s LIKE %s)", head, column, value)
