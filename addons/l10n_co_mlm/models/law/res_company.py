# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger

from .mlm_co_rate import CONCEPTS

#: the first day that the shipped law knows
_BEGINNING = date(2015, 1, 1)
_COUNTRY = {"country_id", "account_fiscal_country_id", "chart_template"}


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = (
        "mlm_co_is_agent",
        "mlm_co_concept",
        "mlm_co_declarant_rate",
        "mlm_co_vat_agent",
        "mlm_co_rounding",
        "mlm_co_rounding_e4",
    )

    mlm_co_is_agent = fields.Boolean(
        string="Withholds income tax",
        default=True,
        help="The company is a withholding agent of the income tax.",
    )
    mlm_co_concept = fields.Selection(
        CONCEPTS,
        string="Concept of commissions",
        default="commissions",
        required=True,
        help="What a payment to a distributor is for the income tax; it decides rate and account."
        " Ask your accountant: the tax office and the courts disagree.",
    )
    mlm_co_declarant_rate = fields.Selection(
        [("decree", "As the table of rates says"), ("legal", "As legal persons")],
        string="Rate of natural persons who file income tax",
        default="decree",
        required=True,
    )
    mlm_co_vat_agent = fields.Boolean(
        string="Withholds VAT", help="The company is a withholding agent of VAT (ReteIVA)."
    )
    mlm_co_rounding_e4 = BigInteger(
        string="Rounding of withholdings (ten-thousandths)", default=10_000
    )
    mlm_co_rounding = fields.Integer(
        string="Withholdings in multiples of",
        compute="_compute_mlm_co_rounding",
        inverse="_inverse_mlm_co_rounding",
        help="Pesos. Each withholding is rounded once, half up.",
    )

    _mlm_co_rounding_positive = models.Constraint(
        "CHECK(mlm_co_rounding_e4 > 0)", "Withholdings are rounded to one peso or more."
    )

    @api.depends("mlm_co_rounding_e4")
    def _compute_mlm_co_rounding(self):
        for company in self:
            company.mlm_co_rounding = company.mlm_co_rounding_e4 // 10_000

    def _inverse_mlm_co_rounding(self):
        for company in self:
            company.mlm_co_rounding_e4 = company.mlm_co_rounding * 10_000

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._mlm_co_begin()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if not _COUNTRY.isdisjoint(vals):
            self._mlm_co_begin()
        return result

    def _mlm_is_co(self):
        """Say whether the company pays its taxes in Colombia."""
        return self.account_fiscal_country_id.code == "CO"

    def _mlm_co_begin(self):
        """Give Colombian companies that say nothing of ICA their first row: an agent nowhere."""
        # sudo: whoever makes a company gets what belongs to it
        agents = self.env["mlm.co.ica.agent"].sudo()
        known = agents.search([("company_id", "in", self.ids)]).company_id
        agents.create(
            [
                {
                    "company_id": company.id,
                    "agent": False,
                    "date_from": _BEGINNING,
                    "to_confirm": True,
                }
                for company in self - known
                if company._mlm_is_co()
            ]
        )
