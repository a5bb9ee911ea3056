# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is withheld from a document: income tax, ICA, IVA (RULES 53-56)."""

from .income import Income
from .law import LawMissing
from .payee import NOTHING, Line
from .rounding import share

#: share of the IVA that is withheld (article 437-1), and core's tax, by the legal base of it
VAT_REF = "l10n_co_tax_12"


class Withholding:
    """The law of a day for one company, asked for many documents.

    :param law: `law.Law`
    :param settings: `payee.Settings`
    """

    def __init__(self, law, settings):
        self.law, self.settings = law, settings
        self.income = Income(law, settings)
        self._places = {}

    def of(self, payee, gross, before=NOTHING):
        """Return the withholdings of one document.

        :param payee: `payee.Payee`
        :param gross: ``{concept: ten-thousandths}``; what is below zero lowers the others
        :param before: `payee.Before`
        :return: list of `payee.Line`; none of a document whose total is not above zero (RULES 53)
        :raises LawMissing: a datum of the law, never one of the person
        """
        bases = positive(gross)
        if not bases:
            return []
        return [
            *self.income.of(payee, bases, before),
            *self._of_ica(payee, bases),
        ]

    # -- ICA -------------------------------------------------------------------

    def _of_ica(self, payee, bases):
        if payee.simple or not payee.resident:
            return
        rate, default = self._get_ica_rate(payee.municipality, payee.activity)
        if rate is None or not rate.rate_e6:
            return
        sums = {}
        for concept, base_e4 in bases.items():
            kind = "purchases" if concept == "other" else "services"
            sums[kind] = sums.get(kind, 0) + base_e4
        for kind, base_e4 in sums.items():
            minimum = rate.base_purchases_uvt_e4 if kind == "purchases" else rate.base_uvt_e4
            minimum_e4 = self.law.in_pesos_e4(minimum)
            amount_e4 = share(base_e4, rate.rate_e6, self.settings.unit_e4)
            if base_e4 < minimum_e4 or not amount_e4:
                continue
            basis = {
                "rule": "ica",
                "municipality": rate.municipality,
                "activity": payee.activity,
                "minimum_e4": minimum_e4,
                "norm": rate.norm,
            }
            if default:
                basis["default"] = list(default)
            yield Line("reteica", base_e4, rate.rate_e6, amount_e4, "", basis)

    def _get_ica_rate(self, municipality, activity):
        """Return ``(rate or None where the company is no agent, what of the person is assumed)``."""
        key = (municipality, activity)
        if key not in self._places:
            self._places[key] = self._find_ica_rate(municipality, activity)
        return self._places[key]

    def _find_ica_rate(self, municipality, activity):
        law, default = self.law, ()
        if not municipality:
            municipality, default = self.settings.municipality, ("municipality",)
        agent = law.agents.get(municipality, law.agents.get(""))
        if agent is None:
            raise LawMissing("agent", municipality=municipality, day=law.day)
        if not agent:
            return None, ()
        rate = None
        if activity:
            rate = law.ica.get((municipality, activity)) or law.ica.get((municipality, ""))
        if rate is None and (default or not activity):
            # the person's datum is missing, not the law's: the highest rate (RULES 54)
            rates = [one for (place, __), one in law.ica.items() if place == municipality]
            rate = max(rates, key=lambda one: one.rate_e6, default=None)
            default = (*default, *(() if activity else ("activity",)))
        if rate is None:
            raise LawMissing("ica", municipality=municipality, activity=activity, day=law.day)
        return rate, default

    # -- IVA -------------------------------------------------------------------

    def of_vat(self, payee, vat_e4):
        """Return what is withheld of the IVA of a payee's invoice, None for nothing.

        :param vat_e4: the IVA of the invoice, in ten-thousandths
        """
        if not self.settings.vat_agent or not payee.vat_responsible or vat_e4 <= 0:
            return None
        rate = self.law.vat_rate
        if rate is None:
            raise LawMissing("vat", day=self.law.day)
        amount_e4 = share(vat_e4, rate.rate_e6, self.settings.unit_e4)
        basis = {"rule": "vat", "norm": rate.norm}
        return Line("reteiva", vat_e4, rate.rate_e6, amount_e4, VAT_REF, basis)


def positive(gross):
    """Return what is withheld from by concept: what is below zero is taken off the largest.

    :param gross: ``{concept: ten-thousandths}``
    :return: the same shape, all above zero; empty where the total is not
    """
    debt = -sum(value for value in gross.values() if value < 0)
    found = {concept: value for concept, value in gross.items() if value > 0}
    if not debt:
        return found
    for concept in sorted(found, key=found.get, reverse=True):
        taken = min(debt, found[concept])
        found[concept] -= taken
        debt -= taken
    return {concept: value for concept, value in found.items() if value and not debt}
