# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal, vouch

from ...volume import (
    FROZEN,
    copied_message,
    discount_share,
    line_volume,
    price_e4,
    units_of,
)


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["mlm.guarded", "sale.order.line"]
    _guarded = ("mlm_frozen", *FROZEN)

    # Copied at confirmation and never read again from the product (RULES 1).
    mlm_frozen = fields.Boolean(string="Volume copied", copy=False)
    mlm_unit_pv_e4 = BigInteger(string="Unit PV (ten-thousandths)", copy=False)
    mlm_unit_cv_e4 = BigInteger(string="Unit CV (ten-thousandths)", copy=False)
    mlm_unit_price_e4 = BigInteger(string="Distributor price (ten-thousandths)", copy=False)
    mlm_regular_price_e4 = BigInteger(string="Regular price (ten-thousandths)", copy=False)
    mlm_package_id = fields.Many2one(
        "mlm.package", string="Package", copy=False, ondelete="restrict", index="btree_not_null"
    )
    mlm_package_from_id = fields.Many2one(
        "mlm.package",
        string="Upgrade from",
        copy=False,
        ondelete="restrict",
        index="btree_not_null",
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered(lambda line: line.state == "sale")._mlm_freeze()
        return lines

    def write(self, vals):
        changed = self.browse()
        if "product_id" in vals and "mlm_frozen" not in vals:
            changed = self.filtered(
                lambda line: line.mlm_frozen and line.product_id.id != vals["product_id"]
            )
        result = super().write(vals)
        if changed:
            # what was copied was of another product
            # sudo: the write above has checked the right; sellers write no copies by themselves
            as_internal(changed.sudo()).write({"mlm_frozen": False})
            changed._mlm_freeze()
        return result

    def _get_guarded_message(self, names):
        return copied_message(self.env, names)

    def _mlm_freeze(self):
        """Copy PV, CV, distributor price and package of the day to the line."""
        for line in self:
            if line.mlm_frozen or line.display_type or not line.product_id:
                continue
            # sudo: where the network keeps time and what the product is worth, whoever confirms
            network = line.company_id.sudo().mlm_network_id
            date = network._local_date(fields.Datetime.now())
            as_internal(line.sudo()).write({"mlm_frozen": True, **line._mlm_unit_values(date)})

    def _mlm_unit_values(self, date):
        values = self.product_id._mlm_unit_values(self.company_id, date, self.order_id.pricelist_id)
        return {**values, "mlm_regular_price_e4": self._mlm_regular_price_e4()}

    def _mlm_regular_price_e4(self):
        """Price of the product's unit that the price list gives, in the order's currency,
        ten-thousandths: below it, the line is sold at a discount."""
        line = self.with_company(self.company_id)
        price = line.product_id._get_tax_included_unit_price_from_price(
            line._get_display_price(),
            product_taxes=line.product_id.taxes_id._filter_taxes_by_company(line.company_id),
            fiscal_position=line.order_id.fiscal_position_id,
        )
        return price_e4(price, line.product_uom_id, line.product_id)

    def _mlm_is_discount(self):
        """Whether the line lowers the price of the others; not so what pays for them."""
        return self.price_subtotal < 0 < self.product_uom_qty

    def _mlm_line_volume(self, quantity):
        """PV and CV of ``quantity`` in the unit of the line, in ten-thousandths."""
        self.ensure_one()
        if self.display_type or not self.product_id:
            return {"pv_e4": 0, "cv_e4": 0}
        unit = (
            {name: self[name] for name in FROZEN}
            if self.mlm_frozen
            else self._mlm_unit_values(fields.Date.context_today(self))
        )
        return line_volume(
            unit["mlm_unit_pv_e4"],
            unit["mlm_unit_cv_e4"],
            units_of(quantity, self.product_uom_id, self.product_id),
            self.discount,
            price=(
                price_e4(self.price_unit, self.product_uom_id, self.product_id),
                unit["mlm_regular_price_e4"],
            ),
            share=discount_share(self.order_id.order_line),
        )

    def _prepare_invoice_line(self, **optional_values):
        values = super()._prepare_invoice_line(**optional_values)
        if self.mlm_frozen:
            values |= {name: vouch(self[name]) for name in ("mlm_frozen", *FROZEN)}
        return values
