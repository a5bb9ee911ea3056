# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What differs between the inputs of two runs of a period, row by row."""

from typing import NamedTuple

import numpy as np

from . import groups

CAME, WENT, CHANGED = "came", "went", "changed"
#: the figures by which the largest rows are listed first
_WEIGHTS = {
    "row": ("row_cv_e4", "row_pv_e4"),
    "carry": ("carry_value",),
    "window": ("window_pv_e4",),
}


class Fact(NamedTuple):
    """A row that one side has and the other has not, or has otherwise.

    ``before`` and ``after`` are dicts of columns (ids and codes in the place of indexes; a
    code that is of neither plan is None), empty on the side that has not the row. A changed
    row has in them its keys and the columns that differ.
    """

    group: str
    table: str
    change: str
    before: dict
    after: dict


class Found(NamedTuple):
    """``counts``: ``{group: how many differ}``; ``facts``: of each group the first ones."""

    counts: dict
    facts: list


def find(before, after, most=None):
    """Compare two snapshots.

    :param most: facts kept of each table, the largest first; None: all
    """
    both = groups.pair(before, after)
    counts, facts = {}, []
    if groups.companies(before) != groups.companies(after):
        counts[groups.COMPANIES] = 1
    for table in groups.TABLES:
        first, last = _rows(both.before, table, after), _rows(both.after, table, before)
        pairs = _differing(first, last)
        if not pairs.shape[1]:
            continue
        counts[table.group] = counts.get(table.group, 0) + pairs.shape[1]
        pairs = pairs[:, _largest_first(table, first, last, pairs)[:most]]
        facts += [_fact(both, table, first, last, *pair) for pair in pairs.T.tolist()]
    for one in _singles(before, after):
        counts[one.group] = counts.get(one.group, 0) + 1
        facts.append(one)
    return Found({name: counts[name] for name in _ordered(counts)}, facts)


def _ordered(counts):
    return [name for name in (*groups.GROUPS, groups.COMPANIES) if name in counts]


class _Rows(NamedTuple):
    names: tuple
    keys: np.ndarray  # one column per row of the table
    values: np.ndarray


def _rows(side, table, other):
    snapshot = side.snapshot
    size = getattr(snapshot, table.keys[0]).size
    keys = [side.column(name, size) for name in table.keys]
    values = [side.column(name, size) for name in table.values]
    keep = np.ones(size, dtype=bool)
    if table.both:
        keep = np.isin(snapshot.member_id, other.member_id)
    if table.name == "position":
        # a position that has left is there for the way of a return only
        for one in (snapshot, other):
            keep &= ~np.isin(snapshot.position_id, one.position_id[one.gone_position])
    keys, values = (
        np.array([column[keep] for column in columns], dtype=np.int64).reshape(
            len(columns), int(keep.sum())
        )
        for columns in (keys, values)
    )
    if not table.values:  # the same twice is two rows
        keys = np.vstack([keys, _occurrence(keys)])
    return _Rows((*table.keys, *table.values), keys, values)


def _occurrence(keys):
    """Return how many equal columns stand before each one."""
    size = keys.shape[1]
    order = np.lexsort(keys)
    ordered = keys[:, order]
    new = np.append(True, (ordered[:, 1:] != ordered[:, :-1]).any(axis=0))[:size]
    start = np.flatnonzero(new)
    place = np.arange(size) - np.repeat(start, np.diff(np.append(start, size)))
    found = np.empty(size, dtype=np.int64)
    found[order] = place
    return found


def _differing(first, last):
    """Return pairs ``(place before, place after)`` as two rows, -1 where there is none."""
    split = first.keys.shape[1]
    keys = np.hstack([first.keys, last.keys])
    order = np.lexsort(keys[::-1])  # stable: of equal keys the one of before comes first
    ordered = keys[:, order]
    same = np.append((ordered[:, 1:] == ordered[:, :-1]).all(axis=0), False)[: order.size]
    twin = np.flatnonzero(same)
    known = np.zeros(order.size, dtype=bool)
    known[twin] = known[twin + 1] = True
    old, new = order[twin], order[twin + 1] - split
    changed = (first.values[:, old] != last.values[:, new]).any(axis=0)
    alone = order[~known]
    went, came = alone[alone < split], alone[alone >= split] - split
    return np.array(
        [
            np.concatenate([old[changed], went, np.full(came.size, -1)]),
            np.concatenate([new[changed], np.full(went.size, -1), came]),
        ],
        dtype=np.int64,
    )


def _largest_first(table, first, last, pairs):
    """Return the order in which pairs are told."""
    weights = []
    for name in _WEIGHTS.get(table.name, ()):
        place = table.values.index(name)
        weight = np.zeros(pairs.shape[1], dtype=np.int64)
        for sign, rows, at in ((-1, first, pairs[0]), (1, last, pairs[1])):
            there = at >= 0
            weight[there] += sign * rows.values[place][at[there]]
        weights.append(-np.abs(weight))
    return np.lexsort(weights[::-1]) if weights else np.arange(pairs.shape[1])


def _fact(both, table, first, last, old, new):
    change = CAME if old < 0 else WENT if new < 0 else CHANGED
    sides = [
        _told(both, table, rows, place) if place >= 0 else {}
        for rows, place in ((first, old), (last, new))
    ]
    if change == CHANGED:
        same = [name for name in table.values if sides[0][name] == sides[1][name]]
        sides = [{k: v for k, v in side.items() if k not in same} for side in sides]
    return Fact(table.group, table.name, change, *sides)


def _told(both, table, rows, place):
    columns = [*rows.keys[: len(table.keys), place], *rows.values[:, place]]
    return {
        name: _said(both, name, int(value)) for name, value in zip(rows.names, columns, strict=True)
    }


def _said(both, name, value):
    """Return an id, a number, or the code of an entry of a plan (None for none)."""
    codes = both.codes.get(groups.REFERS.get(name))
    if codes is None:
        return value
    return codes[value] if value >= 0 else None


def _singles(before, after):
    """Yield what is no table: rates of exchange and the plan."""
    rates = [_rates(one) for one in (before, after)]
    for name in dict.fromkeys([*rates[0], *rates[1]]):
        old, new = (one.get(name) for one in rates)
        if old != new:
            sides = ({} if one is None else {"rate": name, "fx_e6": one} for one in (old, new))
            change = CAME if old is None else WENT if new is None else CHANGED
            yield Fact("exchange", "rate", change, *sides)
    if _terms(before) != _terms(after):
        yield Fact("plan", "plan", CHANGED, {}, {})


def _rates(snapshot):
    """Return ``{currency: millionths per unit of the base}``; "" for the run's own currency."""
    found = {"": snapshot.fx_e6, **snapshot.rates}
    for home in snapshot.homes:
        found |= {home["currency"]: home["fx_e6"], **home["rates"]}
    return found


def _terms(snapshot):
    units = [home["unit_e4"] for home in snapshot.homes]
    return (
        snapshot.plan,
        snapshot.period_kind,
        snapshot.period_number,
        snapshot.period_start,
        snapshot.period_end,
        snapshot.period_end_moment,
        units,
    )
