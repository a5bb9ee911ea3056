# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The validator (RULES 17): each check finds what it is for, and nothing in sound plans."""

import pytest
from mlm_engine import checks as review
from mlm_engine import plans
from mlm_engine.plan import schema
from review_kit import award, contest, found, measure, one, unilevel
from weeks import document, ranks

MONTH = {"kind": "weeks_of_month", "of": "week", "anchor_number": 1, "anchor_start": "2026-01-01"}


CALENDAR = {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01"}


def test_a_sound_plan_has_no_findings():
    plan = document(
        unilevel(rates=(5, 3)),
        measures=[measure("group", "group"), measure("legs", "qualified_legs", rank="r1")],
        ranks=[
            *ranks(0, 100),
            {"code": "r2", "name": "R2", "requires": [{"measure": "legs", "min": 2}]},
        ],
        caps=[{"code": "c", "name": "C", "bonuses": ["uni"], "amount": 100}],
        payout={"cap_pct": 50, "floor_pct": 10, "floor_bonus": "uni"},
    )
    assert found(plan, simulated=True) == []


def test_bonuses_that_leave_out_each_other():
    plan = document(
        unilevel("a", not_on=["c"]), unilevel("b", not_on=["a"]), unilevel("c", not_on=["b"])
    )
    severity, path, text = one(plan)
    assert (severity, path) == ("error", ("bonuses", 0, "not_on"))
    assert "a → c → b → a" in text
    assert one(document(unilevel("a", not_on=["a"])))[0] == "error"
    plan["bonuses"][0]["not_on"] = []
    assert found(plan) == []


@pytest.mark.parametrize(
    ("matched", "match", "sound"),
    [
        ("week", "week", True),
        ("week", "month", True),
        ("week", "calendar", True),
        ("month", "week", False),
        ("calendar", "month", False),
        ("week", "fortnight", True),
        ("week", "shifted", False),
        ("fortnight", "week", False),
    ],
)
def test_what_is_matched_lies_inside(matched, match, sound):
    matching = {"rule": "matching", "period": match, "params": {"rates": [3], "bonuses": ["uni"]}}
    plan = document(unilevel(period=matched), matching)
    days = {"kind": "days", "days": 14, "anchor_number": 1}
    plan["periods"] |= {
        "month": MONTH,
        "calendar": CALENDAR,
        "fortnight": {**days, "anchor_start": "2026-08-17"},
        "shifted": {**days, "anchor_start": "2026-08-19"},
    }
    expected = [] if sound else [("error", ("bonuses", 1, "params", "bonuses", 0))]
    assert [item[:2] for item in found(plan)] == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"cap_pct": 110}, ("warning", ("payout", "cap_pct"))),
        (
            {"cap_pct": 10, "floor_pct": 20, "floor_bonus": "uni"},
            ("error", ("payout", "floor_pct")),
        ),
        ({"floor_pct": 20}, ("error", ("payout", "floor_bonus"))),
        (
            {"floor_pct": 20, "floor_bonus": "uni", "bonuses": ["other"]},
            ("warning", ("payout", "floor_bonus")),
        ),
        ({"cap_pct": 10, "mode": "protect_ranks"}, ("error", ("payout", "protect_from"))),
    ],
)
def test_company_cap_and_minimum(parts, expected):
    plan = document(unilevel(), unilevel("other"), ranks=ranks(0, 10), payout=parts)
    assert one(plan)[:2] == expected


def test_caps_per_person():
    cap = {"code": "c", "name": "C", "bonuses": ["uni", "late"]}
    plan = document(
        unilevel(),
        unilevel("late", period="month"),
        ranks=ranks(0, 10),
        caps=[{**cap, "amount": 5, "by_rank": {"r0": 20, "r1": 10}}],
    )
    plan["periods"]["month"] = MONTH
    assert [item[:2] for item in found(plan)] == [
        ("warning", ("caps", 0, "amount")),
        ("warning", ("caps", 0, "by_rank")),
        ("warning", ("caps", 0, "bonuses")),
    ]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-08-17", "2026-08-30", []),
        ("2026-08-19", "2026-08-30", ["start"]),
        ("2026-08-17", "2026-08-28", ["end"]),
        ("2026-08-17", "2026-08-20", ["end"]),
    ],
)
def test_days_of_a_contest(start, end, expected):
    items = found(contest(start, end))
    assert [item[1][-1] for item in items] == expected
    if end == "2026-08-20":
        assert items[0][0] == "error" and "no period ends inside" in items[0][2]
        assert items[0][2]


