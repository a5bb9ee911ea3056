# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Withholding of income tax: the rate of a concept, or the table of article 383."""

from .law import LawMissing
from .payee import Line
from .rounding import round_to, share

#: concepts that the table of article 383 is for: what one's own work is paid with
OF_WORK = ("commissions", "fees", "services")
E6 = 1_000_000


class Income:
    """The income tax that one company withholds on a day."""

    def __init__(self, law, settings):
        self.law, self.settings = law, settings
        self._rates = {}

    def of(self, payee, bases, before):
        """Return the lines of one document.

        :param payee: `payee.Payee`
        :param bases: ``{concept: ten-thousandths}``, all above zero
        :param before: `payee.Before`
        """
        if not self.settings.withholds or payee.simple or payee.self_withholder:
            return []
        lines, rest = [], bases
        if payee.art383 and payee.person == "natural" and payee.resident:
            work = {concept: base for concept, base in bases.items() if concept in OF_WORK}
            rest = {concept: base for concept, base in bases.items() if concept not in OF_WORK}
            lines = self._of_table(payee, work, before) if work else []
        total_e4 = sum(bases.values())
        lines += [
            line
            for concept, base_e4 in rest.items()
            if (line := self._of_rate(payee, concept, base_e4, total_e4, before))
        ]
        return lines

    # -- rates -----------------------------------------------------------------

    def _of_rate(self, payee, concept, base_e4, total_e4, before):
        rate = self._get_rate(payee, concept)
        rate_e6 = rate.rate_e6
        basis = {
            "rule": "rate",
            "concept": concept,
            "person": payee.person,
            "norm": rate.norm,
        }
        if not payee.resident:
            basis["abroad"] = True
        if payee.missing:
            basis["default"] = list(payee.missing)
        if rate.switch_uvt_e4:
            limit_e4 = self.law.in_pesos_e4(rate.switch_uvt_e4)
            # the document that crosses the limit has the higher rate, none before (RULES 56)
            over = before.year_e4 + total_e4 > limit_e4
            if over or payee.contract_over_limit:
                rate_e6 = rate.switch_rate_e6
            basis.update(
                before_e4=before.year_e4,
                limit_e4=limit_e4,
                limit_uvt_e4=rate.switch_uvt_e4,
                switched="year" if over else "contract" if payee.contract_over_limit else "",
            )
        if rate.base_kind != "none":
            basis["minimum_e4"] = minimum_e4 = self._get_minimum_e4(rate.base_kind)
            if base_e4 < minimum_e4:
                return None
        amount_e4 = share(base_e4, rate_e6, self.settings.unit_e4)
        if not amount_e4:
            return None
        ref = rate.switch_tax_ref if rate_e6 != rate.rate_e6 else rate.tax_ref
        return Line("renta", base_e4, rate_e6, amount_e4, ref or rate.tax_ref, basis)

    def _get_minimum_e4(self, kind):
        if kind not in self.law.bases:
            raise LawMissing("base", base=kind, day=self.law.day)
        return self.law.in_pesos_e4(self.law.bases[kind])

    def _get_rate(self, payee, concept):
        key = (concept, payee.person, payee.declarant, payee.resident)
        if key not in self._rates:
            self._rates[key] = self._find_rate(*key)
        return self._rates[key]

    def _find_rate(self, concept, person, declarant, resident):
        as_legal = declarant and self.settings.declarants_as_legal
        if as_legal and person == "natural" and resident and concept in ("commissions", "fees"):
            person = "legal"
        for rate in self.law.rates:
            if (rate.concept, rate.person, rate.resident) == (concept, person, resident) and (
                rate.declarant in ("any", "yes" if declarant else "no")
            ):
                return rate
        raise LawMissing(
            "rate",
            concept=concept,
            person=person,
            declarant=declarant,
            resident=resident,
            day=self.law.day,
        )

    # -- the table of article 383 ------------------------------------------------

    def _of_table(self, payee, bases, before):
        """The tax on what was paid in the month, less what was withheld in it already."""
        law, concept = self.law, max(bases, key=bases.get)
        document_e4 = sum(bases.values())
        month_e4 = before.month_e4 + document_e4
        base_e4 = max(0, month_e4 - self._get_relief_e4(payee, month_e4))
        step = next((one for one in law.brackets if self._holds(one, base_e4)), None)
        if step is None:
            raise LawMissing("bracket", day=law.day)
        over_e4 = base_e4 - law.in_pesos_e4(step.from_uvt_e4)
        tax = over_e4 * step.rate_e6 + law.in_pesos_e4(step.plus_uvt_e4) * E6
        amount_e4 = round_to(tax, E6, self.settings.unit_e4) - before.month_withheld_e4
        if amount_e4 <= 0:
            return []
        basis = {
            "rule": "art383",
            "concept": concept,
            "person": payee.person,
            "norm": step.norm,
            "month_e4": month_e4,
            "taxed_e4": base_e4,
            "withheld_e4": before.month_withheld_e4,
            "uvt_e4": law.in_pesos_e4(10_000),
            "from_uvt_e4": step.from_uvt_e4,
            "plus_uvt_e4": step.plus_uvt_e4,
        }
        ref = self._get_rate(payee, concept).tax_ref
        return [Line("renta", document_e4, step.rate_e6, amount_e4, ref, basis)]

    def _holds(self, step, base_e4):
        law = self.law
        begins = law.in_pesos_e4(step.from_uvt_e4) < base_e4 or not step.from_uvt_e4
        return begins and (not step.to_uvt_e4 or base_e4 <= law.in_pesos_e4(step.to_uvt_e4))

    def _get_relief_e4(self, payee, month_e4):
        """Return what of a month bears no tax: deductions and the exempt share, within limits."""
        if not payee.art383_exempt and not payee.art383_deductions_e4:
            return 0
        relief = self.law.relief
        if relief is None:
            raise LawMissing("relief", day=self.law.day)
        limit_e4 = min(
            month_e4 * relief.limit_e6 // E6, self.law.in_pesos_e4(relief.limit_year_uvt_e4) // 12
        )
        taken_e4 = payee.art383_deductions_e4
        if payee.art383_exempt:
            taken_e4 += max(0, month_e4 - taken_e4) * relief.exempt_e6 // E6
        return min(taken_e4, limit_e4)
