# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.mlm_base.exact import BigInteger, to_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.scaled import ScaledFloat


class MlmProductVolume(models.Model):
    """PV and CV of a product from a date on, for one price list or all.

    The values are copied to order lines at confirmation and never read again
    for them: a new row touches later orders only.
    """

    _name = "mlm.product.volume"
    _description = "Product Volume"
    _inherit = "mlm.guarded"
    _order = "product_tmpl_id, pricelist_id, date_from desc"
    _check_company_auto = True
    _free = (
        "product_tmpl_id",
        "pricelist_id",
        "date_from",
        "date_to",
        "company_id",
        "pv_e4",
        "cv_e4",
        "pv_input",
        "cv_input",
        "cv_is_price",
    )

    product_tmpl_id = fields.Many2one(
        "product.template", required=True, index=True, ondelete="cascade"
    )
    pricelist_id = fields.Many2one(
        "product.pricelist",
        index="btree_not_null",
        help="Empty: every price list without a row of its own.",
    )
    date_from = fields.Date(string="From", required=True, default="2000-01-01")
    date_to = fields.Date(string="To", help="Last day; empty: no end.")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    pv_e4 = BigInteger(string="PV (ten-thousandths)", default=0)
    cv_e4 = BigInteger(string="CV (ten-thousandths)", default=0)
    pv = ScaledFloat(string="PV", scaled="pv_e4")
    cv = ScaledFloat(string="CV", scaled="cv_e4")
    pv_input = fields.Char(
        string="PV (qualifying)", compute="_compute_inputs", inverse="_inverse_pv_input"
    )
    cv_input = fields.Char(
        string="CV (commissionable)",
        compute="_compute_inputs",
        inverse="_inverse_cv_input",
    )
    cv_is_price = fields.Boolean(
        string="CV = price",
        help="The commissionable volume is the distributor price before tax.",
    )

    _dates_ordered = models.Constraint(
        "CHECK(date_to IS NULL OR date_to >= date_from)",
        "The last day of a volume cannot be before its first day.",
    )
    _not_negative = models.Constraint(
        "CHECK(pv_e4 >= 0 AND cv_e4 >= 0)", "PV and CV cannot be negative."
    )

    @api.depends("pv_e4", "cv_e4")
    def _compute_inputs(self):
        for row in self:
            row.pv_input = self._format_points(row.pv_e4)
            row.cv_input = self._format_points(row.cv_e4)

    @api.model
    def _format_points(self, value_e4):
        whole, rest = divmod(value_e4, 10_000)
        return f"{whole}.{rest:04d}".rstrip("0").rstrip(".")

    def _parse_points(self, text, label):
        try:
            return to_e4((text or "0").strip().replace(",", "."))
        except (ValueError, ArithmeticError) as error:
            raise ValidationError(
                self.env._(
                    "%(label)s of %(product)s must be a number with at most four "
                    "decimals, not “%(text)s”.",
                    label=label,
                    product=self.product_tmpl_id.display_name,
                    text=text,
                )
            ) from error

    def _inverse_pv_input(self):
        for row in self:
            row.pv_e4 = row._parse_points(row.pv_input, "PV")

    def _inverse_cv_input(self):
        for row in self:
            row.cv_e4 = row._parse_points(row.cv_input, "CV")

    @api.constrains("product_tmpl_id", "pricelist_id", "date_from", "date_to")
    def _check_overlap(self):
        for row in self:
            others = self.search(
                [
                    ("id", "!=", row.id),
                    ("product_tmpl_id", "=", row.product_tmpl_id.id),
                    ("pricelist_id", "=", row.pricelist_id.id),
                    ("company_id", "=", row.company_id.id),
                    ("date_from", "<=", row.date_to or fields.Date.to_date("9999-12-31")),
                    "|",
                    ("date_to", "=", False),
                    ("date_to", ">=", row.date_from),
                ],
                limit=1,
            )
            if others:
                raise ValidationError(
                    self.env._(
                        "%(product)s already has a volume from %(start)s on that is valid on the "
                        "same days. Give that one a last day first.",
                        product=row.product_tmpl_id.display_name,
                        start=Formats(self.env).day(others.date_from),
                    )
                )
