from odoo import api, fields, models
from odoo.tools import SQL, sql
from odoo.tools.misc import unquote


class MlmOfNetwork(models.AbstractModel):
    """Records of a network, which point at records of the same network only.

    ``_same_network`` names many2one fields whose target has a network, too. The database
    refuses another one: their foreign key is (id, network). The sets of all classes of a
    model are united.
    """

    _name = "mlm.of.network"
    _description = "Belongs to a Network"

    _same_network = ()

    network_id = fields.Many2one(
        "mlm.network",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company.mlm_network_id,
    )

    @api.model
    def _check_company_domain(self, companies):
        """What a record of a company may point at: records of its network."""
        if not companies:
            return fields.Domain.TRUE
        if isinstance(companies, unquote):
            return fields.Domain("network_id.company_ids", "in", companies)
        # sudo: only which network each company is of, for a domain
        companies = self.env["res.company"].sudo().browse(models.to_record_ids(companies))
        return fields.Domain("network_id", "in", companies.mlm_network_id.ids)

    @api.private
    def init(self):
        result = super().init()
        if not self._abstract and self._auto:
            if self.pool.ready:
                self._tie_to_network()
            else:
                # the tables of all models of the module are there only then
                self.pool.post_init(self._tie_to_network)
        return result

    @api.model
    def _tie_to_network(self):
        """Create the foreign keys that keep a record inside its network. Idempotent."""
        names = set().union(*(vars(one).get("_same_network", ()) for one in type(self).__mro__))
        for name in sorted(names):
            field = self._fields[name]
            target = self.env[field.comodel_name]._table
            tie_to_network(self.env.cr, self._table, name, target, field.ondelete)


def tie_to_network(cr, table, column, target, ondelete="restrict"):
    """Create FOREIGN KEY (``column``, network_id) of ``table`` to (id, network_id) of ``target``."""
    unique = f"{target}_id_network_key"
    if not sql.constraint_definition(cr, target, unique):
        cr.execute(
            SQL(
                "ALTER TABLE %s ADD CONSTRAINT %s UNIQUE (id, network_id)",
                SQL.identifier(target),
                SQL.identifier(unique),
            )
        )
    name = f"{table}_{column}_network_fkey"
    if sql.constraint_definition(cr, table, name):
        return
    cr.execute(
        SQL(
            "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s, network_id)"
            " REFERENCES %s (id, network_id) ON DELETE %s",
            SQL.identifier(table),
            SQL.identifier(name),
            SQL.identifier(column),
            SQL.identifier(target),
            SQL("CASCADE" if ondelete == "cascade" else "RESTRICT"),
        )
    )
