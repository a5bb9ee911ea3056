# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A run, person by person, in the order of rules.md §7."""

from importlib import import_module

from . import caps, company_cap
from .codes import ACTIVE, OWN_CV_PERIOD, OWN_PV, OWN_PV_PERIOD, PLAN
from .conditions import Conditions
from .homes import Homes
from .measures import Measures
from .network import Network
from .packages import Packages
from .people import People
from .plan import Plan
from .ranks import Ranks
from .returned import Returned

NOBODY = -1


class Calculator:
    """Answers about one run.

    ``whole=True`` computes everything at once where that is cheaper; without it each
    person costs about as much as the network below is large, so that a sample
    of a large run is quick. A company cap needs everybody in any case.
    """

    def __init__(self, inputs, whole=False):
        self.inputs, self.plan = inputs, Plan(inputs.plan)
        self.whole = whole or bool(self.plan.payout)
        self.homes = Homes(inputs, self.plan)
        self.people = People(inputs, self.plan)
        self.packages = Packages(inputs, self.plan)
        self.network = Network(inputs)
        self.returned = Returned(self)
        self.fed = inputs.grouped("fed_position")
        self.totals = {}
        self.measures = Measures(self)
        self.conditions = Conditions(self)
        self.bonuses = [self._bonus(*item) for item in enumerate(self.plan.bonuses)]
        self.ranks = Ranks(self)
        self._order = self._in_order()
        self._caps_due = caps.schedule(self.plan, self._order)
        self._stages = {}
        self._final = None

    def _bonus(self, index, document):
        module = import_module(f".rules.{document['rule']}", __package__)
        return module.Rule(self, index, document)

    def _in_order(self):
        """Return the bonuses of this run: those that read others come after them."""
        waiting = [bonus for bonus in self.bonuses if bonus.in_this_run]
        order = []
        while waiting:
            codes = {bonus.code for bonus in waiting}
            ready = [bonus for bonus in waiting if not codes & set(bonus.reads) - {bonus.code}]
            if not ready:
                raise ValueError(f"bonuses read each other: {sorted(codes)}")
            plain = [bonus for bonus in ready if not bonus.reads] or ready[:1]
            order += plain
            waiting = [bonus for bonus in waiting if bonus not in plain]
        return order

    def bonus(self, code):
        return self.bonuses[self.plan.bonus_index[code]]

    def figure(self, bonus, name, member):
        """Return a figure that a bonus of this run has of somebody."""
        known = self.plan.bonus_index.get(bonus)
        if known is None or not self.bonuses[known].in_this_run:
            return 0
        return self.bonuses[known].figure(name, member)

    # -- earnings

    def payee(self, member):
        """Return the earnings of somebody, sorted."""
        if self.plan.payout:
            return self._everybody().get(member, [])
        return sorted(self.stage(member, len(self._order)), key=lambda one: one.key)

    def everything(self):
        """Return all earnings, those of nobody included, sorted."""
        found = [one for rows in self._everybody().values() for one in rows]
        return sorted(found, key=lambda one: one.key)

    def before(self, bonus):
        """Return how many bonuses of the order come before one."""
        return self._order.index(bonus)

    def stage(self, member, count):
        """Return somebody's earnings of the first bonuses, caps that are due applied."""
        if not count:
            return []
        if (member, count) not in self._stages:
            bonus = self._order[count - 1]
            new = bonus.of_nobody() if member == NOBODY else bonus.of_payee(member)
            rows = sorted([*self.stage(member, count - 1), *new], key=lambda one: one.key)
            if member != NOBODY:
                for cap in self._caps_due[count]:
                    rows = caps.apply(self, cap, member, rows)
            self._stages[member, count] = rows
        return self._stages[member, count]

    def _everybody(self):
        if self._final is None:
            last = len(self._order)
            found = {member: self.stage(member, last) for member in (*self.inputs.members, NOBODY)}
            self._final = company_cap.apply(self, found)
        return self._final

    # -- what the next period reads

    def rank(self, member):
        return self.ranks.paid(member)

    def title(self, member):
        return self.ranks.title(member)

    def figures(self, member):
        """Return ``{code of the measure: value}`` of somebody, zeros left out: own volume,
        activity, and the measures that the plan declares."""
        people = self.people
        found = {
            OWN_PV: people.own_pv(member),
            OWN_PV_PERIOD: people.own(member, "row_pv_e4"),
            OWN_CV_PERIOD: people.own(member, "row_cv_e4"),
            ACTIVE: int(people.active(member)),
        }
        for index, item in enumerate(self.plan.measures):
            found[PLAN + index] = self.measures.value(str(item["code"]), member)
        return {code: value for code, value in found.items() if value}

    def carry(self):
        """Return ``{(position, bonus, measure): value}`` of figures other than zero."""
        return self._kept("carry")

    def state(self):
        """Return ``{(member, bonus, measure): value}`` of figures other than zero."""
        return self._kept("state")

    def _kept(self, what):
        found = {}
        for bonus in self._order:
            if hasattr(bonus, what):
                found.update(getattr(bonus, what)())
        return {key: value for key, value in found.items() if value}
