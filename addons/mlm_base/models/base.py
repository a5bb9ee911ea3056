from odoo import api, models
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

    @api.model
    def _mlm_needs_process(self, cron):
        """Whether an action of this model has so much to do now that it takes a process of its
        own (`ir.cron`); else it is done where the action is run.
        """
        return True

    def _mlm_resumes(self):
        """Say what is kept of work that ended too early and goes on by itself; empty where
        nothing is kept and a person starts it again.
        """
        return ""
