# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from .mlm_plan_version_crossing import IN_FORCE


class MlmPlanVersion(models.Model):
    """The currencies that a version counts and pays in, and their rates."""

    _inherit = "mlm.plan.version"

    def _adopt_currency(self):
        """Points of the network are counted in the base of its first plan.

        :raise UserError: no company of a network of several keeps its books in the
            currency of the plan, or points are another currency already
        """
        self.ensure_one()
        # sudo: the currency comes with the plan, whoever may publish it
        network, plan = self.network_id.sudo(), self._plan()
        base = self._find_currency(plan["base_currency"])
        before = self.sudo().search_count(
            [("network_id", "=", network.id), ("state", "in", IN_FORCE)], limit=1
        )
        if not before and base:
            network.currency_id = base
        if not network._is_shared():
            return
        known = network._get_homes().currency_id.mapped("name")
        if plan["company_currency"] not in known:
            raise UserError(
                self.env._(
                    "%(version)s pays in %(currency)s, and no company of %(network)s keeps its"
                    " books in it. Write one of these as the company's currency: %(known)s.",
                    version=self.display_name,
                    currency=plan["company_currency"],
                    network=network.display_name,
                    known=", ".join(known),
                )
            )
        if base != network.currency_id:
            raise UserError(
                self.env._(
                    "%(version)s counts in %(base)s, and the points of %(network)s are"
                    " %(currency)s. Write that as the base.",
                    version=self.display_name,
                    base=plan["base_currency"],
                    network=network.display_name,
                    currency=network.currency_id.name,
                )
            )

    def _other_rates(self, period, company=None):
        """``{currency code: millionths}`` of the other currencies that bonuses use, on
        the period's last day.

        :param company: whose currency they are turned into; by default that of the runs
        """
        plan = self._plan()
        company = company or self.network_id._get_money_company(self)
        codes = {bonus["common"]["currency"] for bonus in plan["bonuses"]}
        codes -= {None, "", plan["base_currency"], plan["company_currency"]}
        if self.network_id._is_shared():
            # between companies money is turned through the base of the plan
            codes -= set(self.network_id._get_homes().currency_id.mapped("name"))
        rates = {}
        for code in sorted(codes):
            currency = self._find_currency(code)
            if not currency:
                raise UserError(
                    self.env._(
                        "%(version)s pays in “%(code)s”, but there is no such currency.",
                        version=self.display_name,
                        code=code,
                    )
                )
            rates[code] = self.env["mlm.exchange.rate"]._get_rate_e6(
                company, currency, period.date_end
            )
        return rates

    def _fx_e6(self, period, company=None):
        """Currency of a company, by default that of the runs, per unit of the plan's base
        on the period's last day."""
        company = company or self.network_id._get_money_company(self)
        currency = self._find_currency(self._plan()["base_currency"])
        return self.env["mlm.exchange.rate"]._get_rate_e6(company, currency, period.date_end)

    @api.model
    def _find_currency(self, code):
        currencies = self.env["res.currency"].with_context(active_test=False)
        return currencies.search([("name", "=", code)])
