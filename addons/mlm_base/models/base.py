from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tools import SQL

from ..exact import BigInteger
from ..internal import is_of_suite


class Base(models.AbstractModel):
    _inherit = "base"

    # -- what may be pointed at ----------------------------------------------
    #
    # Odoo shows the name of whatever a many2one points at, and computed fields read through it
    # as the system. So a record of the suite points at nothing that its writer may not read:
    # not on its form, not saved, not by a default. Who writes as the system has checked before.

    def _add_missing_default_values(self, values):
        values = super()._add_missing_default_values(values)
        self._ensure_reachable(values)
        return values

    def write(self, vals):
        self._ensure_reachable(vals)
        return super().write(vals)

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        self._ensure_reachable(values)
        return values

    def onchange(self, values, field_names, fields_spec):
        self._ensure_reachable(values)
        return super().onchange(values, field_names, fields_spec)

    def _ensure_reachable(self, values):
        """Refuse ids of records that the user may not read.

        :param dict values: as `create` and `write` take them
        :raise AccessError: one of them is out of reach
        """
        if self.env.su:
            return
        is_ours = is_of_suite(self._original_module)
        for name, value in values.items():
            field = self._fields.get(name)
            if not value or not field or not field.comodel_name:
                continue
            if not is_ours and not is_of_suite(field._module):
                continue
            if field.type == "many2one":
                ids = [value] if isinstance(value, int) else []
            elif field.type in ("one2many", "many2many") and isinstance(value, (list, tuple)):
                ids = _linked(value)
            else:
                continue
            records = self.env[field.comodel_name].browse(ids)
            if not records:
                continue
            if is_ours:
                records.check_access("read")
            else:
                self._ensure_own_company(field, records)

    def _ensure_own_company(self, field, records):
        """Refuse records of companies in which the user does not work, without their names.

        Who writes orders and invoices need not read the network, and names its people there.
        """
        # sudo: only whose they are is looked at
        records, companies = records.sudo().exists(), self.env.user.sudo().company_ids
        if "network_id" in records._fields:
            # somebody of the network may buy from any of its companies
            foreign = records.network_id - companies.mlm_network_id
        else:
            foreign = "company_id" in records._fields and records.company_id - companies
        if foreign:
            label = field.get_description(self.env, ["string"])["string"]
            raise AccessError(
                self.env._(
                    "“%(field)s” belongs to a company that you have no access to.", field=label
                )
            )

    # -- sums ----------------------------------------------------------------

    def _read_group_select(self, aggregate_spec, query):
        name, __, function = aggregate_spec.partition(":")
        if function == "sum_currency" and is_of_suite(self._original_module):
            return self._sum_of_one_currency(name, query)
        # PostgreSQL sums bigint as numeric, which the driver hands over as float
        select = super()._read_group_select(aggregate_spec, query)
        if function == "sum" and isinstance(self._fields.get(name), BigInteger):
            return SQL("(%s)::bigint", select)
        return select

    def _sum_of_one_currency(self, name, query):
        """SQL: the sum where all of it is in the company's currency, else NULL.

        Odoo would turn the rest by the rates of `res.currency`, with which nobody is paid, and
        one for one where there are none.
        """
        currency = self._fields[name].get_currency_field(self)
        return SQL(
            "CASE WHEN bool_and(%s = %s) THEN sum(%s) END",
            self._field_to_sql(self._table, currency, query),
            self.env.company.currency_id.id,
            self._field_to_sql(self._table, name, query),
        )

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


def _linked(commands):
    """Ids of existing records that commands of an x2many field bring in."""
    ids = []
    for command in commands:
        if isinstance(command, int):
            ids.append(command)
        elif command[0] == Command.LINK:
            ids.append(command[1])
        elif command[0] == Command.SET:
            ids += command[2]
    return ids
