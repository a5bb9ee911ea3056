# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import UserError

from ...tax import NOTHING, Settings, Withholding

#: core's taxes of ReteICA by rate: which one is only a matter of the account
_ICA_TAXES = {
    6_900: "l10n_co_tax_44",
    11_040: "l10n_co_tax_45",
    4_140: "l10n_co_tax_46",
    13_800: "l10n_co_tax_47",
    9_660: "l10n_co_tax_48",
}
_ANY_ICA_TAX = "l10n_co_tax_48"
#: codes of income tax: before this add-on knew the law, the flat withholding was all of it
INCOME = ("renta", "withholding")


class MlmDeduction(models.AbstractModel):
    """Withholdings of Colombian companies, on accrual, by the law of the day (RULES 30, 53-56).

    The amounts are those of `tax`; of core's taxes come account and repartition line.
    """

    _inherit = "mlm.deduction"

    @api.model
    def _get_deduction_lines(self, company, payees, date, document):
        if not self._is_colombian(company):
            return super()._get_deduction_lines(company, payees, date, document)
        law = self.env["mlm.co.law"]
        with law._naming_missing(company):
            withholding = Withholding(law._law(company, date), self._get_settings(company))
            asked = self._get_asked(company, payees, date, document)
            known = {}
            return {
                payee: [self._get_line(company, one, known) for one in lines]
                for payee, lines in asked.withhold(withholding).items()
                if lines
            }

    @api.model
    def _is_colombian(self, company):
        """Whether the company withholds as this add-on knows: with taxes of core's chart."""
        return company._mlm_is_co() and company.chart_template == "co"

    @api.model
    def _get_settings(self, company):
        return Settings(
            withholds=company.mlm_co_is_agent,
            declarants_as_legal=company.mlm_co_declarant_rate == "legal",
            vat_agent=company.mlm_co_vat_agent,
            unit_e4=company.mlm_co_rounding_e4,
        )

    # -- lines ---------------------------------------------------------------

    @api.model
    def _get_line(self, company, line, known):
        """Return a `tax.Line` as a line of the contract; the reason is told from its basis.

        :param dict known: what lines of the same kind have in common, looked up once
        """
        basis = {**line.basis, "rate_e6": line.rate_e6}
        kind = (line.tax_ref, line.rate_e6, basis.get("concept"), basis.get("municipality"))
        if kind not in known:
            ref = line.tax_ref or _ICA_TAXES.get(line.rate_e6, _ANY_ICA_TAX)
            name, __ = self._tell_line(line.code, basis)
            known[kind] = {"name": name, **self._get_account(company, ref)}
        return {
            "code": line.code,
            "reason": basis["norm"],
            **known[kind],
            "base_e4": line.base_e4,
            "rate_e6": line.rate_e6,
            "amount_e4": line.amount_e4,
            "basis": basis,
        }

    @api.model
    def _get_account(self, company, ref):
        # sudo: taxes are not everybody's to read, what is withheld by them is
        chart = self.env["account.chart.template"].sudo().with_company(company)
        tax = chart.ref(ref, raise_if_not_found=False)
        repartition = tax and tax.invoice_repartition_line_ids.filtered(
            lambda one: one.repartition_type == "tax" and one.account_id
        )
        if not repartition:
            raise UserError(
                self.env._(
                    "%(company)s has no tax %(tax)s with an account, on which the withholding is"
                    " booked. Load the chart of accounts of Colombia again, or give that tax an"
                    " account.",
                    company=company.display_name,
                    tax=tax.name if tax else ref,
                )
            )
        return {
            "account_id": repartition[0].account_id.id,
            "tax_repartition_line_id": repartition[0].id,
        }

    # -- what a document keeps -----------------------------------------------

    @api.model
    def _get_payee_keys(self, company, partners):
        if not self._is_colombian(company):
            return super()._get_payee_keys(company, partners)
        numbers = self.env["res.partner"].union(*partners)._mlm_tax_number()
        return {partner: numbers[partner.id] for partner in partners}

    @api.model
    def _get_statement_extras(self, company, payees, holders, date):
        extras = super()._get_statement_extras(company, payees, holders, date)
        if not self._is_colombian(company):
            return extras
        keys = self._get_payee_keys(company, holders.values())
        return {
            payee: {**extras.get(payee, {}), "tax_number": keys[holders[payee]]} for payee in payees
        }

    @api.model
    def _keep_posted(self, company, date, document, payees, lines, holders):
        super()._keep_posted(company, date, document, payees, lines, holders)
        if not self._is_colombian(company):
            return
        keys = self._get_payee_keys(company, holders.values())
        paid = {}
        for payee, gross in payees.items():
            base_e4, income_e4 = paid.get(keys[holders[payee]], (0, 0))
            withheld = (one["amount_e4"] for one in lines.get(payee, ()) if one["code"] in INCOME)
            paid[keys[holders[payee]]] = (
                base_e4 + sum(gross.values()),
                income_e4 + sum(withheld),
            )
        self.env["mlm.co.paid"]._add(company, date, paid)

    @api.model
    def _get_hold_reasons(self, statements):
        return {
            **super()._get_hold_reasons(statements),
            **self.env["mlm.co.profile"]._get_hold_reasons(statements),
        }

    # -- who is asked for ------------------------------------------------------

    @api.model
    def _get_asked(self, company, payees, date, document):
        """Return the `Asked` of one question: people, concepts, and what was paid before."""
        concepts = self.env["mlm.co.concept"]._of_company(company)
        if document._name == "mlm.run":
            holders = document._get_holders(self.env["mlm.distributor"].browse(payees))
        else:
            holders = {one.distributor_id.id: who for one, who in document._get_holders().items()}
        keys = self._get_payee_keys(company, holders.values())
        asked = Asked(company.mlm_co_concept, concepts)
        asked.numbers = {payee: keys[holders[payee]] for payee in payees}
        asked.before = self._get_paid_before(company, set(asked.numbers.values()), date)
        asked.gross = dict(payees)
        if document._name == "mlm.run":
            self._add_others(asked, company, date, document, holders)
        partners = self.env["res.partner"].union(*holders.values())
        facts = self.env["mlm.co.profile"]._get_payees(company, partners, date)
        asked.facts = {payee: facts[holders[payee].id] for payee in asked.gross}
        asked.wanted = list(payees)
        return asked

    @api.model
    def _get_paid_before(self, company, numbers, date):
        """Return ``{tax number: tax.Before}`` in the year of a day, all documents posted so far."""
        return self.env["mlm.co.paid"]._get_before(company, numbers, date)

    @api.model
    def _add_others(self, asked, company, date, run, holders):
        """Complete other codes of the same tax numbers that this run pays.

        Within a run the codes of a number follow each other by their ids, whichever part is
        posted first: so what a preview says is what is posted. What the run has posted already
        is taken off what was paid before.
        """
        numbers = set(asked.numbers.values())
        # sudo: other contacts of the same tax number, whoever asks
        same = self.env["res.partner"].sudo()._mlm_with_numbers(numbers)
        if same - self.env["res.partner"].union(*holders.values()):
            # sudo: as above
            members = (
                self.env["mlm.holder"]
                .sudo()
                .search([("partner_id", "in", same.ids), ("role", "=", "holder")])
                .distributor_id.filtered(lambda one: one.company_id == company)
            )
            others = members.browse(set(members.ids) - set(asked.gross))
            gross = run._gross_by_bonus(others.ids)
            held = run._get_holders(others.browse(gross))
            keys = self._get_payee_keys(company, held.values())
            for payee, amounts in gross.items():
                if keys[held[payee]] in numbers:
                    holders[payee] = held[payee]
                    asked.numbers[payee] = keys[held[payee]]
                    asked.gross[payee] = amounts
        if run.state in ("posting", "posted"):
            self._take_off_posted(asked, company, date, run)

    @api.model
    def _take_off_posted(self, asked, company, date, run):
        # sudo: what this run has posted so far, whoever asks
        statements = self.env["mlm.statement"].sudo()
        for one in statements.search(
            [
                ("run_id", "=", run.id),
                ("company_id", "=", company.id),
                ("distributor_id", "in", list(asked.gross)),
            ]
        ):
            number = asked.numbers[one.distributor_id.id]
            withheld = one.deduction_ids.filtered(lambda line: line.code in INCOME)
            before = asked.before.get(number, NOTHING)
            asked.before[number] = before.less(one.gross_e4, sum(withheld.mapped("amount_e4")))


