# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matching."""

import numpy as np
from company_kit import Company, plan
from mlm_engine.kernel import run
from mlm_engine.kernel.codes import Reason
from mlm_engine.telling import explain


def test_matching_by_tier_and_after_caps():
    bonuses = (
        {"rule": "personal_rebate", "params": {"steps": [{"min": 0, "pct": 10}]}},
        {
            "rule": "matching",
            "params": {
                "rates": [50],
                "bonuses": ["personal_rebate"],
                "tiers": [{"pv": 50, "pct": 50}, {"pv": 100, "pct": 100}],
            },
        },
    )
    caps = [{"code": "c", "name": "c", "bonuses": ["personal_rebate"], "amount": 60}]
    company = Company(plan(*bonuses, caps=caps)).person("FULL", pv=100).person("HALF", pv=50)
    company.person("X", "FULL").person("Y", "HALF").sale("X", 1000).sale("Y", 1000).run()
    assert company.paid("matching") == {"FULL": 30, "HALF": 15}
    half = next(row for row in company.rows("matching") if row[0] == "HALF")
    assert half[4:] == (15, Reason.PV_TIER)


def test_a_cap_does_not_hide_the_tier():
    """Own PV gives half of 50 %, a cap of 10 takes 5 more: both are told."""
    rebate = {"rule": "personal_rebate", "params": {"steps": [{"min": 0, "pct": 10}]}}
    tiers = [{"pv": 50, "pct": 50}, {"pv": 100, "pct": 100}]
    params = {"rates": [50], "bonuses": ["personal_rebate"], "tiers": tiers}
    caps = [{"code": "c", "name": "Top", "bonuses": ["matching"], "amount": 10}]
    company = Company(plan(rebate, {"rule": "matching", "params": params}, caps=caps))
    company.person("HALF", pv=50).person("Y", "HALF").sale("Y", 600).run()
    (row,) = [row for row in company.rows("matching") if row[0] == "HALF"]
    assert row[3:] == (10, 20, Reason.CAPPED)
    rows = company.result.earnings
    index = int(((rows.bonus == 1) & (rows.amount_e4 > 0)).nonzero()[0][0])
    steps = explain.explain_earning(company.data, company.result, index, lang="en")["steps"]
    texts = [step["text"] for step in steps]
    assert "50 own PV gives 50 % of it" in texts
    assert any(text.startswith("Cap per person Top") and text.endswith("-5") for text in texts)


def test_matching_of_a_month_reads_the_weeks():
    """What posted runs of shorter periods paid inside this one is matched too."""
    weekly = {"rule": "personal_rebate", "period": "week", "params": {"steps": REBATE}}
    monthly = {"code": "own", "rule": "personal_rebate", "params": {"steps": REBATE}}
    match = {"rule": "matching", "params": {"rates": [10], "bonuses": ["personal_rebate", "own"]}}
    week = {"kind": "days", "days": 7, "anchor_number": 1, "anchor_start": "2026-01-05"}
    month = {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01"}
    periods = {"month": month, "week": week}
    company = Company(plan(weekly, {**monthly, "period": "month"}, match, periods=periods))
    company.chain("A", "X").sale("X", 100)
    data = company.snapshot()
    data.earned_member, data.earned_bonus = np.array([1]), np.array([0])
    data.earned_amount_e4 = np.array([70_0000])
    company.data, company.result = data, run.compute(data)
    assert company.paid("matching") == {"A": 8}


REBATE = [{"min": 0, "pct": 10}]


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
