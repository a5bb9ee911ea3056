# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Adds earning rows: worth, what is paid of it, breakage and reason, rounded once.

Every rule that pays a base times a rate goes through ``pay``, so that amount,
breakage and reason always fit together (``docs/contracts/rules.md`` §1). Of a bonus with
the grain ``source`` lines that are alike in all but their sale become one row before they
are rounded: ``settle``.
"""

import numpy as np

from . import memory, packed
from .codes import Reason
from .columns import full, joined, narrow, part
from .exact import amounts

#: What the lines of one row are alike in; first what orders the rows of a bonus in a result.
ALIKE = (
    *("payee", "source", "level", "paid_level", "position", "rate_e6"),
    *("offered_e6", "reason", "earns", "rate_source", "fx_e6", "per_e6", "most_e4"),
)
_SUMMED = ("base_e4", "offered_base_e4")
_DEFAULTS = {"payee": -1, "position": -1, "source": -1, "row": -1, "most_e4": -1}
#: Columns of indexes, codes and rates.
_SMALL = (
    *("payee", "source", "level", "paid_level", "position", "row", "reason", "rate_source"),
    *("rate_e6", "offered_e6"),
)
#: Rows that are rounded at once: what that takes besides is no more, however many there are.
_SLICE = 1 << 19


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
    exchange = columns.pop("exchange", None)
    if exchange is None:
        home = ctx.exchange.home(full(columns.get("payee", -1), size))
        exchange = ctx.exchange.into(bonus.common.currency, home)
    given = {
        **_DEFAULTS,
        **{"base_e4": base_e4, "rate_e6": rate_e6, "reason": reason, "earns": earns},
        "offered_e6": rate_e6,
        **dict(zip(("fx_e6", "per_e6"), exchange, strict=True)),
        "paid_level": columns.get("level", 0),
        **columns,
    }
    names = [*(name for name in _SUMMED if name in given), *ALIKE, "row"]
    line = {name: full(given.get(name, 0), size) for name in names}
    line |= {name: narrow(line[name]) for name in _SMALL}
    if bonus.grain == "sale":
        _add(ctx, bonus, line)
    else:
        if bonus.grain == "source":
            line["row"] = full(np.int32(-1), size)
        ctx.lines.append(line)


def settle(ctx, bonus):
    """Add the rows of what a bonus with the grain ``source`` has paid."""
    lines, ctx.lines = ctx.lines, []
    line = _merged(lines) if lines else {"row": ()}
    for begin in range(0, len(line["row"]), _SLICE):
        some = slice(begin, begin + _SLICE)
        _add(ctx, bonus, {name: values[some] for name, values in line.items()})


def _merged(lines):
    """Return lines with those as one that are alike in all but their sale, in final order."""
    names = [name for name in lines[0] if name != "row"]
    line = {name: joined([one.pop(name) for one in lines]) for name in names}
    memory.give_back()
    order, first = packed.runs([line[name] for name in ALIKE])
    begins = np.flatnonzero(first)
    if begins.size < first.size:
        for name in _SUMMED:
            if name in line:
                line[name] = np.add.reduceat(part(line[name], order), begins)
        names = ALIKE
        order = begins if order is None else order[begins]
    for name in names:  # one by one, each in place of what it was
        line[name] = part(line[name], order)
    return {**line, "row": full(np.int32(-1), begins.size)}


def _add(ctx, bonus, line):
    """Round the worth of each line once and add what is paid of it, and what is not."""
    home = ctx.exchange.home(line["payee"])
    unit, mode = ctx.exchange.unit_e4[home], ctx.exchange.mode
    base, rate, fx, per = (line[name] for name in ("base_e4", "rate_e6", "fx_e6", "per_e6"))
    offered = worth = amounts(base, rate, fx, mode, unit, per)
    offered_base, offered_rate = line.pop("offered_base_e4", base), line.pop("offered_e6")
    if offered_base is not base or (offered_rate != rate).any():
        offered = amounts(offered_base, offered_rate, fx, mode, unit, per)
    amount = np.where(line.pop("earns"), worth, 0)
    most, reason = line.pop("most_e4"), line.pop("reason")
    cap = np.where(most >= 0, np.maximum(amount - most, 0), 0)
    amount = amount - cap
    missing = offered - amount
    reason = np.where(cap > 0, np.int32(Reason.CAPPED), reason)
    line["cap_e4"] = cap if cap.any() else full(0, cap.size)
    line |= {"amount_e4": amount, "breakage_e4": missing}
    line["reason"] = np.where(missing != 0, reason, np.int32(0))
    keep = (amount != 0) | (missing != 0)
    if not keep.all():
        line = {name: part(values, keep) for name, values in line.items()}
    ctx.earnings.add(bonus=bonus.index, **line)
