# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Adds earning rows: worth, what is paid of it, breakage and reason, rounded once.

Every rule that pays a base times a rate goes through ``pay``, so that amount,
breakage and reason always fit together (``docs/contracts/rules.md`` §1).
"""

import numpy as np

from .codes import Reason
from .exact import amounts


def pay(ctx, bonus, *, base_e4, rate_e6, reason, earns, **columns):
    """Add rows of one bonus; arrays of one length, or integers for all rows.

    ``earns`` tells who gets the worth of ``base × rate``; ``reason`` why something
    is missing (dropped where nothing is). ``offered_base_e4`` and ``offered_e6`` are
    what the plan offered where that is more; ``exchange``, ``(fx_e6, per_e6)``, is from the
    bonus's currency into the payees' unless given. ``most_e4`` caps each row (the payee's
    currency, -1: no cap).
    Rows worth nothing and offering nothing are left out.
    """
    arrays = [value for value in (base_e4, rate_e6, reason, earns) if np.ndim(value)]
    size = min((value.size for value in arrays), default=1)
    if not size:
        return

    def full(value):
        return np.broadcast_to(np.asarray(value, dtype=np.int64), (size,))

    base, rate = full(base_e4), full(rate_e6)
    offered_base = full(columns.pop("offered_base_e4", base))
    offered_rate = full(columns.pop("offered_e6", rate))
    money = ctx.exchange
    home = money.home(full(columns.get("payee", -1)))
    fx, per = columns.pop("exchange", None) or money.into(bonus.common.currency, home)
    unit = money.unit_e4[home]
    amount = np.where(earns, amounts(base, rate, fx, money.mode, unit, per), 0)
    offered = amounts(offered_base, offered_rate, fx, money.mode, unit, per)
    most = full(columns.pop("most_e4", -1))
    cap = np.where(most >= 0, np.maximum(amount - most, 0), 0)
    amount = amount - cap
    missing = offered - amount
    reason = np.where(cap > 0, int(Reason.CAPPED), full(reason))
    reason = np.where(missing != 0, reason, 0)
    keep = (amount != 0) | (missing != 0)
    ctx.earnings.add(
        bonus=bonus.index,
        base_e4=base[keep],
        rate_e6=rate[keep],
        fx_e6=full(fx)[keep],
        per_e6=full(per)[keep],
        amount_e4=amount[keep],
        breakage_e4=missing[keep],
        reason=reason[keep],
        cap_e4=cap[keep],
        **{
            name: full(value)[keep] if np.size(value) == size else value
            for name, value in columns.items()
        },
    )
