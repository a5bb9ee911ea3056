# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Closed periods computed once more: without a change they give what they gave."""

import copy
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from mlm_engine import chain as chained
from mlm_engine import measures
from mlm_engine import scenario as scenarios
from mlm_engine.chain.plan import kinds_needed, lacks, under
from mlm_engine.kernel import run
from mlm_engine.kernel.snapshot import Snapshot, columns_of
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import load_plan, plan_names

FOLDER = Path(__file__).parents[1] / "scenarios"
SEVERAL = [path.stem for path in sorted(FOLDER.glob("*.yaml")) if path.stem not in ("deep_chain",)]
HANDED = {
    name for table in ("carry", "state", "prior", "earned", "fed") for name in columns_of(table)
}
RANKS = ("member_title", "member_paid", "member_misses")


def played(name):
    found = read_yaml((FOLDER / f"{name}.yaml").read_text("utf-8"), name).data
    return scenarios.play(scenarios.load(found)).periods


def forgetful(periods):
    """The snapshots of periods, all but the first of each kind without what they took over."""
    known, found, ranked = set(), [], False
    for one in periods:
        data = one.snapshot
        if data.period_kind in known:
            data = replace(data, **{name: np.zeros(0, dtype=np.int64) for name in HANDED})
        elif known:
            data = replace(
                data, **{name: np.zeros(0, dtype=np.int64) for name in columns_of("earned")}
            )
        if ranked:
            data = replace(data, **{name: np.zeros_like(getattr(data, name)) for name in RANKS})
        known.add(data.period_kind)
        ranked |= data.plan["rank_policy"]["period"] == data.period_kind
        found.append(data)
    return found


@pytest.mark.parametrize("name", SEVERAL)
def test_unchanged_periods_give_what_they_gave(name):
    """Every scenario, cycles and longer periods: what is handed on is all that was taken over."""
    periods = played(name)
    for one, (snapshot, result) in zip(periods, chained.chain(forgetful(periods)), strict=True):
        assert result.digest == one.result.digest, one.label
        for column, values in snapshot.arrays():
            assert np.array_equal(values, getattr(one.snapshot, column)), (one.label, column)


@pytest.mark.parametrize("name", ["weeks_and_month", "ranks_over_periods", "own_excess_returned"])
def test_the_first_periods_keep_what_was_frozen(name):
    """A chain may begin anywhere (here: after the first cycle) and gives the same."""
    periods = played(name)[1:]
    found = chained.chain([one.snapshot for one in periods])
    for one, (_snapshot, result) in zip(periods, found, strict=True):
        if one.kind is None:  # a longer one misses what its first cycle paid
            assert result.digest == one.result.digest, one.label


def test_a_change_goes_on_into_the_periods_after_it():
    """Volume taken out of the first cycle is missing in the carry of the second."""
    periods = played("gx_bin_03_rollover")
    first = periods[0].snapshot

    def change(snapshot):
        if snapshot is not first:
            return snapshot
        return replace(snapshot, row_cv_e4=np.zeros_like(snapshot.row_cv_e4))

    found = list(chained.chain([one.snapshot for one in periods], change))
    assert not found[1][0].carry_value.size and periods[1].snapshot.carry_value.size
    assert found[1][1].digest != periods[1].result.digest


def test_progress_counts_periods():
    told = []
    periods = played("gx_bin_03_rollover")
    snapshots = [one.snapshot for one in periods]
    list(chained.chain(snapshots, progress=lambda *found: told.append(found)))
    assert {done for done, _stage, _fraction in told} == set(range(len(periods)))


# -- another plan


def changed(snapshot, edit):
    """The canonical plan of a snapshot, its document edited."""
    document = copy.deepcopy(snapshot.plan["source"])
    edit(document)
    return load_plan(document)


@pytest.mark.parametrize("name", SEVERAL)
def test_the_same_plan_changes_nothing(name):
    for one in played(name):
        data = one.snapshot
        assert lacks(data, data.plan) <= {"products"}
        found = under(data, data.plan)
        assert run.compute(found).digest == one.result.digest


def test_names_in_another_order_pay_the_same():
    """Bonuses and packages are found by their codes, not by their places."""

    def turned(document):
        document["bonuses"].reverse()

    for name in ("gx_bin_03_rollover", "package_terms", "upgrade"):
        periods = played(name)
        found = chained.chain(
            [one.snapshot for one in periods],
            partial(under, plan=changed(periods[0].snapshot, turned)),
        )
        for one, (snapshot, result) in zip(periods, found, strict=True):
            assert paid(snapshot, result) == paid(one.snapshot, one.result), one.label


def paid(snapshot, result):
    rows, total = result.earnings, {}
    for payee, bonus, amount in zip(
        rows.payee.tolist(), rows.bonus.tolist(), rows.amount_e4.tolist(), strict=True
    ):
        key = (
            snapshot.member_id[payee] if payee >= 0 else 0,
            snapshot.plan["bonuses"][bonus]["code"],
        )
        total[key] = total.get(key, 0) + amount
    return {key: amount for key, amount in total.items() if amount}


def test_what_another_plan_needs_is_named():
    data = played("package_terms")[0].snapshot

    def longer(document):
        document["activity"]["window"] += 1

    assert lacks(data, changed(data, longer)) == {"window"}
    weeks = load_plan("gano_excel_co_2026")
    assert "periods" in lacks(data, load_plan("doterra"))
    assert lacks(replace(data, plan={**data.plan, "trees": []}), weeks) >= {"trees"}


@pytest.mark.parametrize("name", plan_names())
def test_every_plan_knows_which_kinds_of_period_it_needs(name):
    plan = load_plan(name)
    assert kinds_needed(plan) and kinds_needed(plan) <= set(plan["periods"])
    empty = Snapshot(plan, next(iter(plan["periods"])), 1, 1, 2, 3, 1_000_000)
    assert lacks(empty, plan) == {"periods"}  # no period of this plan has these days
    assert bool(measures.ages(plan)) == bool(measures.ages(under(empty, plan).plan))


def test_positions_of_a_tree_that_the_plan_does_not_read_are_left_out():
    data = played("three_trees")[0].snapshot
    plan = {**data.plan, "trees": data.plan["trees"][:1]}
    found = under(data, plan)
    kept = data.position_tree == 0
    assert found.position_id.tolist() == data.position_id[kept].tolist()
    assert found.position_tree.size == 0
    parent = data.position_parent[kept]
    ids = np.append(data.position_id, -1)
    assert np.append(found.position_id, -1)[found.position_parent].tolist() == ids[parent].tolist()
