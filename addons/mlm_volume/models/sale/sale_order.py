# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from odoo.addons.mlm_base.internal import as_internal, is_internal, vouch


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["mlm.guarded", "sale.order"]
    _free = ("mlm_distributor_id",)

    mlm_buyer_id = fields.Many2one(
        "mlm.distributor",
        string="Enrolled buyer",
        compute="_compute_mlm_buyer_id",
        store=True,
        index="btree_not_null",
        precompute=True,
    )
    mlm_distributor_id = fields.Many2one(
        "mlm.distributor",
        string="Volume goes to",
        compute="_compute_mlm_distributor_id",
        store=True,
        readonly=False,
        index="btree_not_null",
        precompute=True,
        check_company=True,
        domain="[('kind', '!=', 'customer')]",
        help="The distributor credited with the volume of this order: the buyer, "
        "or the distributor recorded on a customer.",
    )
    mlm_pv = fields.Float(string="PV", compute="_compute_mlm_volume", digits=(18, 2))
    mlm_cv = fields.Float(string="CV", compute="_compute_mlm_volume", digits=(18, 2))

    @api.depends("partner_id", "company_id")
    def _compute_mlm_buyer_id(self):
        for order in self:
            order.mlm_buyer_id = self.env["mlm.distributor"]._mlm_of_partner(
                order.partner_id, order.company_id
            )

    @api.depends("mlm_buyer_id.sponsor_id", "mlm_buyer_id.state", "mlm_buyer_id.kind")
    def _compute_mlm_distributor_id(self):
        for order in self:
            if order.state in ("sale", "cancel") and order.mlm_distributor_id:
                continue  # who is credited is fixed at confirmation
            order.mlm_distributor_id = order._mlm_credited()

    @api.constrains("mlm_distributor_id", "company_id")
    def _check_mlm_network(self):
        self.env["mlm.distributor"]._mlm_ensure_same_network(self)

    def _mlm_credited(self):
        """Who gets the volume of what the enrolled buyer, or a stranger, buys."""
        # sudo: whoever sells need not read the network; who is credited follows from the buyer
        buyer = self.mlm_buyer_id.sudo()
        queue = self.company_id.sudo().mlm_root_queue_id
        if buyer.state == "terminated":
            return buyer._mlm_successor() or queue
        if buyer.kind == "customer":
            return buyer.sponsor_id
        return buyer or queue

    @api.depends(
        "order_line.product_id",
        "order_line.product_uom_qty",
        "order_line.price_unit",
        "order_line.discount",
        "order_line.mlm_frozen",
        "pricelist_id",
        "mlm_distributor_id",
    )
    def _compute_mlm_volume(self):
        for order in self:
            pv_e4 = cv_e4 = 0
            if order.mlm_distributor_id:
                for line in order.order_line:
                    volume = line._mlm_line_volume(line.product_uom_qty)
                    pv_e4 += volume["pv_e4"]
                    cv_e4 += volume["cv_e4"]
            order.mlm_pv, order.mlm_cv = pv_e4 / 10_000, cv_e4 / 10_000

    def write(self, vals):
        # fixed at confirmation; those who move it say so to the key, and leave a note
        if "mlm_distributor_id" in vals and not is_internal(self.env):
            for order in self:
                if (
                    order.state in ("sale", "cancel")
                    and order.mlm_distributor_id.id != vals["mlm_distributor_id"]
                ):
                    raise AccessError(
                        self.env._(
                            "%(order)s is confirmed, so who gets its volume cannot change. "
                            "Orders that are not in the ledger yet move with the buyer when the "
                            "buyer's sponsor is changed.",
                            order=order.display_name,
                        )
                    )
        return super().write(vals)

    def _action_confirm(self):
        # who enrolled since the quotation buys as what they are now
        for order in self.filtered(lambda one: not one.mlm_buyer_id):
            buyer = self.env["mlm.distributor"]._mlm_of_partner(order.partner_id, order.company_id)
            as_internal(order).write({"mlm_buyer_id": buyer.id})
            # sudo: who gets the volume of strangers, only to compare
            queue = order.company_id.sudo().mlm_root_queue_id
            if order.mlm_buyer_id and order.mlm_distributor_id in (queue, queue.browse()):
                credited = order._mlm_credited()
                as_internal(order).write({"mlm_distributor_id": credited.id})
        self.order_line._mlm_freeze()
        return super()._action_confirm()

    def _mlm_credit_to(self, distributor):
        """Give the volume of confirmed orders that has not come about yet to another
        distributor; what is in the ledger stays.

        :return: the orders that changed
        """
        changed = self.browse()
        # sudo: the caller has checked the right; invoices go along with their order
        for order in self.sudo():
            invoices = order.invoice_ids
            if any(invoices.mapped("mlm_entry_count")):
                continue
            old = order.mlm_distributor_id
            as_internal(order).write({"mlm_distributor_id": distributor.id})
            same = invoices.filtered_domain([("mlm_distributor_id", "=", old.id)])
            as_internal(same).write({"mlm_distributor_id": distributor.id})
            order.message_post(
                body=self.env._(
                    "The volume of this order goes to %(new)s instead of %(old)s.",
                    new=distributor.display_name,
                    old=old.display_name,
                )
            )
            changed |= order
        return changed.with_env(self.env)

    def _get_invoice_grouping_keys(self):
        return [*super()._get_invoice_grouping_keys(), "mlm_buyer_id", "mlm_distributor_id"]

    def _prepare_invoice(self):
        return {
            **super()._prepare_invoice(),
            "mlm_buyer_id": vouch(self.mlm_buyer_id),
            "mlm_distributor_id": self.mlm_distributor_id.id,
        }
