# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One earning of one person, as in ``docs/contracts/earning.md``."""

from dataclasses import dataclass, replace

from .codes import PAID


@dataclass(frozen=True, slots=True)
class Earning:
    """Indexes into the inputs, -1 for none; scaled integers."""

    payee: int
    bonus: int
    base_e4: int
    rate_e6: int
    fx_e6: int
    per_e6: int
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
            self.rate_e6,
        )

    def capped(self, taken, reason):
        """Return the earning after a cap took something, which becomes breakage."""
        if not taken:
            return self
        return replace(
            self,
            amount_e4=self.amount_e4 - taken,
            breakage_e4=self.breakage_e4 + taken,
            cap_e4=self.cap_e4 + taken,
            reason=reason,
        )

    def moved(self, by, reason=PAID):
        """Return the earning after a guarantee or the company gave or took something.

        What is taken beyond what was given is breakage; what is given beyond what was
        taken comes on top of what the plan offered.
        """
        scale, amount = self.scale_e4 + by, self.amount_e4 + by
        offered = self.amount_e4 + self.breakage_e4 - max(self.scale_e4, 0)
        breakage = offered - amount + max(scale, 0)
        kept = reason if breakage > self.breakage_e4 else self.reason
        return replace(
            self,
            amount_e4=amount,
            breakage_e4=breakage,
            scale_e4=scale,
            reason=kept if breakage else PAID,
        )
