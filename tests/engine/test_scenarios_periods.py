# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Scenarios with several kinds of period, trees and what is handed on."""

import json
from pathlib import Path

import pytest
from mlm_engine import scenario as scenarios
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.scenario import cli, report, table
from test_scenarios_refused import JUNK, _paths, _replaced

FOLDER = Path(__file__).parents[1] / "scenarios"


def document(name, **changes):
    found = read_yaml((FOLDER / f"{name}.yaml").read_text("utf-8"), name).data
    return {**found, **changes}


def errors(name, **changes):
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(document(name, **changes))
    return str(caught.value)


def test_longer_periods_come_after_their_last_cycle():
    played = scenarios.play(scenarios.load(document("weeks_and_month")))
    labels = [period.label for period in played.periods]
    assert labels == [f"Cycle {n}" for n in range(921, 926)] + ["month 8", "Cycle 926"]
    assert len(played.cycles) == 6
    found = report.document(played)
    assert [cycle["number"] for cycle in found["cycles"]] == [*range(921, 927)]
    (month,) = found["periods"]
    assert (month["kind"], month["number"], month["pay_date"]) == ("month", 8, "2026-09-10")
    assert month["earnings"] == {"R": {"match": "8.00"}}
    assert "Month 8: 2026-07-27 to 2026-08-30" in table.table(played, "en")


def test_a_difference_in_a_month_says_so(tmp_path, capsys):
    text = (FOLDER / "weeks_and_month.yaml").read_text("utf-8")
    path = tmp_path / "wrong.yaml"
    path.write_text(text.replace("{match: 8}", "{match: 9}"), "utf-8")
    assert cli.main([str(path), "--explain", "R"]) == 1
    printed = capsys.readouterr().out
    assert "month 8: earnings.R.match: expected 9, got 8" in printed
    assert "Month 8, R" in printed


def test_what_a_longer_run_reads():
    """Rows of its weeks with returns netted out, own volume of the window, earnings."""
    played = scenarios.play(scenarios.load(document("weeks_and_month")))
    month = next(period for period in played.periods if period.kind)
    data = month.snapshot
    assert data.row_reversal.sum() == 0 and data.row_id.size == 6
    assert data.earned_amount_e4.sum() == 80_0000
    people = [played.maker.code(one) for one in data.member_id]
    own = dict(zip(people, (data.window_pv_e4 / 10**4).tolist(), strict=True))
    # The window of four weeks leaves out the first week of the month.
    assert own == {"R": 0, "A": 0, "B": -400, "C": -300}


DISTRIBUTORS = [{"code": "A", "place": ["root", {"tree": "grid"}]}, {"code": "B", "sponsor": "A"}]


def placed(*places):
    more = [{"code": f"P{i}", "sponsor": "A", "place": one} for i, one in enumerate(places)]
    return {"distributors": [*DISTRIBUTORS, *more], "sales": [], "events": [], "expect": {}}


CASES = {
    "unknown tree": (placed({"tree": "gird", "parent": "A"}), "unknown tree 'gird'"),
    "full": (placed(*[{"tree": "grid", "parent": "A"}] * 4), "spot 4 of A: the tree is 3 wide"),
    "taken": (
        placed({"tree": "grid", "parent": "A"}, {"tree": "grid", "parent": "A", "leg": 1}),
        "P1 and P0 are both on spot 1 of A",
    ),
    "no leg": (placed({"parent": "A"}), "'leg' is missing"),
    "no parent": (placed({"leg": "left"}), "'parent' is missing"),
    "leg of a matrix": (
        placed({"tree": "grid", "parent": "A", "leg": "left"}),
        "plain decimal number",
    ),
    "two heads": (
        placed(["root", {"parent": "A", "leg": "left"}]),
        "P0 and A are both the head of the same tree. Place one of them below somebody",
    ),
    "too many places": (
        placed([{"tree": "grid", "parent": "A"}] * 100),
        "more than 99 places in one tree. One person can hold at most 99",
    ),
    "unplaced parent": (placed({"tree": "team", "parent": "A"}), "A has no position at that time"),
    "month": ({"expect": {"month 8": {}}}, "month 8 is not computed"),
    "measure": ({"expect": {8: {"measures": {"A": {"gridgv": 1}}}}}, "unknown code 'gridgv'"),
}


@pytest.mark.parametrize("case", CASES)
def test_impossible_input(case):
    changes, message = CASES[case]
    assert message in errors("three_trees", **changes)


OPENING = {
    "rank": ({"ranks": {"LUZ": "goold"}}, "unknown rank 'goold'"),
    "misses": ({"ranks": {"LUZ": {"rank": "gold", "misses": -1}}}, "-1 is less than 0"),
    "measure": ({"measures": {"TOP": {"even": 1}}}, "unknown measure 'even'"),
    "state": ({"state": {"TOP": {"retail": {"streak": 1}}}}, "unknown state 'streak'"),
}


@pytest.mark.parametrize("case", OPENING)
def test_impossible_opening(case):
    opening, message = OPENING[case]
    assert message in errors("ranks_over_periods", opening=opening)


def test_other_currencies_need_a_rate():
    plan = document("leg_caps")["plan"]
    plan["bonuses"][0] = {
        "code": "u",
        "rule": "unilevel",
        "name": "U",
        "period": "month",
        "currency": "EUR",
        "params": {"rates": [10], "compression": {"kind": "none"}},
    }
    assert "no rate from EUR" in errors("leg_caps", plan=plan)
    company = {
        "currency": "USD",
        "rates": [
            {"from": "2026-01-01", "rate": "1.1", "currency": "EUR"},
            {"from": "2026-09-01", "rate": "1.2", "currency": "EUR"},
        ],
    }
    sales = [
        {"buyer": "D", "paid": f"2026-0{m}-10", "lines": [{"pv": 0, "cv": 100}]} for m in (8, 9)
    ]
    found = document("leg_caps", plan=plan, company=company, sales=sales, expect={})
    played = scenarios.play(scenarios.load(found))
    amounts = [cycle.result.earnings.amount_e4.max() / 10**4 for cycle in played.cycles]
    assert amounts == [11, 12]


@pytest.mark.parametrize("name", ["ranks_over_periods", "three_trees"])
@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_whatever_stands_there_is_read_or_refused(name, junk):
    whole = document(name)
    refused = 0
    for path in _paths(whole):
        if not path or path[0] in ("plan", "company"):
            continue
        try:
            played = scenarios.play(scenarios.load(_replaced(whole, path, junk)))
        except scenarios.ScenarioError as error:
            refused += 1
            assert error.problems
        else:
            json.dumps(report.document(played, explained=False))
            report.differences(played)
    assert refused > 10
