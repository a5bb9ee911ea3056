# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal

from ..volume import FROZEN, copied_message, exact, line_volume, to_integer, units_of


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["mlm.guarded", "account.move.line"]
    _guarded = ("mlm_frozen", *FROZEN)

    # Copied at posting: by a credit note from its invoice, else from the order or the
    # product. A duplicated invoice is a new sale.
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

    def _get_guarded_message(self, names):
        return copied_message(self.env, names)

    def write(self, vals):
        changed = self.browse()
        if "product_id" in vals and "mlm_frozen" not in vals:
            changed = self.filtered(
                lambda line: line.mlm_frozen and line.product_id.id != vals["product_id"]
            )
        result = super().write(vals)
        if changed:
            # values of another product; posting copies those of this one
            super(AccountMoveLine, as_internal(changed)).write({"mlm_frozen": False})
        return result

    def _mlm_freeze(self):
        """Copy unit values to lines that have none: of the invoice that is reversed, of
        the order, else of the product on the invoice date."""
        # sudo: orders are not the accountant's to read, nor values to be written
        for line in self.sudo():
            if line.mlm_frozen or line.display_type != "product" or not line.product_id:
                continue
            source = line.move_id._mlm_reversed_line(line) or line.sale_line_ids[:1]
            if source.mlm_frozen and source.product_id == line.product_id:
                values = {
                    name: value.id if isinstance(value := source[name], models.Model) else value
                    for name in FROZEN
                }
            else:
                date = line.move_id.invoice_date or fields.Date.context_today(line)
                pricelist = line.sale_line_ids.order_id.pricelist_id[:1]
                values = line.product_id._mlm_unit_values(line.company_id, date, pricelist)
            as_internal(line).write({"mlm_frozen": True, **values})

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
