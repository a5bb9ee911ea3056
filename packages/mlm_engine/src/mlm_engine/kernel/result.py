# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the engine returns for one run. Contract version 3.

Described in ``docs/contracts/earning.md``. Rows are sorted canonically before
they leave the engine, so a digest over the arrays is reproducible.
"""

from dataclasses import dataclass, field, fields

import numpy as np


def _empty():
    return np.zeros(0, dtype=np.int64)


def dtype_of(column):
    """Return the type of a column of ``Earnings`` or ``Measures``: indexes, levels and codes
    have 32 bits, numbers 64."""
    return np.int64 if column.endswith(("_e4", "_e6", "value")) else np.int32


@dataclass
class Earnings:
    """One row per (payee, bonus, source, level, volume row), amount or breakage; of a bonus
    with ``grain: source`` one for all volume rows of the source that are paid alike.

    Exact before rounding: ``base_e4 * rate_e6 * fx_e6 / 10**12``, or with ``per_e6``
    ``base_e4 * rate_e6 * fx_e6 / (10**6 * per_e6)``, ten-thousandths of the currency of
    the payee's company. ``amount_e4`` is that, rounded once by the plan's mode, less
    ``cap_e4``, plus ``scale_e4``. ``breakage_e4`` is what the plan offered on this row
    and nobody got; ``reason`` says why. A row with ``payee == -1`` is breakage alone.
    """

    payee: np.ndarray = field(default_factory=_empty)  # member index or -1
    position: np.ndarray = field(default_factory=_empty)  # position index or -1
    bonus: np.ndarray = field(default_factory=_empty)  # index into plan["bonuses"]
    source: np.ndarray = field(default_factory=_empty)  # member index or -1
    level: np.ndarray = field(default_factory=_empty)  # physical level / generation, 0 when none
    paid_level: np.ndarray = field(default_factory=_empty)  # level whose rate was paid
    row: np.ndarray = field(default_factory=_empty)  # volume row index or -1
    base_e4: np.ndarray = field(default_factory=_empty)
    rate_e6: np.ndarray = field(default_factory=_empty)
    fx_e6: np.ndarray = field(default_factory=_empty)
    # what fx_e6 is divided by, the rate of the currency of the base; 0: by nothing
    per_e6: np.ndarray = field(default_factory=_empty)
    amount_e4: np.ndarray = field(default_factory=_empty)
    breakage_e4: np.ndarray = field(default_factory=_empty)
    reason: np.ndarray = field(default_factory=_empty)  # code of kernel/codes.py, 0 = paid in full
    rate_source: np.ndarray = field(
        default_factory=_empty
    )  # code of kernel/codes.py, 0 = fixed by the bonus
    cap_e4: np.ndarray = field(default_factory=_empty)  # taken by a cap, 0 or more
    # by the company cap (negative), a guarantee (either) or the floor (positive)
    scale_e4: np.ndarray = field(default_factory=_empty)


@dataclass
class Measures:
    """Non-zero figures of members and positions: a long table.

    ``measure`` is a code of ``kernel/codes.py`` (name, unit, help).
    ``position`` is -1 for figures of the person; ``bonus`` is -1 for figures
    that belong to no single bonus (own PV, activity, rank).
    """

    member: np.ndarray = field(default_factory=_empty)
    position: np.ndarray = field(default_factory=_empty)
    bonus: np.ndarray = field(default_factory=_empty)
    measure: np.ndarray = field(default_factory=_empty)
    value: np.ndarray = field(default_factory=_empty)


@dataclass
class Result:
    """Earnings, measures and their digest.

    ``carry_*`` is the next period's ``Snapshot.carry_*``: rows with a value
    other than zero, sorted. ``rank`` (paid-as) and ``title`` (career) are per
    member, indexes into ``plan["ranks"]``. ``state_*`` are the measures of members
    that the next period reads (``codes.is_state``).
    """

    earnings: Earnings
    measures: Measures
    rank: np.ndarray
    title: np.ndarray
    carry_position: np.ndarray
    carry_bonus: np.ndarray
    carry_measure: np.ndarray
    carry_value: np.ndarray
    state_member: np.ndarray = field(default_factory=_empty)
    state_bonus: np.ndarray = field(default_factory=_empty)
    state_measure: np.ndarray = field(default_factory=_empty)
    state_value: np.ndarray = field(default_factory=_empty)
    digest: str = ""


def columns(table):
    """Yield ``(name, array)`` of an ``Earnings`` or ``Measures`` in order."""
    for item in fields(table):
        yield item.name, getattr(table, item.name)
