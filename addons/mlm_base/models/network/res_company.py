from odoo import api, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _name = "res.company"
    _inherit = ["mlm.guarded", "res.company"]
    _free = ("mlm_network_id",)

    mlm_tz = fields.Selection(related="mlm_network_id.tz", readonly=False)

    mlm_network_id = fields.Many2one(
        "mlm.network",
        string="Network",
        required=True,
        index=True,
        ondelete="restrict",
        copy=False,
        help="Companies of one network share its genealogy, plan and cycles. A new company has a "
        "network of its own; while that is empty, the company can join another one.",
    )

    def _init_column(self, column_name):
        """Every company that is here already gets a network of its own."""
        if column_name != "mlm_network_id":
            return super()._init_column(column_name)
        self.env.cr.execute(
            """WITH made AS (
                   INSERT INTO mlm_network (id, currency_id, tz, names_elsewhere)
                   SELECT nextval('mlm_network_id_seq'), company.currency_id, 'America/Bogota',
                          'name'
                     FROM res_company company WHERE company.mlm_network_id IS NULL
                 RETURNING id
               ), numbered_network AS (
                   SELECT id, row_number() OVER (ORDER BY id) AS number FROM made
               ), numbered_company AS (
                   SELECT id, row_number() OVER (ORDER BY id) AS number
                     FROM res_company WHERE mlm_network_id IS NULL
               )
               UPDATE res_company company SET mlm_network_id = numbered_network.id
                 FROM numbered_network JOIN numbered_company USING (number)
                WHERE company.id = numbered_company.id"""
        )

    @api.model_create_multi
    def create(self, vals_list):
        # sudo: whoever may create a company gets the network that belongs to it
        networks = self.env["mlm.network"].sudo()
        for vals in vals_list:
            # a branch works in the network of its company
            # sudo: only which network it is of; `_ensure_may_join` checks it as the user
            parent = self.sudo().browse(vals.get("parent_id"))
            joined = networks.browse(vals.get("mlm_network_id")) or parent.mlm_network_id
            joined.sudo(self.env.su)._ensure_may_join()
            if not vals.get("mlm_network_id"):
                network = joined or networks.create(
                    {"currency_id": vals["currency_id"]} if vals.get("currency_id") else {}
                )
                vals["mlm_network_id"] = network.id
        companies = super().create(vals_list)
        # which networks are shared is kept
        self.env.registry.clear_cache()
        return companies

    def write(self, vals):
        joins = self.browse()
        if vals.get("mlm_network_id"):
            joins = self.filtered(lambda one: one.mlm_network_id.id != vals["mlm_network_id"])
            joins._ensure_may_leave_network()
            if joins:
                self.env["mlm.network"].browse(vals["mlm_network_id"])._ensure_may_join()
        left = joins.mlm_network_id
        result = super().write(vals)
        if joins:
            # record rules name the networks of the user's companies
            self.env.registry.clear_cache()
            # sudo: a network without companies is nobody's
            left.sudo().filtered(lambda one: not one.company_ids).unlink()
        return result

    def _ensure_may_leave_network(self):
        """UserError where something stands in the present network of one of the companies."""
        for company in self:
            if company._mlm_network_records():
                raise UserError(
                    self.env._(
                        "%(company)s has people, cycles or plans in its network, so it stays "
                        "there. A company can join another network only before it starts.",
                        company=company.display_name,
                    )
                )

    def _mlm_network_records(self):
        """Return a record that ties the company to its network; none: it may join another.

        Looks at every model with people or documents of the company, and at the whole
        network where the company is its only one.
        """
        self.ensure_one()
        # sudo: what its users may not see ties it as well
        alone = not self.mlm_network_id._is_shared()
        for model in self.env.registry.models.values():
            if not issubclass(model, self.env.registry["mlm.of.network"]) or model._abstract:
                continue
            # sudo: as above, whether there is one
            records = self.env[model._name].sudo().with_context(active_test=False)
            domain = fields.Domain("network_id", "=", self.mlm_network_id.id)
            if not alone:
                if "company_id" not in records._fields:
                    continue
                domain &= fields.Domain("company_id", "=", self.id)
            if found := records.search(domain, limit=1):
                return found
        return self.env["mlm.network"]
