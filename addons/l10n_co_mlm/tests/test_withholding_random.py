# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date
from fractions import Fraction
from random import Random

from odoo.tests import BaseCase, tagged

from ..tax import (
    Before,
    Bracket,
    IcaRate,
    Law,
    Payee,
    Rate,
    Relief,
    Settings,
    Withholding,
)

UVT = 52_374
CONCEPTS = ("commissions", "fees", "services", "other")
BRACKETS = ((0, 95, 0, 0), (95, 150, 19, 0), (150, 360, 28, 10), (360, 0, 33, 69))


def rounded(value, unit):
    """A fraction of pesos to whole units, a half up, in ten-thousandths."""
    return int((value / unit + Fraction(1, 2)).__floor__()) * unit * 10_000


class Slow:
    """The same rules once more, from the text of the law, in fractions of pesos."""

    def __init__(self, chance):
        self.rates = {
            (concept, person): Fraction(chance.choice((350, 400, 600, 1000, 1100)), 10_000)
            for concept in CONCEPTS
            for person in ("natural", "legal")
        }
        self.minima = {"services": chance.choice((2, 4)), "other": chance.choice((10, 27))}
        self.limit = chance.choice((33, 3300))
        self.ica = Fraction(chance.choice((0, 4140, 9660)), 1_000_000)
        self.ica_minimum = chance.choice((0, 3, 4))
        self.agent = chance.random() < 0.7

    def law(self):
        kinds = {"services": "services", "other": "purchases"}
        return Law(
            day=date(2026, 7, 1),
            uvt_e4=UVT * 10_000,
            bases={kind: self.minima[concept] * 10_000 for concept, kind in kinds.items()},
            rates=tuple(
                Rate(
                    concept=concept,
                    person=person,
                    declarant="any",
                    resident=True,
                    rate_e6=int(rate * 1_000_000),
                    base_kind=kinds.get(concept, "none"),
                    switch_uvt_e4=self.limit * 10_000 if self._switches(concept, person) else 0,
                    switch_rate_e6=120_000 if self._switches(concept, person) else 0,
                    tax_ref="tax",
                    norm="a norm",
                )
                for (concept, person), rate in self.rates.items()
            ),
            brackets=tuple(
                Bracket(first * 10_000, last * 10_000, percent * 10_000, plus * 10_000, "table")
                for first, last, percent, plus in BRACKETS
            ),
            ica={
                ("11001", ""): IcaRate(
                    "11001",
                    "",
                    int(self.ica * 1_000_000),
                    self.ica_minimum * 10_000,
                    self.ica_minimum * 10_000,
                    "ica",
                )
            },
            agents={"": False, "11001": self.agent},
            relief=Relief(250_000, 400_000, 1340 * 10_000, "relief"),
        )

    def _switches(self, concept, person):
        return person == "natural" and concept in ("commissions", "fees")

    def of(self, payee, gross, before, unit):
        """``{(code, concept or place): amount}`` in ten-thousandths."""
        total = sum(gross.values())
        if total <= 0:
            return {}
        bases = {concept: amount for concept, amount in gross.items() if amount > 0}
        debt = sum(bases.values()) - total
        for concept in sorted(bases, key=bases.get, reverse=True):
            taken = min(debt, bases[concept])
            bases[concept], debt = bases[concept] - taken, debt - taken
        bases = {concept: amount for concept, amount in bases.items() if amount}
        found = {}
        if not payee.simple and not payee.self_withholder:
            found.update(self._income(payee, bases, before, total, unit))
        place = payee.municipality or "11001"
        if not payee.simple and place == "11001" and self.agent:
            groups = {}
            for concept, amount in bases.items():
                groups.setdefault(concept == "other", []).append(amount)
            for amounts in groups.values():
                if sum(amounts) >= self.ica_minimum * UVT:
                    key = ("reteica", len(found))
                    found[key] = rounded(sum(amounts) * self.ica, unit)
        return {key: amount for key, amount in found.items() if amount}

    def _income(self, payee, bases, before, total, unit):
        found, work = {}, ()
        if payee.art383 and payee.person == "natural":
            work = [concept for concept in bases if concept != "other"]
            month = Fraction(before.month_e4, 10_000) + sum(bases[one] for one in work)
            exempt = Fraction(payee.art383_deductions_e4, 10_000)
            if payee.art383_exempt:
                exempt += max(0, month - exempt) * Fraction(1, 4)
            exempt = min(exempt, month * Fraction(2, 5), Fraction(1340 * UVT, 12))
            base = max(0, month - exempt) / UVT
            for first, last, percent, plus in BRACKETS:
                if base > first and (not last or base <= last):
                    tax = ((base - first) * Fraction(percent, 100) + plus) * UVT
                    amount = rounded(tax, unit) - before.month_withheld_e4
                    if work and amount > 0:
                        found["renta", "table"] = amount
        for concept, amount in bases.items():
            if concept in work or amount < self.minima.get(concept, 0) * UVT:
                continue
            rate = self.rates[concept, payee.person]
            if self._switches(concept, payee.person):
                year = Fraction(before.year_e4, 10_000) + total
                if payee.contract_over_limit or year > self.limit * UVT:
                    rate = Fraction(12, 100)
            found["renta", concept] = rounded(amount * rate, unit)
        return found


@tagged("post_install", "-at_install")
class TestWithholdingRandom(BaseCase):
    def test_two_calculations_agree(self):
        chance = Random(20260701)
        for case in range(4_000):
            slow = Slow(chance)
            unit = chance.choice((1, 1, 10, 1000))
            payee = Payee(
                person=chance.choice(("natural", "natural", "legal")),
                simple=chance.random() < 0.1,
                self_withholder=chance.random() < 0.1,
                art383=chance.random() < 0.2,
                art383_exempt=chance.random() < 0.5,
                # in whole pesos, so that shares of the month are exact to a peso or not at all
                art383_deductions_e4=chance.choice((0, 0, 400_000 * 10_000)),
                contract_over_limit=chance.random() < 0.1,
                municipality=chance.choice(("", "11001", "76001")),
            )
            gross = {
                concept: chance.choice((-1, 1, 1, 1)) * chance.randrange(1, 10**7)
                for concept in chance.sample(CONCEPTS, chance.randrange(1, 5))
            }
            before = Before(
                chance.choice((0, self._near(slow, gross))) * 10_000,
                chance.randrange(0, 10**7) * 10_000,
                chance.randrange(0, 10**6) * 10_000,
            )
            fast = Withholding(slow.law(), Settings(unit_e4=unit * 10_000))
            lines = fast.of(payee, {one: pesos * 10_000 for one, pesos in gross.items()}, before)
            wanted = slow.of(payee, gross, before, unit)
            self.assertEqual(
                sorted(line.amount_e4 for line in lines),
                sorted(wanted.values()),
                (case, payee, gross, before, wanted, lines),
            )
            for line in lines:
                self.assertGreater(line.base_e4, 0)
                self.assertTrue(line.basis["norm"])

    def _near(self, slow, gross):
        """Paid before, so that the document ends at the limit of the year, or a peso beyond."""
        return max(0, slow.limit * UVT - sum(gross.values()) + (sum(gross.values()) % 2))
