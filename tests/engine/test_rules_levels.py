# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses level by level: published examples and every kind of compression."""

import ast
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from company_kit import START, Company, plan
from mlm_engine import plans, rules
from mlm_engine.kernel import run
from mlm_engine.kernel.codes import Reason
from mlm_engine.telling import explain, problem_words

RANKS = ("none", "one", "two", "three")


def unilevel(kind="none", **params):
    compression = {"kind": kind, **params.pop("compression", {})}
    return {
        "rule": "unilevel",
        "params": {"rates": [10, 5, 2], "compression": compression, **params},
    }


def test_chain(kind, **compression):
    """The chain of facts/compensation.md §2.1: A is nearest the buyer."""
    bonus = unilevel(kind, levels_by_rank={"one": 1, "two": 2, "three": 3}, compression=compression)
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(
        ("E", "three", True),
        ("D", "three", False),
        ("C", "three", True),
        ("B", "one", True),
        ("A", "one", True),
        "X",
    )
    return company.sale("X").run()


test_chain.__test__ = False
COMPRESSED = [
    ("none", {}, {"A": 10, "C": 2}, 5),
    ("roll_up", {}, {"A": 10, "C": 7}, 0),
    ("roll_up", {"twice": False}, {"A": 10, "C": 5, "E": 2}, 0),
    ("skip_inactive", {}, {"A": 10, "C": 2}, 5),
    ("skip_below_rank", {"threshold_levels": 3}, {"C": 10, "E": 5}, 2),
    ("skip_below_rank", {"threshold_rank": "three"}, {"C": 10, "E": 5}, 2),
    ("dynamic", {}, {"A": 10, "C": 5, "E": 2}, 0),
]


@pytest.mark.parametrize("kind, settings, paid, breakage", COMPRESSED)
def test_compression_of_the_chain(kind, settings, paid, breakage):
    company = test_chain(kind, **settings)
    assert (company.paid(), company.breakage()) == (paid, breakage)


def test_roll_up_never_pays_nearer_than_the_level():
    """Level 3 rolls up from distance 3 on: where nobody stands there, nobody is paid."""
    bonus = unilevel("roll_up", rates=[10, 0, 2], compression={"twice": False})
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(("B", "three", True), ("A", "three", True), "X")
    company.sale("X").run()
    assert (company.paid(), company.breakage()) == ({"A": 10}, 2)


def test_level_and_paid_level_and_why_nothing():
    assert test_chain("dynamic").rows() == [
        ("E", 5, 3, 2, 0, 0),
        ("C", 3, 2, 5, 0, 0),
        ("A", 1, 1, 10, 0, 0),
    ]
    assert test_chain("none").rows() == [
        ("C", 3, 3, 2, 0, 0),
        ("B", 2, 2, 0, 5, Reason.NOT_UNLOCKED),
        ("A", 1, 1, 10, 0, 0),
    ]
    nobody = test_chain("skip_below_rank", threshold_levels=3).rows()[0]
    assert nobody == (None, 3, 3, 0, 2, Reason.NO_UPLINE)


def test_each_amount_explains_itself():
    company = test_chain("dynamic")
    for lang in ("es", "en"):
        for index in range(len(company.rows())):
            found = explain.explain_earning(company.data, company.result, index, lang=lang)
            assert [step["step"] for step in found["steps"]][-3:] == ["base", "rate", "rounding"]


def test_volume_of_an_inactive_buyer_moves_up():
    """C5: the first present upline becomes the origin, so level 1 is one higher."""
    company = Company(plan(unilevel("volume"))).chain("C", "B", ("A", None, False), "N")
    company.person("X", "N", active=False).sale("X", pv=0).run()
    # X inactive → volume of N; A is inactive and uses up no level
    assert company.paid() == {"B": 10, "C": 5}
    company = Company(plan(unilevel("volume"))).chain("C", "B", "A", "X").sale("X").run()
    assert company.paid() == {"A": 10, "B": 5, "C": 2}


