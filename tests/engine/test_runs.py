# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whole runs on random small networks: an independent recalculation, laws."""

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from mlm_engine.kernel import ordering, run, snapshot_file
from mlm_engine.kernel.codes import Measure, Reason
from mlm_engine.kernel.exact import E4, E6
from mlm_reference.numbers import rounded
from networks import BINARY, GEN5, empty, ints, seeded
from random_homes import shuffled
from side_by_side import differences

seeds = st.integers(0, 2**32)


@settings(max_examples=400, deadline=None)
@given(seeds, st.booleans())
def test_agrees_with_the_reference(seed, several):
    """The whole Gano plan; ``test_reference.py`` draws plans as well."""
    assert differences(seeded(seed, several=several)) == []


def _table(result, code, size):
    """Return one measure of the binary by position."""
    rows, values = result.measures, np.zeros(size, dtype=np.int64)
    chosen = (rows.measure == code) & (rows.bonus == BINARY) & (rows.position >= 0)
    values[rows.position[chosen]] = rows.value[chosen]
    return values


@settings(max_examples=150, deadline=None)
@given(seeds, st.booleans())
def test_points_are_conserved(seed, several):
    data = seeded(seed, several=several)
    result = run.compute(data)
    size = data.position_id.size

    def get(code):
        return _table(result, code, size)

    for side in ("LEFT", "RIGHT"):
        came = sum(get(Measure[f"{side}_{part}"]) for part in ("IN", "NEW", "EXCESS"))
        went = get(Measure.MATCHED) + get(Measure[f"{side}_EXPIRED"])
        assert (came == went + get(Measure[f"CARRY_{side}"])).all()
    # A leg holds every placed row below it, once.
    roots = np.flatnonzero((data.position_parent < 0) & (data.position_member >= 0))
    own = np.zeros(size, dtype=np.int64)
    np.add.at(
        own, data.row_position[data.row_position >= 0], data.row_cv_e4[data.row_position >= 0]
    )
    total = own.sum()
    if roots.size == 1 and size and (data.position_parent < 0).sum() == 1:
        below = get(Measure.LEFT_NEW)[roots[0]] + get(Measure.RIGHT_NEW)[roots[0]]
        assert below == total - own[roots[0]]


def _worth(data, rows, places, base_e4, rate_e6):
    """Return what bases are worth in the currency of each payee's home."""
    rounding, found = data.plan["rounding"], []
    for place, base, rate in zip(places, base_e4.tolist(), rate_e6.tolist(), strict=True):
        fx, per, payee = (int(column[place]) for column in (rows.fx_e6, rows.per_e6, rows.payee))
        at_home = payee >= 0 and data.homes
        unit = (data.homes[data.member_home[payee]] if at_home else rounding)["unit_e4"]
        exact = Fraction(base * rate * fx, E6 * (per or E6))
        found.append(rounded(exact, rounding["mode"], unit))
    return ints(found)


@settings(max_examples=150, deadline=None)
@given(seeds, st.booleans())
def test_paid_and_breakage_are_what_the_plan_offered(seed, several):
    data = seeded(seed, several=several)
    rows = run.compute(data).earnings
    table = np.array([*data.plan["bonuses"][GEN5]["params"]["amounts_e4"], [0] * 5])
    gen5 = np.flatnonzero(rows.bonus == GEN5)
    row, level = rows.row[gen5], rows.level[gen5]
    offered = table[data.row_package[row], level - 1] - table[data.row_package_from[row], level - 1]
    offered = offered * data.row_package_qty[row]
    worth = _worth(data, rows, gen5, offered, np.full(gen5.size, E6))
    assert (rows.amount_e4[gen5] + rows.breakage_e4[gen5] == worth).all()
    # Every row stands for what it says, and says why when something is missing.
    exact = _worth(data, rows, np.arange(rows.payee.size), rows.base_e4, rows.rate_e6)
    assert (np.where(rows.amount_e4 != 0, exact, 0) == rows.amount_e4).all()
    assert ((rows.reason != 0) == (rows.breakage_e4 != 0)).all()
    assert (rows.amount_e4 >= 0).all() and (rows.breakage_e4 >= 0).all()
    assert not rows.amount_e4[rows.payee < 0].any()
    # Only sales pay: an amount stands on a volume row or on volume in the legs.
    assert ((rows.row >= 0) | (rows.bonus == BINARY)).all()


@settings(max_examples=100, deadline=None)
@given(seeds, st.booleans(), st.integers(0, 1000))
def test_order_of_loading_changes_nothing(seed, several, shuffle):
    data = seeded(seed, several=several)
    expected = run.compute(ordering.canonical(data)).digest
    assert expected == run.compute(data).digest
    other = shuffled(data, random.Random(shuffle))
    assert run.compute(ordering.canonical(other)).digest == expected


@settings(max_examples=100, deadline=None)
@given(seeds, st.booleans(), st.integers(0, 1000))
def test_ids_carry_no_meaning(seed, several, shuffle):
    data = seeded(seed, several=several)
    names = data.member_id.tolist()
    random.Random(shuffle).shuffle(names)
    other = ordering.canonical(replace(data, member_id=ints(names)))

    def people(snapshot, result):
        rows = result.earnings
        return sorted(
            (int(snapshot.member_id[p]) if p >= 0 else -1, b, a, k)
            for p, b, a, k in zip(
                rows.payee.tolist(),
                rows.bonus.tolist(),
                rows.amount_e4.tolist(),
                rows.breakage_e4.tolist(),
                strict=True,
            )
        )

    new_name = dict(zip(data.member_id.tolist(), names, strict=True))
    mine = [(new_name.get(payee, -1), *rest) for payee, *rest in people(data, run.compute(data))]
    assert sorted(mine) == people(other, run.compute(other))


@settings(max_examples=60, deadline=None)
@given(seeds, st.booleans())
def test_snapshot_file_round_trip(seed, several):
    data = seeded(seed, several=several)
    first = snapshot_file.dumps(data)
    again = snapshot_file.loads(first)
    assert snapshot_file.dumps(again) == first
    assert run.compute(again).digest == run.compute(data).digest


def test_a_snapshot_without_anybody():
    result = run.compute(empty())
    assert result.earnings.payee.size == 0
    assert len(result.digest) == 64


def test_every_position_says_why():
    data = seeded(7)
    result = run.compute(data)
    rows = result.measures
    position = data.position_member >= 0
    reason = _table(result, Measure.REASON, position.size)
    matched = _table(result, Measure.MATCHED, position.size)
    assert (reason[position & (matched == 0)] != Reason.PAID).all()
    assert rows.value.all()
    assert E4 == 10**4