class Asked:
    """The documents of one question in the order in which they count: by tax number, then by id.

    ``{distributor id: …}`` in ``numbers``, ``gross`` (``{bonus code: ten-thousandths}``) and
    ``facts``; ``{tax number: tax.Before}`` in ``before``; ``wanted``: ids that are asked for.
    """

    def __init__(self, concept, concepts):
        """:param concept: of bonuses that ``concepts`` ({code: concept}) does not name"""
        self.concept, self.concepts = concept, concepts

    def withhold(self, withholding):
        """Return ``{distributor id: [tax.Line]}`` of who is wanted."""
        found, wanted = {}, set(self.wanted)
        by_number = {}
        for payee in sorted(self.gross):
            by_number.setdefault(self.numbers[payee], []).append(payee)
        for number, codes in by_number.items():
            before = self.before.get(number, NOTHING)
            for payee in codes:
                gross = self._by_concept(self.gross[payee])
                lines = withholding.of(self.facts[payee], gross, before)
                if payee in wanted:
                    found[payee] = lines
                if len(codes) > 1:
                    withheld = sum(one.amount_e4 for one in lines if one.code == "renta")
                    before = before.more(sum(gross.values()), withheld)
        return {payee: found[payee] for payee in self.wanted}

    def _by_concept(self, gross):
        if not self.concepts:
            return {self.concept: sum(gross.values())}
        found = {}
        for bonus, amount_e4 in gross.items():
            concept = self.concepts.get(bonus, self.concept)
            found[concept] = found.get(concept, 0) + amount_e4
        return found