@pytest.mark.parametrize("buyer, levels", [("two", [1, 2, 3]), ("none", [1, 1, 2])])
def test_segment(buyer, levels):
    """C7: below an unqualified buyer the first two qualified people share level 1."""
    bonus = unilevel("segment", compression={"threshold_rank": "two"})
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(
        ("C", "two", True),
        ("U", "none", True),
        ("B", "two", True),
        ("A", "two", True),
        ("X", buyer, True),
    )
    found = {row[0]: row[2] for row in company.sale("X").run().rows() if row[3]}
    assert found == dict(zip("ABC", levels, strict=True))


def test_max_depth_and_boundary():
    bonus = unilevel("dynamic", compression={"max_depth": 2})
    company = Company(plan(bonus)).chain("D", "C", ("B", None, False), "A", "X").sale("X").run()
    assert company.paid() == {"A": 10} and company.breakage() == 7
    bonus = unilevel("none", boundary_rank="one")
    company = Company(plan(bonus, ranks=RANKS))
    company.chain("C", ("B", "one", True), "A", "X").sale("X").run()
    assert company.paid() == {"A": 10, "B": 5} and company.breakage() == 0


def test_purchases_of_customers():
    for customers, paid in (("level", {"A": 10, "B": 5}), ("own", {"B": 10})):
        company = Company(plan(unilevel(customers=customers))).chain("B", "A")
        company.person("C", "A", kind=2)
        assert company.sale("C", credited="A").run().paid() == paid


def test_a_change_of_sponsor_in_the_middle():
    """Until day 10 A stood under OLD; each sale sees the tree of its moment."""
    for as_of, old in (("sale", 5), ("period_end", 0)):
        company = Company(plan({**unilevel(), "as_of": as_of}))
        company.person("OLD").person("NEW").person("A", "NEW").person("X", "A")
        company.moved("A", "OLD", 10).sale("X", day=9).sale("X", day=11)
        assert company.run().paid().get("OLD", 0) == old
        assert company.paid()["A"] == 20 and company.paid()["NEW"] == 10 - old


def test_compression_looks_through_changes():
    """The walk of a moment passes people who moved, also twice and high up."""
    company = Company(plan(unilevel("dynamic")))
    company.person("TOP").person("M", "TOP").person("N", "TOP").person("P", "M", active=False)
    company.person("A", "P").person("X", "A")
    company.moved("P", "N", 5).moved("P", "M", 12).moved("A", "TOP", 3)
    for day, above in ((2, "TOP"), (4, "N"), (8, "M"), (20, "M")):
        one = Company(company.plan)
        one.people, one.moves = company.people, company.moves
        one.sale("X", day=day).run()
        paid = one.paid()
        assert paid["A"] == 10 and paid[above] == 5, day


def test_fast_start_instead_of_unilevel():
    fast = {"rule": "fast_start", "params": {"rates": [20], "window_days": 30}}
    company = Company(plan(fast, {**unilevel(), "not_on": ["fast_start"]})).chain("B", "A")
    company.person("NEW", "A", joined=START).person("LONG", "A").sale("NEW").sale("LONG").run()
    assert company.paid("fast_start") == {"A": 20}
    assert company.paid("unilevel") == {"A": 10, "B": 5}


def test_several_positions_of_one_person():
    """In a free tree whoever owns two positions is paid for each; vacant ones are
    passed over and use up no level."""
    bonus = {**unilevel(), "tree": "f"}
    company = Company(plan(bonus, trees=[{"code": "f", "kind": "free"}])).chain("A", "B", "X")
    company.seat("a1", "A").seat("b", "B", "a1", 0).seat("v", None, "b", 0)
    company.seat("a2", "A", "v", 0).seat("x", "X", "a2", 0).sale("X", seat="x").run()
    assert company.rows() == [
        ("A", 1, 1, 10, 0, 0),
        ("A", 3, 3, 2, 0, 0),
        ("B", 2, 2, 5, 0, 0),
    ]
    assert company.result.earnings.position.tolist() == [3, 0, 1]


