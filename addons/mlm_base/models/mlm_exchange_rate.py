from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_repr

from ..exact import RATE_SCALE, BigInteger, from_e6, to_e6


class MlmExchangeRate(models.Model):
    """The rate at which a company turns volume into money, from a day on.

    It is the company's own decision, not the market's rate of ``res.currency``.
    """

    _name = "mlm.exchange.rate"
    _description = "Commission Exchange Rate"
    _inherit = "mlm.guarded"
    _order = "company_id, currency_id, date_from desc"
    _check_company_auto = True
    # the integer is what the rate says, exactly
    _free = ("company_id", "currency_id", "date_from", "rate", "rate_e6")

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    currency_id = fields.Many2one(
        "res.currency",
        string="Base Currency",
        required=True,
        ondelete="restrict",
        help="Currency in which the plan counts, for example the dollar of the CV.",
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="Valid from", required=True, default=fields.Date.context_today)
    rate_e6 = BigInteger(string="Rate in Millionths", required=True, readonly=True, aggregator=None)
    rate = fields.Float(
        compute="_compute_rate",
        inverse="_inverse_rate",
        digits=(16, 6),
        help="Units of the company's currency for one unit of the base currency."
        " Shown here; calculations read the exact integer behind it.",
    )

    _date_uniq = models.Constraint(
        "UNIQUE(company_id, currency_id, date_from)",
        "This currency already has a rate from this day on.",
    )
    # up to here the screen, which rounds a float, gives back every digit
    _rate_range = models.Constraint(
        "CHECK(rate_e6 > 0 AND rate_e6 < 10000000000000)",
        "A rate must be above zero and below ten million.",
    )

    @api.depends("currency_id", "date_from")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.currency_id.name or ''} {record.date_from}"

    @api.depends("rate_e6")
    def _compute_rate(self):
        for record in self:
            record.rate = float(from_e6(record.rate_e6))

    def _inverse_rate(self):
        for record in self:
            record.rate_e6 = to_e6(float_repr(record.rate, 6))

    @api.model_create_multi
    def create(self, vals_list):
        # the column is required and must not wait for the inverse
        for vals in vals_list:
            if "rate" in vals and "rate_e6" not in vals:
                vals["rate_e6"] = to_e6(float_repr(vals.pop("rate"), 6))
        rates = super().create(vals_list)
        # nor does a new one take the days of a used one, which would be free from then on
        rates._ensure_unused()
        return rates

    def write(self, vals):
        says = not {"company_id", "currency_id", "date_from", "rate", "rate_e6"}.isdisjoint(vals)
        if says:
            self._ensure_unused()
        result = super().write(vals)
        if says:
            self._ensure_unused()
        return result

    @api.ondelete(at_uninstall=True)
    def _unlink_unused(self):
        self._ensure_unused()

    def _ensure_unused(self):
        """UserError when money was computed with one of these rates."""
        for rate, use in self._get_uses().items():
            raise UserError(
                self.env._(
                    "%(use)s was paid with the rate %(rate)s, so it stays as it is. Add a rate"
                    " that is valid from a later day.",
                    use=use,
                    rate=rate.display_name,
                )
            )

    def _get_uses(self):
        """Return ``{rate: name of what was paid with it}`` of those that are in use.

        Add-ons that pay with rates extend it.
        """
        return {}

    @api.model
    def _find_rate_e6(self, company, currency, date):
        """Return the millionths of the company's currency for one unit of ``currency`` on
        ``date``; ``None`` where no rate is valid that day."""
        if currency == company.currency_id:
            return RATE_SCALE
        rate = self.search(
            [
                ("company_id", "=", company.id),
                ("currency_id", "=", currency.id),
                ("date_from", "<=", date),
            ],
            order="date_from desc",
            limit=1,
        )
        return rate.rate_e6 or None

    @api.model
    def _get_rate_e6(self, company, currency, date):
        """Return the rate as `_find_rate_e6` does.

        :raise UserError: no rate is valid on that day
        """
        rate_e6 = self._find_rate_e6(company, currency, date)
        if not rate_e6:
            raise UserError(
                self.env._(
                    "%(company)s has no exchange rate from %(currency)s to"
                    " %(company_currency)s on %(date)s. Add one under"
                    " %(menu)s.",
                    company=company.name,
                    currency=currency.name,
                    company_currency=company.currency_id.name,
                    date=fields.Date.to_string(date),
                    menu=self.env["ir.ui.menu"]._get_mlm_path("mlm_base.menu_mlm_exchange_rate"),
                )
            )
        return rate_e6
