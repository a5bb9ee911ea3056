# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The calculation against a slow one, written apart from it, with fractions and in pesos."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import floor

from odoo.tests import BaseCase, tagged

from ..tax import Before, Bracket, IcaRate, LawMissing, Payee, Rate, Settings, Withholding
from .tax_common import BOGOTA, MEDELLIN, make_law

CONCEPTS = ("commissions", "fees", "services", "other")
WORK = CONCEPTS[:3]
PLACES = ("", BOGOTA, MEDELLIN, "76001")
ACTIVITIES = ("", "4610", "4799", "0111")
CASES = 6_000


class Reference:
    """One document, from the words of the rules. Everything is an exact number of pesos."""

    def __init__(self, law, settings, payee, gross, before):
        self.law, self.settings, self.payee = law, settings, payee
        self.gross = {concept: Fraction(value, 10_000) for concept, value in gross.items()}
        self.year = Fraction(before.year_e4, 10_000)
        self.month = Fraction(before.month_e4, 10_000)
        self.withheld = Fraction(before.month_withheld_e4, 10_000)

    def get(self):
        """Return ``[(code, base, rate, amount)]``."""
        if sum(self.gross.values()) <= 0:
            return []
        bases = self.get_bases()
        lines = []
        if self.settings.withholds and not (self.payee.simple or self.payee.self_withholder):
            lines += self.get_income(bases)
        if self.payee.resident and not self.payee.simple:
            lines += self.get_ica(bases)
        return [line for line in lines if line[3] > 0]

    def get_bases(self):
        """What is taken comes off the largest, then the next one; none is left below zero."""
        taken = sum(-value for value in self.gross.values() if value < 0)
        bases = {}
        order = list(self.gross)
        for concept in sorted(order, key=lambda one: (-self.gross[one], order.index(one))):
            value = max(self.gross[concept], Fraction())
            bases[concept] = value - min(value, taken)
            taken -= min(value, taken)
        return {concept: bases[concept] for concept in order if bases[concept] > 0}

    def uvt(self, number_e4):
        if number_e4 and self.law.uvt_e4 is None:
            raise LawMissing("uvt", year=self.law.day.year)
        return Fraction(number_e4, 10_000) * Fraction(self.law.uvt_e4 or 0, 10_000)

    def rounded(self, value):
        unit = Fraction(self.settings.unit_e4, 10_000)
        return floor(value / unit + Fraction(1, 2)) * unit

    # -- income tax --------------------------------------------------------------

    def get_income(self, bases):
        table = self.payee.art383 and self.payee.person == "natural" and self.payee.resident
        lines = []
        work = [concept for concept in bases if concept in WORK]
        if table and work:
            lines += self.get_table(bases, work)
        for concept in bases:
            if table and concept in WORK:
                continue
            lines += self.get_rate(bases, concept)
        return lines

    def find_rate(self, concept):
        payee = self.payee
        person = payee.person
        own = concept in ("commissions", "fees") and payee.resident and payee.declarant
        if own and self.settings.declarants_as_legal:
            person = "legal"
        word = {True: "yes", False: "no"}[payee.declarant]
        for rate in self.law.rates:
            of_person = (rate.concept, rate.person) == (concept, person)
            of_files = rate.declarant in ("any", word)
            if of_person and of_files and rate.resident == payee.resident:
                return rate
        raise LawMissing("rate")

    def get_rate(self, bases, concept):
        rate = self.find_rate(concept)
        percent = Fraction(rate.rate_e6, 1_000_000)
        if rate.switch_uvt_e4:
            total = self.year + sum(bases.values())
            if total > self.uvt(rate.switch_uvt_e4) or self.payee.contract_over_limit:
                percent = Fraction(rate.switch_rate_e6, 1_000_000)
        if rate.base_kind != "none":
            if rate.base_kind not in self.law.bases:
                raise LawMissing("base")
            if bases[concept] < self.uvt(self.law.bases[rate.base_kind]):
                return []
        return [("renta", bases[concept], percent, self.rounded(bases[concept] * percent))]

    def get_table(self, bases, work):
        paid = sum(bases[concept] for concept in work)
        month = self.month + paid
        taxed = max(Fraction(), month - self.get_relief(month))
        for step in self.law.brackets:
            low, high = self.uvt(step.from_uvt_e4), self.uvt(step.to_uvt_e4)
            above = low < taxed or step.from_uvt_e4 == 0
            if above and (taxed <= high or step.to_uvt_e4 == 0):
                percent = Fraction(step.rate_e6, 1_000_000)
                tax = (taxed - low) * percent + self.uvt(step.plus_uvt_e4)
                amount = self.rounded(tax) - self.withheld
                if amount > 0:
                    # which account it goes to is the rate's
                    self.find_rate(max(work, key=lambda one: bases[one]))
                return [("renta", paid, percent, amount)]
        raise LawMissing("bracket")

    def get_relief(self, month):
        deducted = Fraction(self.payee.art383_deductions_e4, 10_000)
        if not deducted and not self.payee.art383_exempt:
            return 0
        relief = self.law.relief
        if relief is None:
            raise LawMissing("relief")

        def down(value):  # to the ten-thousandth of a peso
            return Fraction(floor(value * 10_000), 10_000)

        most = min(
            down(month * relief.limit_e6 / 1_000_000), down(self.uvt(relief.limit_year_uvt_e4) / 12)
        )
        if self.payee.art383_exempt and month > deducted:
            deducted += down((month - deducted) * relief.exempt_e6 / 1_000_000)
        return min(deducted, most)

    # -- ICA ---------------------------------------------------------------------

    def get_ica(self, bases):
        rate = self.find_ica()
        if rate is None:
            return []
        other = sum(value for concept, value in bases.items() if concept == "other")
        services = sum(bases.values()) - other
        percent = Fraction(rate.rate_e6, 1_000_000)
        sums = (
            ("other" in bases, other, rate.base_purchases_uvt_e4),
            (services > 0, services, rate.base_uvt_e4),
        )
        return [
            ("reteica", base, percent, self.rounded(base * percent))
            for asked, base, minimum in sums
            if asked and rate.rate_e6 and base >= self.uvt(minimum)
        ]

    def find_ica(self):
        place = self.payee.municipality or self.settings.municipality
        if place in self.law.agents:
            agent = self.law.agents[place]
        elif "" in self.law.agents:
            agent = self.law.agents[""]
        else:
            raise LawMissing("agent")
        if not agent:
            return None
        here = {one.activity: one for one in self.law.ica.values() if one.municipality == place}
        activity = self.payee.activity
        if activity and (activity in here or "" in here):
            return here.get(activity) or here[""]
        if (activity and self.payee.municipality) or not here:
            raise LawMissing("ica")
        return max(here.values(), key=lambda one: one.rate_e6)