def test_rates_by_rank_leave_breakage():
    rates = {"one": [5, 5], "two": [10, 5]}
    bonus = unilevel(rates=[], rates_by_rank=rates)
    company = Company(plan(bonus, ranks=RANKS)).chain(("A", "one", True), "X").sale("X").run()
    assert company.rows() == [
        (None, 2, 2, 0, 5, Reason.NO_UPLINE),
        ("A", 1, 1, 5, 5, Reason.RANK_RATE),
    ]


def test_differential_per_order():
    bonus = {"rule": "differential_order", "params": {"rates": {"one": 5, "two": 11, "three": 14}}}
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(("C", "three", 1), ("E", "one", 1), ("B", "two", 1), ("A", "one", 1), "X")
    assert company.sale("X").run().paid() == {"A": 5, "B": 6, "C": 3}


@pytest.mark.parametrize(
    "own, ineligible, paid",
    [
        ("pays", "passes_up", {"X": 5, "C": 9}),
        ("counts", "passes_up", {"C": 9}),
        ("ignored", "passes_up", {"C": 14}),
        ("pays", "breakage", {"X": 5, "C": 3}),
    ],
)
def test_differential_of_the_buyer_and_of_somebody_inactive(own, ineligible, paid):
    params = {"rates": {"one": 5, "two": 11, "three": 14}, "own": own, "ineligible": ineligible}
    bonus = {"rule": "differential_order", "params": params}
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(("C", "three", True), ("B", "two", False), ("X", "one", True)).sale("X").run()
    assert company.paid() == paid
    assert company.breakage() == (6 if ineligible == "breakage" else 0)


def test_infinity_ends_at_an_equal():
    """2 % on 10,000 below, 4,000 of it under another one of the rank: 120."""
    bonus = {"rule": "infinity", "params": {"rates": {"one": 2}}}
    company = Company(plan(bonus, ranks=RANKS)).person("A", rank="one").person("P", "A")
    company.person("B", "A", rank="one").person("Q", "B").sale("P", 6000).sale("Q", 4000).run()
    assert company.paid() == {"A": 120, "B": 80}


def test_infinity_reduced_and_from_level():
    params = {"rates": {"one": 2}, "reduced": {"one": [1]}, "from_level": 2}
    bonus = {"rule": "infinity", "params": params}
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(*[(code, "one", True) for code in "CBA"], "X").sale("X").run()
    # A stands on level 1: counts, but is not paid; C has two below
    assert company.paid() == {"B": 1}


@pytest.mark.parametrize(
    "settings, paid",
    [
        ({}, {"A": 5, "B": 4, "C": 3}),
        ({"own_group": False}, {"B": 5, "C": 4}),
        ({"mode": "same_rank"}, {"A": 5, "B": 5, "C": 4}),
        ({"empty": "skipped"}, {"A": 5, "B": 4, "C": 4}),
    ],
)
def test_generations(settings, paid):
    """A (one), B and C (two) lead; nobody but X buys, so B's own group is empty."""
    params = {"rates": [5, 4, 3], "rank": "one", **settings}
    company = Company(plan({"rule": "generation", "params": params}, ranks=RANKS))
    company.chain(("C", "two", True), ("B", "two", True), ("A", "one", True), "X")
    assert company.sale("X").run().paid() == paid


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


def test_rebate_above_and_without_customers():
    params = {"steps": [{"min": 100, "pct": 25}], "above": 100, "customers": "exclude"}
    company = Company(plan({"rule": "personal_rebate", "params": params})).person("A")
    company.person("C", "A", kind=2).sale("A", 160).sale("C", 40, credited="A").run()
    assert company.paid() == {"A": 15}


CONTRADICTIONS = [
    ({"rates": [1], "rates_by_rank": {"one": [1]}}, "two rates for one level"),
    ({"rates": []}, "no level pays"),
    ({"levels_by_rank": {"one": 4}}, "reaches level 4"),
    ({"compression": {"kind": "pass_up", "pass_up": 0}}, "nobody is passed up"),
]


