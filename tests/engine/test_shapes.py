# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every step of every explanation has one of the declared shapes, and that shape's keys."""

import json
import random
from pathlib import Path

import numpy as np
import pytest
import random_homes
import random_networks
import random_plans
from mlm_engine import rules
from mlm_engine import scenario as scenarios
from mlm_engine.kernel import run
from mlm_engine.plan import schema
from mlm_engine.telling import explain, plain, rule, shapes
from mlm_engine.telling.language import tell
from mlm_engine.telling.view import View

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))


def hidden(kind, index):
    return "somebody"


def steps_of(found):
    """Every step anywhere in an explanation."""
    if isinstance(found, dict):
        if "step" in found:
            yield found
        for value in found.values():
            yield from steps_of(value)
    elif isinstance(found, list):
        for value in found:
            yield from steps_of(value)


def check(view):
    """Assert the form of everything that a view tells; return ``{(rule, shape)}``."""
    seen = set()
    earnings = [explain.earning(view, at) for at in range(view.result.earnings.payee.size)]
    people = [explain.person(view, member) for member in range(view.context.members)]
    for found in (*earnings, *people):
        assert json.loads(json.dumps(found)) == found
        for step in steps_of(found):
            assert not shapes.problems(step)
    for at, found in enumerate(earnings):
        bonus = int(view.result.earnings.bonus[at])
        item = view.plan["bonuses"][bonus]
        told = rule.of(item["rule"])
        known = {"CV", "PV", view.plan["company_currency"], rule.currency_of(view.plan, item)}
        known |= {home["currency"] for home in view.snapshot.homes}
        assert found["unit"] in known and tell(told.origin, "es") != told.origin
        # a rule that brings no words of its own is told from its row
        own = plain.steps(view, view.earning(at), at)
        assert not [one for step in own for one in shapes.problems(step)]
        seen |= {(item["rule"], step["shape"]) for step in found["steps"]}
    for found in people:
        for one in found["positions"]:
            bonus = next(b for b in view.plan["bonuses"] if b["code"] == one["bonus"])
            check_sides(view, bonus, one)
    return seen


def check_sides(view, bonus, found):
    """Both legs from the figures of a position say what its steps say."""
    index = view.plan["bonuses"].index(bonus)
    figures = view.figures(found["member"], found["position"], index)
    named = {explain.figure_name(code, view.plan): value for code, value in figures.items()}
    told = rule.of(bonus["rule"]).sides(bonus, named)
    assert set(told) == {"left", "right", "minimum", "matched", "reason", "expires"}
    for name in ("left", "right"):
        step = next(one for one in found["steps"] if one["step"] == name)
        total = sum(told[name][part] for part in ("in", "new", "excess"))
        assert round(float(step["terms"][-1]["value"]) * 10_000) == total
    assert told["matched"] == named.get("matched", 0)


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_step_of_a_scenario(path):
    played = scenarios.play(scenarios.load(path))
    for cycle in played.periods:
        for lang in ("es", "en"):
            assert check(View(cycle.snapshot, cycle.result, lang=lang)) or not len(
                cycle.result.earnings.payee
            )


@pytest.mark.parametrize("name", rules.names())
def test_every_step_of_a_rule(name):
    """Random plans with the rule, as staff and as a discreet reader see them."""
    seen = set()
    for number in range(60):
        if number > 7 and name in {rule_name for rule_name, _shape in seen}:
            break
        rng = random.Random(f"shapes {name} {number}")
        plan, problems = schema.canonical(random_plans.draw(rng, name))
        if problems:
            continue
        data = random_networks.draw(rng, plan)
        if number % 2:
            data = random_homes.draw(data, rng)
        result = run.compute(data)
        seen |= check(View(data, result, lang="es"))
        discreet = View(data, result, hidden, "en", discreet=True)
        seen |= check(discreet)
        for at in range(result.earnings.payee.size):
            found = explain.earning(discreet, at)
            for step in found["steps"]:
                for one in step.get("path", ()):
                    assert one["here"] or not set(one) & {"amount", "member", "paid_levels"}
                    assert one["here"] or one["reason"] in ("paid", "passed", "not_qualified")
    assert name in {rule_name for rule_name, _shape in seen}


def test_packages_bought_together_lead_to_the_base():
    """The last figure of the step is what the percentage is applied to."""
    several = 0
    for number in range(40):
        rng = random.Random(f"several packages {number}")
        plan, problems = schema.canonical(random_plans.draw(rng, "package_bonus"))
        if problems:
            continue
        data = random_networks.draw(rng, plan)
        view = View(data, run.compute(data), lang="en")
        for at in np.flatnonzero(view.result.earnings.payee >= 0):
            found = explain.earning(view, at)
            if rules_of(plan)[found["bonus"]] != "package_bonus":
                continue
            base = next(step for step in found["steps"] if step["step"] == "base")
            assert base["rows"][-1]["value"] == found["base"]
            several += int(data.row_package_qty[found["row"]] > 1)
    assert several


def rules_of(plan):
    return {item["code"]: item["rule"] for item in plan["bonuses"]}


def test_a_step_of_another_form_is_found():
    view = View.__new__(View)
    view.lang = "en"
    step = shapes.sentence(view, "anything", "Words")
    assert step["title"] == "How it was computed" and not shapes.problems(step)
    assert shapes.problems({**step, "rate": "5"}) == ["anything: rate is not declared"]
    assert shapes.problems({**step, "text": ""}) == ["anything: no text"]
    assert shapes.problems({**step, "shape": "table"})
    figure = shapes.figure(view, "base", "1500.5", "CV")
    assert figure["shown"] == "1,500.5\N{NO-BREAK SPACE}CV"
    told = shapes.formula(view, "base", "Words", [("", figure), ("=", figure)])
    assert not shapes.problems(told)
    told["terms"][0]["sign"] = "?"
    assert shapes.problems(told) == ["base.terms: '?' is no sign"]
    del told["terms"][0]["shown"]
    assert "base.terms: shown is missing" in shapes.problems(told)
    asked = {"holds": True, "text": "x", "done": 100, "lists": [[{"holds": True, "text": "y"}]]}
    told = shapes.conditions(view, "any", "x", [asked])
    assert shapes.problems(told) == ["any.conditions.lists: done is missing"]