class Chance:
    """Random laws, people and documents; the same ones for a seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def often(self, share):
        return self.random.random() < share

    def uvt_e4(self):
        return self.random.choice((0, 20_000, 40_000, 153_333, 270_000))

    def law(self):
        choose = self.random.choice
        agents = {place: self.often(0.7) for place in PLACES if self.often(0.7)}
        return make_law(
            date(2026, self.random.randint(1, 12), 28),
            agents=agents if self.often(0.9) else {"": True},
            uvt_e4=None if self.often(0.03) else self.random.randint(20_000, 90_000) * 10_000,
            rates=tuple(self.rates()),
            bases={kind: self.uvt_e4() for kind in ("services", "purchases") if self.often(0.97)},
            brackets=tuple(self.brackets())[: choose((1, 9, 9, 9, 9))],
            ica={(one.municipality, one.activity): one for one in self.ica()},
            **({"relief": None} if self.often(0.1) else {}),
        )

    def rates(self):
        for concept in CONCEPTS:
            for person in ("natural", "legal"):
                for resident in (True, False):
                    for declarant in self.random.choice((("any",), ("yes", "no"), ("no", "any"))):
                        if self.often(0.02):
                            continue
                        switch = self.random.choice((0, 33_000_000, 5_000_000))
                        yield Rate(
                            concept=concept,
                            person=person,
                            declarant=declarant,
                            resident=resident,
                            rate_e6=self.random.randint(0, 200_000),
                            base_kind=self.random.choice(("none", "services", "purchases")),
                            switch_uvt_e4=switch,
                            switch_rate_e6=self.random.randint(1, 300_000) if switch else 0,
                            tax_ref="l10n_co_tax_18",
                            norm="",
                        )

    def brackets(self):
        steps = sorted(self.random.sample(range(1, 20_000_000), 6))
        for low, high in zip([0, *steps], [*steps, 0], strict=True):
            rate = self.random.randint(0, 390_000)
            yield Bracket(low, high, rate, self.random.randint(0, 3_000_000), "")

    def ica(self):
        for place in PLACES[1:]:
            for activity in ACTIVITIES:
                if self.often(0.75):
                    rate_e6 = self.random.choice((0, 4_140, 9_660, 11_040, 13_800))
                    yield IcaRate(place, activity, rate_e6, self.uvt_e4(), self.uvt_e4(), "")

    def payee(self):
        place, activity = self.random.choice(PLACES), self.random.choice(ACTIVITIES)
        return Payee(
            person="legal" if self.often(0.25) else "natural",
            resident=self.often(0.9),
            declarant=self.often(0.4),
            simple=self.often(0.08),
            self_withholder=self.often(0.08),
            art383=self.often(0.25),
            art383_exempt=self.often(0.5),
            art383_deductions_e4=self.money(3_000_000) if self.often(0.4) else 0,
            contract_over_limit=self.often(0.1),
            municipality=place,
            activity=activity,
        )

    def settings(self):
        return Settings(
            withholds=self.often(0.95),
            declarants_as_legal=self.often(0.4),
            unit_e4=self.random.choice((10_000, 10_000, 100, 1_000_000)),
        )

    def money(self, most):
        """Up to so many pesos, many of them near nothing, some with fractions of a peso."""
        pesos = round(most ** self.random.random())
        return pesos * 10_000 + (self.random.randint(0, 9_999) if self.often(0.3) else 0)

    def gross(self):
        concepts = self.random.sample(CONCEPTS, self.random.choice((1, 1, 1, 2, 3)))
        signs = (1, 1, 1, 1, -1)
        return {one: self.random.choice(signs) * self.money(400_000_000) for one in concepts}

    def before(self):
        month = self.money(30_000_000)
        return Before(
            year_e4=month + self.money(400_000_000),
            month_e4=month,
            month_withheld_e4=self.random.choice((0, month // 100_000 * 10_000)),
        )


@tagged("post_install_l10n", "post_install", "-at_install")
class TestTaxReference(BaseCase):
    def _expected(self, *asked):
        try:
            return Reference(*asked).get()
        except LawMissing as missing:
            return missing.kind

    def _found(self, law, settings, payee, gross, before):
        try:
            lines = Withholding(law, settings).of(payee, gross, before)
        except LawMissing as missing:
            return missing.kind
        return [
            (
                line.code,
                Fraction(line.base_e4, 10_000),
                Fraction(line.rate_e6, 1_000_000),
                Fraction(line.amount_e4, 10_000),
            )
            for line in lines
        ]

    def _agree(self, *asked):
        expected, found = self._expected(*asked), self._found(*asked)
        if isinstance(expected, list) and isinstance(found, list):
            expected, found = sorted(expected), sorted(found)
        self.assertEqual(found, expected, asked)
        return expected

    def test_random_documents(self):
        chance, seen = Chance(20_261_201), Counter()
        for __ in range(CASES):
            law, payee = chance.law(), chance.payee()
            expected = self._agree(law, chance.settings(), payee, chance.gross(), chance.before())
            kinds = [expected] if isinstance(expected, str) else [one[0] for one in expected]
            seen.update(kinds or ["nothing"])
        # every end is met: lines, nothing, and each datum of the law that may be missing
        for kind in ("renta", "reteica", "nothing", "uvt", "rate", "base", "bracket", "relief"):
            self.assertGreater(seen[kind], 20, (kind, seen))
        self.assertGreater(min(seen["agent"], seen["ica"]), 20, seen)

    def test_around_the_limits(self):
        """One ten-thousandth of a peso on either side of each limit of the law."""
        law = make_law(date(2026, 11, 30))
        payees = (
            Payee(municipality=BOGOTA, activity="4610"),
            Payee(municipality=BOGOTA, activity="4799", declarant=True),
            Payee(art383=True, art383_exempt=True),
            Payee(),
        )
        limits = [law.in_pesos_e4(uvt * 10_000) for uvt in (2, 4, 10, 27, 95, 150, 360, 3_300)]
        rates = tuple(replace(one, base_kind="services") for one in law.rates)
        for payee in payees:
            for limit in limits:
                for step in (-1, 0, 1):
                    for concept in CONCEPTS:
                        gross = {concept: limit + step}
                        self._agree(law, Settings(), payee, gross, Before())
                        self._agree(
                            replace(law, rates=rates), Settings(), payee, gross, Before(limit)
                        )