def test_windows_that_can_never_hold():
    plan = document(unilevel(**{"from": "2026-09-01", "to": "2026-08-01"}))
    assert one(plan)[:2] == ("error", ("bonuses", 0, "to"))
    plan = document(unilevel(to="2026-08-01"))
    plan["valid_from"] = "2026-08-17"
    assert "before the plan begins" in one(plan)[2]
    plan = contest("2026-08-03", "2026-08-09")
    plan["valid_from"] = "2026-08-17"
    assert one(plan)[1] == ("bonuses", 0, "params", "end")


def test_bounded_bonuses_above_all_cv():
    plan = document(unilevel(rates=(50, 40)), unilevel("more", rates=(11,)))
    severity, path, text = one(plan)
    assert (severity, path) == ("error", ("bonuses",))
    assert "up to 101 % of CV" in text
    plan["payout"] = {"cap_pct": 60}
    assert found(plan) == []


def test_a_bonus_in_another_currency_has_no_bound_in_cv():
    plan = document(unilevel(currency="EUR"))
    assert found(plan) == []
    assert one(plan, simulated=True)[:2] == ("warning", ("bonuses", 0))


def test_an_unbounded_bonus_is_simulated():
    requires = {"measure": "own_pv_period", "min": 200}
    plan = document(unilevel(rates=(10, 10)), award(requires, active_only=False))
    severity, path, text = one(plan, simulated=True)
    assert (severity, path) == ("warning", ("bonuses", 1))
    assert "awards has no upper bound in CV; simulated with 3 random networks with 300" in text
    # the same plan says the same, and what it says is near what it must be
    assert one(plan, simulated=True)[2] == text
    ratios = review.simulation.ratios(schema.canonical(plan)[0])
    assert all(0 < part < 0.05 for part in ratios.by_bonus[1])
    assert all(0.1 < part < 0.2 for part in ratios.by_bonus[0])
    assert ratios.whole == pytest.approx(
        [sum(parts) for parts in zip(*ratios.by_bonus.values(), strict=True)]
    )
    plan["payout"] = {"cap_pct": 60}
    assert found(plan, simulated=True) == []
    plan["payout"]["bonuses"] = ["uni"]
    assert one(plan, simulated=True)[1] == ("bonuses", 1)


def test_simulated_whatever_the_plan_has():
    """Trees, packages, kinds of period, contests with days of their own, matching."""
    plan = document(
        unilevel(rates=(10,)),
        {
            "rule": "contest",
            "active_only": False,
            "params": {
                "measure": "own_pv_period",
                "start": "2027-01-04",
                "end": "2027-01-10",
                "min": 1,
                "prizes": [{"amount": 7}],
            },
        },
        {
            "rule": "matching",
            "period": "month",
            "params": {"rates": [50], "bonuses": ["uni", "contest"]},
        },
        measures=[measure("group", "group")],
        ranks=[
            {"code": "r0", "name": "0"},
            {"code": "r1", "name": "1", "requires": [{"measure": "group", "min": 500}]},
        ],
        packages=[{"code": "P", "name": "P", "pct": 0, "months": 1}],
        catalog=[
            {"code": "1", "name": "1", "pv": 40, "cv": 30, "price": 5},
            {"code": "2", "name": "2", "pv": 100, "cv": 90, "price": 9, "package": "P"},
        ],
    )
    plan["periods"]["month"] = MONTH
    plan["trees"] = [{"code": "a", "kind": "binary"}, {"code": "b", "kind": "matrix", "width": 3}]
    ratios = review.simulation.ratios(schema.canonical(plan)[0])
    assert all(part > 0 for parts in ratios.by_bonus.values() for part in parts)


def test_loading_a_plan_refuses_errors_and_keeps_warnings():
    with pytest.raises(plans.PlanError, match="nobody is ever r1"):
        plans.load_plan(document(unilevel(), ranks=ranks(0, 200, 100)))
    plans.load_plan(document(unilevel(), ranks=ranks(0, 100, 200, r1=10, r2=8)))


@pytest.mark.parametrize("name", plans.plan_names())
def test_plans_of_the_product_have_no_errors(name):
    assert review.errors(plans.load_plan(name)) == []
