# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is active, and why somebody does not earn (rules.md §1 and §5)."""

from functools import cached_property

from .codes import (
    KIND_CUSTOMER,
    KIND_DISTRIBUTOR,
    PAID,
    REASONS,
    STATE_SUSPENDED,
    STATE_TERMINATED,
)
from .numbers import points


class People:
    def __init__(self, inputs, plan):
        self.inputs, self.plan = inputs, plan
        self.credited = inputs.grouped("row_member")
        self._blocked = {}

    @cached_property
    def credited_at(self):
        """``{position: rows}``."""
        return self.inputs.grouped("row_position")

    def own(self, member, column):
        """Return the sum of a column of the rows credited to somebody."""
        figures = getattr(self.inputs, column)
        return sum(figures[row] for row in self.credited.get(member, ()))

    def own_pv(self, member):
        """Return the own PV in the window of activity, this period included."""
        return self.own(member, "row_pv_e4") + self.inputs.window_pv_e4[member]

    def paid_before(self, member):
        return self.inputs.member_paid[member] if self.inputs.member_paid else 0

    def active(self, member):
        if self.inputs.member_kind[member] == KIND_CUSTOMER:
            return False
        if self.inputs.member_state[member] == STATE_TERMINATED:
            return False
        test = self.plan.activity
        return test is None or self.own_pv(member) >= self._least_pv(member, test)

    def _least_pv(self, member, test):
        by_title = test.get("held", "paid") == "title"
        held = self.inputs.member_title[member] if by_title else self.paid_before(member)
        least = points(test["pv"])
        return self.plan.by_rank(test.get("by_rank"), held, points, least)

    def blocked(self, member, active_only=True):
        """Return the reason why somebody cannot earn at all, PAID for none."""
        key = member, active_only
        if key not in self._blocked:
            self._blocked[key] = self._why(member, active_only)
        return self._blocked[key]

    def _why(self, member, active_only):
        if self.inputs.member_kind[member] != KIND_DISTRIBUTOR:
            return REASONS["NOT_DISTRIBUTOR"]
        if self.inputs.member_state[member] == STATE_TERMINATED:
            return REASONS["TERMINATED"]
        if self.inputs.member_state[member] == STATE_SUSPENDED:
            return REASONS["SUSPENDED"]
        if active_only and not self.active(member):
            return REASONS["INACTIVE"]
        return PAID

    def present(self, member, active_only=True):
        return self.blocked(member, active_only) == PAID
