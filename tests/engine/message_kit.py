# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A small scenario that tests change, and what is said of it."""

import scenario_kit
from mlm_engine import scenario as scenarios
from mlm_engine.scenario import report

#: without its customer and sales
BASE = {key: value for key, value in scenario_kit.BASE.items() if key != "sales"}
BASE |= {"scenario": 2, "distributors": BASE["distributors"][:2]}


WEEK = {"kind": "days", "days": 7, "anchor_number": 924, "anchor_start": "2026-08-17"}


SPLIT = {
    "scenario": 2,
    "title": "By source and level",
    "plan": {
        "plan": "split",
        "name": "Split",
        "version": 1,
        "currency": {"base": "USD", "company": "USD"},
        "rounding": {"mode": "half_up", "unit": 0.01},
        "periods": {"week": WEEK},
        "bonuses": [
            {
                "code": "uni",
                "name": "Uni",
                "rule": "unilevel",
                "active_only": False,
                "params": {"rates": [10, 5]},
            }
        ],
    },
    "cycles": [924],
    "distributors": [
        {"code": "A"},
        {"code": "B", "sponsor": "A"},
        {"code": "C", "sponsor": "A"},
        {"code": "D", "sponsor": "B"},
    ],
    "sales": [
        {"buyer": who, "paid": "2026-08-18", "lines": [{"pv": 0, "cv": cv}]}
        for who, cv in (("B", 100), ("C", 200), ("D", 400))
    ],
}


def differences(parts, complete=False):
    earnings = {"A": {"uni": parts}, "B": {"uni": [{"level": 1, "amount": 40}]}}
    data = {**SPLIT, "expect": {924: {"earnings": earnings, "complete": complete}}}
    return [str(item) for _n, item in report.differences(scenarios.play(scenarios.load(data)))]
