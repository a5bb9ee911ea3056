# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Published examples of bonuses level by level, by their id in facts/plans.yaml."""

import pytest
from company_kit import START, Company, plan
from mlm_engine.rules.matrix.rule import capacity


def test_uni_01():
    ranks = ("member", "silver", "gold", "diamond")
    unlock = {"member": 1, "silver": 2, "gold": 3, "diamond": 5}
    params = {"rates": [5, 5, 5, 5, 5], "base_pct": 40, "levels_by_rank": unlock}
    company = Company(plan({"rule": "unilevel", "params": params}, ranks=ranks))
    company.chain(("D", "diamond", 1), ("G", "gold", 1), ("S", "silver", 1), ("M", "member", 1))
    company.person("X", "M").sale("X", 200).run()
    assert company.paid() == {"M": 4, "S": 4, "G": 4, "D": 4}


def test_vol_01():
    params = {"rates": [10], "base_pct": 50}
    company = Company(plan({"rule": "unilevel", "params": params})).chain("A", "X")
    assert company.sale("X", 200).run().paid() == {"A": 10}


@pytest.mark.parametrize("pv, paid", [(132, 26.4), (78, 15.6), (147, 29.4)])
def test_dot_fs_01(pv, paid):
    params = {"rates": [20, 10, 5], "base": "pv", "window_days": 60}
    company = Company(plan({"rule": "fast_start", "params": params})).person("A")
    company.person("X", "A", joined=START - 45)
    company.sale("X", cv=1, pv=pv, day=15)  # day 59 since joining
    company.sale("X", cv=1, pv=pv, day=16)  # day 60: too late
    assert company.run().paid() == {"A": paid}


def test_dot_uni_01():
    titles = ("advocate", "manager", "director", "executive", "elite", "premier", "silver")
    params = {
        "rates": [2, 3, 5, 5, 6, 6, 7],
        "levels_by_rank": {title: level + 1 for level, title in enumerate(titles)},
        "base": "pv",
        "compression": {"kind": "dynamic"},
    }
    company = Company(plan({"rule": "unilevel", "params": params}, ranks=titles))
    company.chain(*[(title, title, True) for title in reversed(titles)], "X")
    company.sale("X", cv=0, pv=100).run()
    assert company.paid() == dict(zip(titles, (2, 3, 5, 5, 6, 6, 7), strict=True))


def test_lv_01():
    params = {"rates": [30], "base": "pv", "window_months": 1}
    company = Company(plan({"rule": "fast_start", "params": params})).person("A")
    company.person("X", "A", joined=START + 3).person("Y", "A", joined=START - 1)
    company.sale("X", 1000, day=31).sale("Y", 1000, day=1)  # Y joined the month before
    assert company.run().paid() == {"A": 300}


def test_mat_01():
    tree = [{"code": "m", "kind": "matrix", "width": 3}]
    params = {"rates": [2, 2, 2], "width": 3, "height": 3}
    company = Company(plan({"rule": "matrix", "tree": "m", "params": params}, trees=tree))
    company.chain("Root", "A").person("B", "Root").person("C", "Root").person("D", "Root")
    company.seat("root", "Root")
    for leg, code in enumerate("ABC"):
        company.seat(code, code, "root", leg)
    company.seat("d", "D", "A", 0).sale("D", seat="d").run()
    assert [row[:4] for row in company.rows() if row[3]] == [("Root", 2, 2, 2), ("A", 1, 1, 2)]
    assert (capacity(3, 7), capacity(2, 12)) == (3279, 8190)


def test_match_01():
    """Mary and Susan are generation 1, Larry, Sharon and Steve generation 2."""
    bonuses = (
        {"rule": "personal_rebate", "params": {"steps": [{"min": 0, "pct": 50}]}},
        {"rule": "matching", "params": {"rates": [3, 3], "bonuses": ["personal_rebate"]}},
    )
    company = Company(plan(*bonuses)).person("Me").person("Mary", "Me").person("Susan", "Me")
    company.person("Larry", "Mary").person("Sharon", "Susan").person("Steve", "Susan")
    earned = {"Mary": 100, "Susan": 100, "Larry": 200, "Sharon": 200, "Steve": 200}
    for code, amount in earned.items():
        company.sale(code, 2 * amount)
    company.run()
    assert company.paid("personal_rebate") == earned
    mine = [row for row in company.rows("matching") if row[0] == "Me"]
    assert sorted(row[3] for row in mine) == [3, 3, 6, 6, 6]
    assert company.paid("matching")["Me"] == 24


GEN_01 = [
    # Master B's rank and activity, then who is paid which generation
    ("none", True, [("A", 1)]),
    ("master", True, [("A", 2), ("B", 1)]),
    ("master", False, [("A", 1)]),  # unqualified: creates no generation
]


@pytest.mark.parametrize("rank, active, paid", GEN_01)
def test_gen_01(rank, active, paid):
    params = {"rates": [5, 4], "rank": "master", "ineligible": "skip"}
    company = Company(plan({"rule": "generation", "params": params}, ranks=("none", "master")))
    company.chain(("A", "master", True), "P", ("B", rank, active), "Q", "X")
    company.sale("X").run()
    assert [(row[0], row[2]) for row in company.rows() if row[3]] == paid


@pytest.mark.parametrize("gv, pct", [(200, 3), (600, 9), (1400, 15), (5000, 25), (199, 0)])
def test_pb_01(gv, pct):
    minima = {0: 0, 200: 3, 400: 6, 600: 9, 1000: 12, 1400: 15, 2200: 18, 3600: 22, 5000: 25}
    steps = [{"min": least, "pct": percent} for least, percent in minima.items()]
    params = {"base": "pv", "measure": "gpv", "steps": steps}
    measures = [{"code": "gpv", "name": "GPV", "kind": "group", "own": True}]
    bonus = {"rule": "personal_rebate", "params": params}
    company = Company(plan(bonus, measures=measures)).chain("A", ("B", None, True))
    company.sale("A", cv=1, pv=100).sale("B", cv=1, pv=gv - 100).run()
    assert company.paid().get("A", 0) == pct


def test_pb_01_as_printed():
    params = {"base": "pv", "steps": [{"min": 0, "pct": 0}, {"min": 600, "pct": 9}]}
    company = Company(plan({"rule": "personal_rebate", "params": params})).person("A")
    assert company.sale("A", 600).run().paid() == {"A": 54}
