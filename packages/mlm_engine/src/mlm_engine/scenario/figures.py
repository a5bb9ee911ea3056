# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Figures of a played cycle by code: what reports print and expectations compare."""

from functools import cached_property

import numpy as np

from ..kernel.codes import FIGURES, figure_name, figure_unit
from ..kernel.exact import E4, E6, mul_div, sum_by
from ..kernel.exchange import Exchange
from ..plan.document import iso_day, unscaled
from .expectation import COMPANY, RANKED, SCALE, WORDS


class CycleFigures:
    """Reads one ``PlayedCycle`` of a ``Played`` scenario.

    Money and points come as scaled integers; ``shown`` turns them into text.
    """

    def __init__(self, played, cycle):
        self.played, self.cycle = played, cycle
        self.scenario = played.scenario
        self.plan = cycle.snapshot.plan
        self.bonuses = [item["code"] for item in self.plan["bonuses"]]
        self.codes = [played.maker.code(item) for item in cycle.snapshot.member_id]
        self.exchange = Exchange(cycle.snapshot)
        self.unit_e4 = np.broadcast_to(
            self.exchange.unit_e4[self.exchange.home(np.arange(len(self.codes)))], len(self.codes)
        )

    def member(self, index):
        """Return the code of a member index; the company's for -1."""
        return self.codes[index] if index >= 0 else COMPANY

    def position(self, index):
        """Return the code of a position index: the person's own for the first in a tree."""
        return self.played.maker.position(self.cycle.snapshot.position_id[index])

    def _by_payee(self, column):
        rows = self.cycle.result.earnings
        found = {}
        value = getattr(rows, column)
        for payee, bonus in np.unique(np.stack((rows.payee, rows.bonus)), axis=1).T.tolist():
            total = int(value[(rows.payee == payee) & (rows.bonus == bonus)].sum())
            if total:
                found.setdefault(self.member(payee), {})[self.bonuses[bonus]] = total
        return found

    @cached_property
    def earnings(self):
        """``{code: {bonus: amount_e4}}`` of everybody who earned, in the own currency."""
        return self._by_payee("amount_e4")

    @cached_property
    def breakage(self):
        """``{code or "company": {bonus: amount_e4}}`` of what nobody got."""
        return self._by_payee("breakage_e4")

    @cached_property
    def ranks(self):
        """``{code: paid-as rank}`` of all distributors."""
        return self._ranked(self.cycle.result.rank)

    @cached_property
    def titles(self):
        """``{code: career title}`` of all distributors."""
        return self._ranked(self.cycle.result.title)

    def _ranked(self, values):
        if not self.plan["ranks"]:
            return {}
        distributors = np.flatnonzero(self.cycle.snapshot.member_kind == 0)
        return {
            self.codes[index]: self.plan["ranks"][int(values[index])]["code"]
            for index in distributors
        }

    @cached_property
    def carry(self):
        """``{position code: {bonus: {measure: value_e4}}}`` handed on."""
        result, found = self.cycle.result, {}
        for position, bonus, measure, value in zip(
            result.carry_position.tolist(),
            result.carry_bonus.tolist(),
            result.carry_measure.tolist(),
            result.carry_value.tolist(),
            strict=True,
        ):
            row = found.setdefault(self.position(position), {})
            row.setdefault(self.bonuses[bonus], {})[figure_name(measure)] = value
        return found

    @cached_property
    def measures(self):
        """``{(code, bonus or "", measure name): value}``."""
        rows = self.cycle.result.measures
        return {
            (
                self.member(member),
                self.bonuses[bonus] if bonus >= 0 else "",
                figure_name(measure, self.plan),
            ): value
            for member, bonus, measure, value in zip(
                rows.member.tolist(),
                rows.bonus.tolist(),
                rows.measure.tolist(),
                rows.value.tolist(),
                strict=True,
            )
        }

    @cached_property
    def withheld(self):
        """``{code: amount_e4}``: the rate on each payee's total, rounded once."""
        rate, unit = self.scenario.withholding_rate_e6, self.unit_e4
        rows = self.cycle.result.earnings
        total = sum_by(rows.payee, rows.amount_e4, len(self.codes))
        kept = mul_div(total, rate, E6 * unit, self.exchange.mode) * unit
        return {self.codes[index]: int(kept[index]) for index in np.flatnonzero(kept).tolist()}

    @cached_property
    def totals(self):
        """Sums in e4: earnings, breakage, withheld, payable, debit, credit; of one company."""
        rows = self.cycle.result.earnings
        earned, withheld = int(rows.amount_e4.sum()), sum(self.withheld.values())
        return {
            "earnings": earned,
            "breakage": int(rows.breakage_e4.sum()),
            "withheld": withheld,
            "payable": earned - withheld,
            "debit": earned,
            "credit": withheld + (earned - withheld),
        }

    @cached_property
    def companies(self):
        """``{code: {currency, earned, withheld, payable}}`` of a network of several, in e4."""
        found = {
            home["company"]: {"currency": home["currency"], "earned": 0, "withheld": 0}
            for home in self.cycle.snapshot.homes
        }
        for code, row in self.earnings.items() if found else ():
            company = found[self.scenario.person(code).home]
            company["earned"] += sum(row.values())
            company["withheld"] += self.withheld.get(code, 0)
        for company in found.values():
            company["payable"] = company["earned"] - company["withheld"]
        return found

    def sale(self, code):
        """Sums in e4 of a sale as made: pv, cv, price (without tax), retail."""
        lines = next(sale.lines for sale in self.scenario.sales if sale.id == code)
        return {
            name: sum(getattr(line, f"{name}_e4")(line.qty) for line in lines)
            for name in ("pv", "cv", "price", "retail")
        }

    # -- what expectations ask

    def figure(self, key):
        """Return the value of an expectation's key, 0 for what there is not."""
        section, *rest = key
        if section in ("start", "end", "pay_date"):
            return getattr(self.cycle, "pay" if section == "pay_date" else section)
        if section in ("earnings", "breakage") and len(rest) > 2:
            return self._part(section, *rest)
        if section in ("earnings", "breakage"):
            return getattr(self, section).get(rest[0], {}).get(rest[1], 0)
        if section in ("ranks", "titles"):
            return getattr(self, section).get(rest[0])
        if section == "carry":
            return self.carry.get(rest[0], {}).get(rest[1], {}).get(rest[2], 0)
        if section == "totals":
            return self.totals[rest[0]]
        if section == "companies":
            return self.companies[rest[0]][rest[1]]
        if section == "sales":
            return self.sale(rest[0])[rest[1]]
        return self.measures.get(tuple(rest), 0)

    def _part(self, section, code, bonus, source, level):
        """Return what somebody got from a bonus by one source, at one level, or both."""
        rows = self.cycle.result.earnings
        members = {name: index for index, name in enumerate(self.codes)}
        chosen = rows.payee == members.get(code, -1)
        chosen &= rows.bonus == self.bonuses.index(bonus)
        if source:
            chosen &= rows.source == members.get(source, -2)
        if level is not None:
            chosen &= rows.level == level
        values = rows.amount_e4 if section == "earnings" else rows.breakage_e4
        return int(values[chosen].sum())

    def earning_keys(self):
        """Return the keys of all earnings, for ``complete`` expectations."""
        return [("earnings", code, bonus) for code, row in self.earnings.items() for bonus in row]

    def shown(self, key, value):
        """Return a figure as people read it."""
        section = key[0]
        if value is None or isinstance(value, str):
            return str(value)
        if section in ("start", "end", "pay_date"):
            return iso_day(value)
        if section != "measures":
            return unscaled(value, E4)
        name = key[-1]
        if name in WORDS:
            return WORDS[name](value).name.lower()
        if name in RANKED:
            return self.plan["ranks"][value]["code"]
        if name in FIGURES:
            return unscaled(value, SCALE.get(figure_unit(FIGURES[name]), 1))
        volume = next(item["volume"] for item in self.plan["measures"] if item["code"] == name)
        return unscaled(value, E4 if volume else 1)

    def money(self, value, code=COMPANY):
        """Return money of somebody, by default of the run, as decimal text."""
        home = self.exchange.home(-1 if code == COMPANY else self.codes.index(code))
        return self.money_of(value, home)

    def money_of(self, value, home):
        """Return money of a home by its index, -1 for the run, as decimal text."""
        unit = int(self.exchange.unit_e4[home])
        return unscaled(value, E4, len(unscaled(unit, E4).partition(".")[2]))
