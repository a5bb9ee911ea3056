# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Explanations of bonuses by level, and why somebody earned nothing on a sale."""

import json
import random
from pathlib import Path

import pytest
import random_homes
import random_networks
import random_plans
from company_kit import START, Company, plan
from levels_kit import RANKS, the_chain, unilevel
from mlm_engine import rules
from mlm_engine import scenario as scenarios
from mlm_engine.kernel import run
from mlm_engine.plan import schema
from mlm_engine.telling import explain, plain

SCENARIOS = Path(__file__).parents[1] / "scenarios"
LEVELS = (
    "unilevel",
    "matrix",
    "fast_start",
    "generation",
    "infinity",
    "differential_order",
    "matching",
    "personal_rebate",
)


def somebody(kind, index):
    return "somebody"


def named(company):
    def name(kind, index):
        if kind == "member":
            return company.people[index]["code"]
        return f"S{index + 1}" if kind == "row" else company.seats[index][0]

    return name


def answer(company, member, sale=0, lang="es", hide=False):
    view = explain.View(company.data, company.result, named(company), lang, discreet=hide)
    return explain.person_on_sale(view, company.index(member), sale)


def steps(company, payee, lang="en", hide=False):
    """Return ``{step: text}`` of the first earning of somebody."""
    index = [row[0] for row in company.rows()].index(payee)
    view = explain.View(company.data, company.result, named(company), lang, discreet=hide)
    return {step["step"]: step for step in explain.earning(view, index)["steps"]}


@pytest.mark.parametrize("rule", LEVELS)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_everything_is_explained(rule, lang):
    """Random plans: each earning and each absence has words, in plain data."""
    assert rule in rules.names()
    for number in range(8):
        rng = random.Random(f"explain {rule} {number}")
        found, problems = schema.canonical(random_plans.draw(rng, rule))
        if problems:
            continue
        data = random_networks.draw(rng, found)
        if number % 2:
            data = random_homes.draw(data, rng)
        result = run.compute(data)
        closed = explain.View(data, result, somebody, lang, discreet=True)
        for index in range(result.earnings.payee.size):
            told = explain.explain_earning(data, result, index, lang=lang)
            assert all(step["text"] for step in json.loads(json.dumps(told))["steps"])
            hidden = explain.earning(closed, index)
            path = next((step["path"] for step in hidden["steps"] if step["step"] == "path"), ())
            for one in path:
                shown = set(one) if isinstance(one, dict) else set()
                own = shown and one.get("member") == hidden["payee"]
                assert own or not shown & {"member", "amount", "paid_levels"}
        view = explain.View(data, result, lang=lang)
        for index in range(result.earnings.payee.size):
            # A rule that brings no words of its own is told from its row.
            assert all(step["text"] for step in plain.steps(view, view.earning(index), index))
        for row in range(min(3, data.row_id.size)):
            for member in range(data.member_id.size):
                told = json.loads(json.dumps(explain.person_on_sale(view, member, row)))
                paid = sum(
                    view.share(index, row)[1]
                    for index in view.earnings_on(row)
                    if result.earnings.payee[index] == member
                )
                assert told["earned"] == (paid > 0)
                assert all(one["text"] for one in told["bonuses"])


def test_the_path_names_who_was_passed_and_why():
    told = steps(the_chain("dynamic"), "E")
    assert told["path"]["text"] == (
        "Uplines: 1. A (level 1: 10) → 2. B (rank reaches 1 level) → 3. C (level 2: 5) → "
        "4. D (inactive) → 5. E (level 3: 2)"
    )
    assert [one["reason"] for one in told["path"]["path"]] == [
        "paid",
        "passed",
        "paid",
        "inactive",
        "paid",
    ]
    assert told["level"]["text"].startswith("Is on level 5 and is paid as level 3 (Dynamic")


def test_a_distributor_learns_of_others_only_whether_they_qualified():
    told = steps(the_chain("dynamic"), "E", hide=True)["path"]["path"]
    assert [one["reason_text"] for one in told[:4]] == ["", "not qualified", "", "not qualified"]
    assert all(set(one) == {"level", "name", "here", "reason", "reason_text"} for one in told[:4])
    assert told[4]["amount"] == "2.00"


def test_who_qualified_and_was_not_paid_is_not_called_unqualified():
    """Rates 5, 0, 3: level 2 pays nobody, which is no fault of whoever stands there."""
    company = Company(plan(unilevel(rates=[5, 0, 3])))
    company.chain("A", "B", "C", "X").sale("X").run()
    told = steps(company, "A", hide=True)["path"]["path"]
    assert [one["reason"] for one in told] == ["paid", "passed", "paid"]
    assert told[1]["reason_text"] == ""


def test_a_long_line_is_shown_at_both_ends():
    company = Company(plan(unilevel("roll_up")))
    company.chain("TOP", *[(f"P{place}", None, False) for place in range(60)], "X").sale("X").run()
    path = steps(company, "TOP")["path"]
    assert len(path["path"]) == 24 and path["left_out"] == 37
    assert "… 37 people …" in path["text"]


def test_rates_by_rank_and_share_of_the_volume():
    rates = {"one": [5], "two": [10]}
    bonus = unilevel(rates=[], rates_by_rank=rates, base_pct=40)
    company = Company(plan(bonus, ranks=RANKS)).chain(("A", "one", True), "X").sale("X").run()
    told = steps(company, "A")
    assert told["rate"]["text"] == "2 %: level 1, rank One, on 40 % of the volume"
    assert told["less"]["text"] == "rank One gives 2 % at this level; the plan offers up to 4 %"


