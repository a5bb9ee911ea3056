# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fast start: a percentage of what somebody buys in the first days after joining.

    the row counts when  day of sale < day of joining + window_days
    or, by months, when  month of sale < month of joining + window_months
    paid(row, k) = base(row) × rate(rank of payee, k) × rate of exchange

It pays on volume sold, never for the enrolment; the window only chooses the rows.
Other bonuses leave the same volume out by ``not_on``. All else as in ``unilevel``.

Tiny example (DOT-FS-01): orders of 132, 78 and 147 within 60 days at 20 %: 26.40, 15.60
and 29.40 for the sponsor.
"""

from dataclasses import dataclass

import numpy as np

from ...kernel.context import local_day
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from .._by_level import params as shared
from .._by_level.rule import ByLevel

_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal()


@dataclass(frozen=True)
class Params(shared.Levels):
    """See the module for the formula."""

    window_days: int = make.number(
        "integer",
        0,
        _("Days since joining"),
        "days",
        _("not in days"),
    )
    window_months: int = make.number(
        "integer",
        0,
        _("Calendar months since joining"),
        "months",
        _("not in months"),
    )


class FastStart(ByLevel):
    """See the module for the formula."""

    label = _("Fast start")
    Params = Params

    def check(self, params, plan):
        """Rates must be clear and there is one window."""
        findings = super().check(params, plan)
        if bool(params.window_days) == bool(params.window_months):
            findings.append(
                error(
                    _("the window needs either days or months"),
                    _("Give `window_days` or `window_months`"),
                    ("window_days",),
                )
            )
        return findings

    def takes(self, ctx, bonus):
        """Return the mask of rows whose buyer is inside the window."""
        data, params = ctx.snapshot, bonus.params
        known = np.flatnonzero(data.row_buyer >= 0)
        sold = local_day(data, data.row_moment[known])
        joined = data.member_joined[data.row_buyer[known]]
        if params.window_days:
            inside = sold < joined + params.window_days
        else:
            inside = month(sold) < month(joined) + params.window_months
        found = np.zeros(data.row_id.size, dtype=bool)
        found[known] = inside
        return found


def month(day):
    """Return the number of the calendar month of days (ordinals), int64."""
    days = (np.asarray(day, dtype=np.int64) - _EPOCH_ORDINAL).astype("datetime64[D]")
    return days.astype("datetime64[M]").astype(np.int64)
