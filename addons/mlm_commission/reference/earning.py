# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One earning of one person, as in ``docs/contracts/earning.md``."""

from dataclasses import dataclass, replace

from .codes import PAID


@dataclass(frozen=True)
class Earning:
    """Indexes into the inputs, -1 for none; scaled integers."""

    payee: int
    bonus: int
    base_e4: int
    rate_e6: int
    fx_e6: int
    amount_e4: int
    breakage_e4: int
    reason: int = PAID
    row: int = -1
    source: int = -1
    level: int = 0
    paid_level: int = 0
    position: int = -1
    cap_e4: int = 0
    scale_e4: int = 0

    @property
    def key(self):
        """What orders the rows of a result; unique."""
        return (
            self.payee,
            self.bonus,
            self.row,
            self.source,
            self.level,
            self.paid_level,
            self.position,
        )

    def less(self, taken, reason, column):
        """Return the earning with an amount taken from it, which becomes breakage."""
        if not taken:
            return self
        changes = {"cap_e4": self.cap_e4 + taken}
        if column == "scale_e4":
            changes = {"scale_e4": self.scale_e4 - taken}
        return replace(
            self,
            amount_e4=self.amount_e4 - taken,
            breakage_e4=self.breakage_e4 + taken,
            reason=reason,
            **changes,
        )

    def more(self, given):
        """Return the earning topped up; what the plan offered stays as it was."""
        return replace(self, amount_e4=self.amount_e4 + given, scale_e4=self.scale_e4 + given)