@pytest.mark.parametrize("params, message", CONTRADICTIONS)
def test_contradictions(params, message):
    bonus = {"rule": "unilevel", "params": {"rates": [10, 5, 2], **params}}
    with pytest.raises(plans.PlanError, match=message):
        plan(bonus, ranks=RANKS)


def test_contradictions_of_other_rules():
    tree = [{"code": "m", "kind": "matrix", "width": 3}]
    for bonus, message in (
        ({"rule": "matrix", "params": {"rates": [1, 1], "height": 1}}, "1 high"),
        ({"rule": "matrix", "params": {"rates": [1], "width": 2}}, "2 wide"),
        ({"rule": "fast_start", "params": {"rates": [1]}}, "the window needs"),
        ({"rule": "generation", "params": {"rates": [1]}}, "who is a leader"),
        ({"rule": "infinity", "params": {}}, "no rank earns"),
        ({"rule": "differential_order", "params": {}}, "nobody has a percentage"),
        ({"rule": "personal_rebate", "params": {}}, "no step"),
        ({"rule": "matching", "params": {"rates": [1], "bonuses": ["matching"]}}, "match itself"),
        ({"rule": "unilevel", "tree": "m", "params": PASSED_UP}, "sponsor tree alone"),
    ):
        with pytest.raises(plans.PlanError, match=message):
            plan(bonus, ranks=RANKS, trees=tree)


PASSED_UP = {"rates": [1], "compression": {"kind": "pass_up"}}


def test_warnings():
    rates = {"one": [5], "two": [4]}
    bonus = unilevel("skip_below_rank", rates=[], rates_by_rank=rates, base_pct=33.3333)
    review = plans.review(plan(bonus, ranks=RANKS))
    found = [item.text for item in review if item.path[0] == "bonuses"]
    assert len(found) == 3 and all(
        any(part in text for text in found)
        for part in ("no threshold", "has less at level 1", "more than four decimals")
    )


def ceiling(bonus, **sections):
    found = plan(bonus, ranks=RANKS, **sections)["bonuses"][0]
    rule = rules.get(found["rule"])
    return rule.ceiling(rule.Params(**found["params"]), plan(bonus, ranks=RANKS, **sections))


def test_ceilings():
    assert ceiling(unilevel()) == Fraction(17, 100)
    assert ceiling(unilevel("segment")) == Fraction(27, 100)
    assert ceiling(unilevel(base_pct=50)) == Fraction(17, 200)
    assert ceiling(unilevel(base="pv")) is None
    catalog = [{"code": "p", "name": "p", "pv": 12, "cv": 10, "price": 1}]
    assert ceiling(unilevel(base="pv"), catalog=catalog) == Fraction(17, 100) * Fraction(6, 5)
    params = {"rates": {"one": 2, "two": 3}, "reduced": {"two": [1]}}
    assert ceiling({"rule": "infinity", "params": params}) == Fraction(10, 100)


def test_contradictions_are_told_in_spanish():
    """Every sentence of these rules has its Spanish."""
    levels = Path(rules.__file__).parent / "_by_level" / "params.py"
    names = [
        "unilevel",
        "matrix",
        "fast_start",
        "generation",
        "infinity",
        "differential_order",
        "matching",
        "personal_rebate",
    ]
    files = [levels, *(Path(rules.__file__).parent / name / "rule.py" for name in names)]
    files.append(Path(rules.__file__).parents[1] / "kernel" / "own_percent.py")
    told = 0
    for file in files:
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if getattr(getattr(call, "func", None), "id", "") in ("error", "warning"):
                for part in call.args[:2]:
                    text = _shown(part)
                    assert problem_words.spanish(text) != text, text
                    told += 1
    assert told > 30


def _shown(node):
    """Return a sentence of the source with 7 in place of what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_shown(part) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return "7"
    if isinstance(node, ast.Name):
        return "7: a higher rank has less at level 7 than a lower one"
    return node.value


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
