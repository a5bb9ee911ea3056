# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger

from ..volume import FROZEN, exact, line_volume, to_integer, units_of


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # A credit note copies them from its invoice; a duplicated invoice is a new sale.
    mlm_frozen = fields.Boolean(string="Volume copied", copy=False)
    mlm_unit_pv_e4 = BigInteger(string="Unit PV (ten-thousandths)", copy=False)
    mlm_unit_cv_e4 = BigInteger(string="Unit CV (ten-thousandths)", copy=False)
    mlm_unit_price_e4 = BigInteger(string="Distributor price (ten-thousandths)", copy=False)
    mlm_package_id = fields.Many2one(
        "mlm.package", string="Package", copy=False, ondelete="restrict"
    )
    mlm_package_from_id = fields.Many2one(
        "mlm.package", string="Upgrade from", copy=False, ondelete="restrict"
    )

    def write(self, vals):
        changed = self.browse()
        if "product_id" in vals and "mlm_frozen" not in vals:
            changed = self.filtered(
                lambda line: line.mlm_frozen and line.product_id.id != vals["product_id"]
            )
        result = super().write(vals)
        if changed:
            # values of another product; posting copies those of this one
            super(AccountMoveLine, changed).write({"mlm_frozen": False})
        return result

    def _copy_data_extend_business_fields(self, values):
        super()._copy_data_extend_business_fields(values)
        values["mlm_frozen"] = self.mlm_frozen
        for name in FROZEN:
            value = self[name]
            values[name] = value.id if isinstance(value, models.Model) else value

    def _mlm_freeze(self):
        """Lines without an order get the values valid on the invoice date."""
        for line in self:
            if line.mlm_frozen or line.display_type != "product" or not line.product_id:
                continue
            date = line.move_id.invoice_date or fields.Date.context_today(line)
            pricelist = line.sudo().sale_line_ids.order_id.pricelist_id[:1]
            line.write(
                {
                    "mlm_frozen": True,
                    **line.product_id._mlm_unit_values(line.company_id, date, pricelist),
                }
            )

    def _mlm_target(self):
        """What the ledger should hold for the line, in ten-thousandths.

        Credit notes are negative. Retail margin: what an end customer paid
        above the distributor price, before tax (RULES 15).
        """
        self.ensure_one()
        sign = -1 if self.move_id.move_type == "out_refund" else 1
        units = units_of(self.quantity, self.product_uom_id, self.product_id)
        volume = line_volume(
            self.mlm_unit_pv_e4,
            self.mlm_unit_cv_e4,
            units,
            self.discount,
            free=not self.price_unit,
        )
        retail_e4 = 0
        if self.move_id.mlm_buyer_id.kind == "customer":
            paid_e4 = to_integer(abs(exact(self.balance)) * 10_000)
            cost_e4 = to_integer(self.mlm_unit_price_e4 * exact(units))
            retail_e4 = max(0, paid_e4 - cost_e4)
        return {
            "pv_e4": sign * volume["pv_e4"],
            "cv_e4": sign * volume["cv_e4"],
            "retail_e4": sign * retail_e4,
            "package_qty": sign * to_integer(exact(units)) if self.mlm_package_id else 0,
        }
