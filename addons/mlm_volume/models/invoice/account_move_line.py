# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from fractions import Fraction

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.sql import column_exists, create_column

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal

from ...credit import GOODS, MONEY
from ...volume import (
    FROZEN,
    copied_message,
    discount_share,
    exact,
    line_volume,
    price_e4,
    to_integer,
    units_of,
)


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["mlm.guarded", "account.move.line"]
    _guarded = ("mlm_frozen", *FROZEN)
    _free = ("mlm_return",)

    # Copied at posting: by a credit note from its invoice, else from the order or the
    # product. A duplicated invoice is a new sale.
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

    mlm_return = fields.Selection(
        [(GOODS, "Goods returned"), (MONEY, "Money only")],
        string="Returned",
        compute="_compute_mlm_return",
        store=True,
        readonly=False,
        copy=False,
        help="Goods returned: the units come back, and their PV and CV are taken off. Money "
        "only: nothing comes back; CV falls in proportion to the money, PV stays.",
    )

    def _auto_init(self):
        # what was credited before was taken by its quantity, and nobody is asked again
        if not column_exists(self.env.cr, self._table, "mlm_return"):
            create_column(self.env.cr, self._table, "mlm_return", "varchar")
        return super()._auto_init()

    @api.depends("product_id", "price_unit", "discount", "move_id.reversed_entry_id")
    def _compute_mlm_return(self):
        """The price of the sale proposes that goods come back; a lower one asks."""
        for line in self:
            if line.move_id.move_type != "out_refund" or line.display_type != "product":
                line.mlm_return = False
            elif line.move_id.state == "draft":
                line.mlm_return = line._mlm_propose_return(line.mlm_return)
            else:
                line.mlm_return = line.mlm_return

    def _get_guarded_message(self, names):
        return copied_message(self.env, names)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._mlm_ask_again()
        return lines

    def _mlm_ask_again(self):
        """A discount line of a draft credit note lowers the price of the lines beside it."""
        notes = self.move_id.filtered(lambda one: one.move_type == "out_refund")
        for note in notes.filtered(lambda one: one.state == "draft"):
            if any(line._mlm_is_discount() for line in self & note.invoice_line_ids):
                others = note.invoice_line_ids - self
                self.env.add_to_compute(self._fields["mlm_return"], others)

    def write(self, vals):
        if "mlm_return" in vals and any(
            line.parent_state == "posted" and line.mlm_return != vals["mlm_return"] for line in self
        ):
            raise UserError(
                self.env._(
                    "%(credit)s is posted: what was returned with it is in the ledger. Reset it "
                    "to draft to correct it.",
                    credit=", ".join(self.move_id.mapped("display_name")),
                )
            )
        changed = self.browse()
        if "product_id" in vals and "mlm_frozen" not in vals:
            changed = self.filtered(
                lambda line: line.mlm_frozen and line.product_id.id != vals["product_id"]
            )
        result = super().write(vals)
        if not {"price_unit", "quantity", "discount"}.isdisjoint(vals):
            self._mlm_ask_again()
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
                # the price of the order in another currency says nothing here
                same = source.currency_id == line.currency_id
                values = {
                    name: value.id if isinstance(value := source[name], models.Model) else value
                    for name in FROZEN
                }
                values["mlm_regular_price_e4"] *= same
            else:
                date = line.move_id.invoice_date or fields.Date.context_today(line)
                pricelist = line.sale_line_ids.order_id.pricelist_id[:1]
                values = line.product_id._mlm_unit_values(line.company_id, date, pricelist)
                values["mlm_regular_price_e4"] = line._mlm_regular_price_e4(date, values)
            as_internal(line).write({"mlm_frozen": True, **values})

    def _mlm_target(self):
        """What the ledger should hold for the line, in ten-thousandths.

        Credit notes are negative. Retail margin: what an end customer paid
        above the distributor price, before tax (RULES 15).
        """
        self.ensure_one()
        sign = -1 if self.move_id.move_type == "out_refund" else 1
        units = units_of(self.quantity, self.product_uom_id, self.product_id)
        share = discount_share(self.move_id.invoice_line_ids)
        volume = line_volume(
            self.mlm_unit_pv_e4,
            self.mlm_unit_cv_e4,
            units,
            self.discount,
            price=(
                price_e4(self.price_unit, self.product_uom_id, self.product_id),
                self.mlm_regular_price_e4,
            ),
            share=share,
        )
        retail_e4 = 0
        if self.move_id.mlm_buyer_id.kind == "customer":
            paid_e4 = to_integer(-sign * Fraction(exact(self.balance)) * share * 10_000)
            cost_e4 = to_integer(self.mlm_unit_price_e4 * exact(units))
            # units that come back on the invoice itself take their margin with them
            retail_e4 = (max if units > 0 else min)(0, paid_e4 - cost_e4)
        packages = to_integer(exact(units)) if self.mlm_package_id else 0
        goods = self.mlm_return != MONEY
        return {
            "pv_e4": sign * volume["pv_e4"] * goods,
            "cv_e4": sign * volume["cv_e4"],
            "retail_e4": sign * retail_e4,
            "package_qty": sign * packages * goods,
        }

    def _mlm_regular_price_e4(self, date, values):
        """Lowest regular price of the product's unit for the buyer of an invoice without an
        order, in the invoice's currency, ten-thousandths: below it is a discount."""
        move, product = self.move_id, self.product_id
        company, currency = self.company_id, move.currency_id
        home = company.currency_id
        pricelist = (
            self.sale_line_ids.order_id.pricelist_id[:1]
            or move.partner_id.with_company(company).property_product_pricelist
        )
        listed = product.with_company(company)
        prices = [listed.currency_id._convert(listed.lst_price, currency, company, date)]
        if pricelist:
            prices.append(pricelist._get_product_price(product, 1.0, currency=currency, date=date))
        if move.mlm_buyer_id.kind != "customer":
            own = values["mlm_unit_price_e4"] / 10_000
            prices.append(home._convert(own, currency, company, date))
        price = product._get_tax_included_unit_price_from_price(
            min(prices),
            product_taxes=product.taxes_id._filter_taxes_by_company(company),
            fiscal_position=move.fiscal_position_id,
        )
        return to_integer(exact(price) * 10_000)

    def _mlm_is_discount(self):
        """Whether the line lowers the price of the others; not so what pays for them."""
        return self.display_type == "product" and self.price_subtotal < 0 and self.quantity > 0

    # -- payments ----------------------------------------------------------

    def _mlm_confirms_payment(self, invoice):
        """Whether this posted journal item, which settles (a part of) ``invoice``, is a
        confirmed payment of it.

        The one door for other ways to pay: a bridge overrides it and says yes for its own
        items. It asks for each item that is matched with the receivable of the invoice or
        of a down payment that it deducts.
        """
        self.ensure_one()
        return bool(self.move_id.origin_payment_id or self.statement_line_id)

    def _mlm_is_overdrawn(self):
        """Whether more is matched with this journal item than it is."""
        self.ensure_one()
        partials = self.matched_debit_ids + self.matched_credit_ids
        rest = abs(self.balance) - sum(partials.mapped("amount"))
        return self.company_currency_id.compare_amounts(rest, 0) < 0

    def _mlm_payment_date(self):
        """Day on which what this item pays was paid: it says in which cycle a sale counts."""
        self.ensure_one()
        return self.date

    # -- lines of credit notes ---------------------------------------------

    def _mlm_direction(self):
        """-1 of goods that came back on the invoice itself, and of that line of its credit
        note, which gives back what the invoice took; else 1."""
        return -1 if self.quantity < 0 else 1

    def _mlm_units(self):
        """Units of the line in the product's own unit."""
        if not self.product_id:
            return Fraction(exact(self.quantity))
        return Fraction(exact(units_of(self.quantity, self.product_uom_id, self.product_id)))

    def _mlm_money(self, currency):
        """Amount before tax: in ``currency`` if that is the line's, else in the company's."""
        amount = self.price_subtotal if self.currency_id == currency else self.balance
        return abs(Fraction(exact(amount)))

    def _mlm_carries_volume(self):
        # sudo: whether it does is no secret of the buyer
        line = self.sudo()
        return bool(
            line.mlm_unit_pv_e4
            or line.mlm_unit_cv_e4
            or line.mlm_package_id
            or (line.mlm_frozen and line.move_id.mlm_buyer_id.kind == "customer")
        )

    def _mlm_propose_return(self, chosen):
        """What comes back with a line of a draft credit note, or False: somebody has to say.

        :param chosen: what was said or proposed before
        """
        # sudo: whoever writes a credit note need not see the order behind its invoice
        line = self.sudo()
        move = line.move_id
        sales = move._mlm_credited_sales()
        if line.price_subtotal <= 0:
            return False
        if not sales:
            return line._mlm_propose_return_alone(chosen)
        sold = line._mlm_credited_lines(sales)[:1]
        if not sold:
            carries = any(one._mlm_carries_volume() for one in sales.invoice_line_ids)
            return chosen or (MONEY if carries else False)
        if not sold._mlm_carries_volume():
            return False
        same = sold.currency_id == line.currency_id
        expected = sold._mlm_money(line.currency_id) / sold._mlm_units() * line._mlm_units()
        currency = line.currency_id if same else line.company_id.currency_id
        # discount lines of either document are part of the price
        expected *= discount_share(sold.move_id.invoice_line_ids)
        given = line._mlm_money(sold.currency_id) * discount_share(move.invoice_line_ids)
        # each of the subtotals is rounded by itself
        lower = given < expected - 2 * Fraction(exact(currency.rounding))
        return (chosen if chosen == MONEY else False) if lower else chosen or GOODS

    def _mlm_only_money(self):
        """Nothing comes back with these lines of draft credit notes."""
        for line in self:
            if line.mlm_return or line._mlm_propose_return(MONEY):
                line.mlm_return = MONEY

    def _mlm_propose_return_alone(self, chosen):
        """The same for a credit note that names no invoice."""
        move, product = self.move_id, self.product_id
        template = product.product_tmpl_id
        credited = (
            move.mlm_distributor_id
            or self.env["mlm.distributor"]._mlm_of_partner(move.partner_id, move.company_id)
            or move.company_id.mlm_root_queue_id
        )
        if not credited or not (template.mlm_volume_ids or template.mlm_package_id):
            return False
        date = move.invoice_date or fields.Date.context_today(self)
        values = product._mlm_unit_values(self.company_id, date)
        regular_e4 = self._mlm_regular_price_e4(date, values)
        price = self.price_unit * (1 - self.discount / 100)
        lower = price_e4(price, self.product_uom_id, product) < regular_e4
        return (chosen if chosen == MONEY else False) if lower else chosen or GOODS

    def _mlm_credited_lines(self, sales, used=()):
        """Lines of the invoices ``sales`` that this line of a credit note may be about, the
        likeliest first; none where it is about the invoice as a whole.

        :param used: lines that other lines of the credit note are about
        """
        sold = sales.invoice_line_ids.filtered(
            lambda one: (
                one.display_type == "product"
                and one.quantity * self._mlm_direction() > 0
                and one.price_subtotal * self._mlm_direction() >= 0
                and one.product_id == self.product_id
                and (self.product_id or one.name == self.name)
            )
        )
        if not self.move_id.reversed_entry_id:
            sold = sold.filtered(lambda one: one.sale_line_ids & self.sale_line_ids)
        price = self.price_unit * (1 - self.discount / 100)
        return sold.sorted(
            lambda one: (
                one.sequence != self.sequence,
                abs(one.price_unit * (1 - one.discount / 100) - price) > 1e-6,
                one in used,
                one.id,
            )
        )
