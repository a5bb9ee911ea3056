from odoo import models
from odoo.tools import SQL

from ..exact import BigInteger


class Base(models.AbstractModel):
    _inherit = "base"

    def _read_group_select(self, aggregate_spec, query):
        # PostgreSQL sums bigint as numeric, which the driver hands over as float
        select = super()._read_group_select(aggregate_spec, query)
        name, __, function = aggregate_spec.partition(":")
        if function == "sum" and isinstance(self._fields.get(name), BigInteger):
            return SQL("(%s)::bigint", select)
        return select