WHY_NOT = [
    ("none", "E", "está en el nivel 5 y el bono paga 3 niveles"),
    ("none", "B", "su rango One alcanza 1 nivel y este es el 2"),
    ("dynamic", "D", "su PV propio fue 0 de 50 en el período 1"),
    ("dynamic", "X", "la compra es suya y paga a quienes están por encima"),
    ("segment", "E", "los niveles del bono los tomaron personas más cercanas a la compra"),
]


@pytest.mark.parametrize("kind, member, clause", WHY_NOT)
def test_why_somebody_earned_nothing(kind, member, clause):
    found = answer(the_chain(kind), member)
    assert found["text"] == f"{member} no ganó en esta venta porque {clause}"
    assert not found["earned"] and found["bonuses"][0]["by_sale"]


def test_own_volume_is_named_with_its_figures():
    """The sentence of the requirement: 38 of 50 PV."""
    company = Company(plan(unilevel())).person("JUAN", pv=38, active=False).person("X", "JUAN")
    company.sale("X").run()
    assert answer(company, "JUAN")["text"] == (
        "JUAN no ganó en esta venta porque su PV propio fue 38 de 50 en el período 1"
    )


def test_a_cycle_is_called_a_cycle():
    game = scenarios.play(scenarios.load(SCENARIOS / "gen5_reasons.yaml"))
    cycle = game.cycles[0]
    rows = cycle.result.earnings
    index = next(
        at
        for at in range(rows.payee.size)
        if rows.reason[at] == 1 and rows.row[at] >= 0 and rows.payee[at] >= 0
    )
    found = explain.explain_why_not(
        cycle.snapshot, cycle.result, int(rows.payee[index]), int(rows.row[index])
    )
    gen5 = next(one for one in found["bonuses"] if one["bonus"] == "gen5")
    assert " de 50 en el ciclo 9" in gen5["text"]
    binary = next(one for one in found["bonuses"] if one["bonus"] == "binary")
    assert not binary["by_sale"] and binary["text"]


def test_somebody_elsewhere_and_sales_that_do_not_pay():
    fast = {"rule": "fast_start", "params": {"rates": [20], "window_days": 30}}
    bonuses = (
        fast,
        {**unilevel(), "not_on": ["fast_start"], "buyers": "distributors", "packages": "exclude"},
    )
    company = Company(plan(*bonuses)).chain("B", "A").person("ELSE")
    company.person("NEW", "A", joined=START).person("OLD", "A").person("C", "A", kind=2)
    company.sale("NEW").sale("OLD").sale("C", credited="A").sale("OLD", -5, reversal=1).run()
    texts = {
        (member, sale): [one["text"] for one in answer(company, member, sale, "en")["bonuses"]]
        for member in ("A", "B", "ELSE")
        for sale in range(4)
    }
    assert texts["A", 0][0] == "A earned 20 by Fast_Start"
    assert texts["A", 0][1].endswith("because the volume of this sale pays Fast_Start")
    assert "is on level 2 and the bonus pays 1 level" in texts["B", 0][0]
    assert "OLD joined on" in texts["B", 1][0] and "the window is 30 days" in texts["B", 1][0]
    assert texts["ELSE", 1][1].endswith(
        "because this person was not above OLD at the moment of the sale"
    )
    assert texts["A", 2][1].endswith("because only own purchases pay")
    assert texts["A", 3][1].endswith("because it takes back an earlier sale")
    hidden = answer(company, "B", 1, "en", hide=True)["bonuses"][0]["text"]
    assert "joined" not in hidden


def test_matching_names_what_was_matched():
    bonuses = (
        {"rule": "personal_rebate", "params": {"steps": [{"min": 0, "pct": 10}]}},
        {"rule": "matching", "params": {"rates": [50], "bonuses": ["personal_rebate"]}},
    )
    company = Company(plan(*bonuses)).person("A").person("X", "A").sale("X", 1000).run()
    assert steps(company, "A")["base"]["text"] == "X earned Personal_Rebate 100"
    assert steps(company, "A", hide=True)["base"]["text"] == "X earned 100"
    assert steps(company, "A")["rate"]["text"] == "50 %: generation 1"
    bonuses[1]["params"]["tiers"] = [{"pv": 50, "pct": 50}, {"pv": 100, "pct": 100}]
    half = Company(plan(*bonuses)).person("A").person("X", "A").sale("X", 1000).run()
    told = steps(half, "A")
    assert told["less"]["text"] == "50 own PV gives 50 % of it"
    assert told["rate"]["text"] == "25 %: tier by own PV (50 PV)"


def test_rules_say_why_a_person_has_none():
    params = {"steps": [{"min": 200, "pct": 5}], "above": 50}
    company = Company(plan({"rule": "personal_rebate", "params": params}))
    company.person("LITTLE").person("NOTHING").sale("LITTLE", 100).run()
    view = explain.View(company.data, company.result, lang="en")
    assert explain.absence(view, 0, 0)["steps"][0]["text"] == "group PV: 100 of 200"
    assert "above 50" in explain.absence(view, 0, 1)["steps"][0]["text"]
