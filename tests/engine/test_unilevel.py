# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unilevel."""

from company_kit import Company, plan
from levels_kit import RANKS, unilevel
from mlm_engine.kernel.codes import Reason


def test_rates_by_rank_leave_breakage():
    rates = {"one": [5, 5], "two": [10, 5]}
    bonus = unilevel(rates=[], rates_by_rank=rates)
    company = Company(plan(bonus, ranks=RANKS)).chain(("A", "one", True), "X").sale("X").run()
    assert company.rows() == [
        (None, 2, 2, 0, 5, Reason.NO_UPLINE),
        ("A", 1, 1, 5, 5, Reason.RANK_RATE),
    ]


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
