# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whatever a rule on groups or a limit does can be explained, in both languages."""

import json
import random

import numpy as np
import pytest
import random_homes
import random_networks
import random_plans
from mlm_engine.kernel import run
from mlm_engine.kernel.exact import E4
from mlm_engine.plan import schema
from mlm_engine.telling import explain
from mlm_engine.telling.view import View
from weeks import check_laws

RULES = ("stairstep", "breakaway", "equal_rank", "pool", "award", "contest")


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_everything_can_be_explained(rule, lang):
    for number in range(12):
        rng = random.Random(f"explained {rule} {number}")
        plan, problems = schema.canonical(random_plans.draw(rng, rule))
        assert not problems
        data = random_networks.draw(rng, plan)
        if number % 2:
            data = random_homes.draw(data, rng)
        result = run.compute(data)
        check_laws(result)
        _explain(View(data, result, lang=lang))


def _explain(view):
    rows = view.result.earnings
    for index in range(rows.payee.size):
        found = explain.earning(view, index)
        json.dumps(found)
        assert all(step["text"] for step in found["steps"]), found
        if plan_rule(view, rows.bonus[index]) in RULES:
            row, _weight, share = explain.volume_behind(view.snapshot, view.result, index)
            assert share.sum() == rows.amount_e4[index]
            assert row.size == np.unique(row).size
        if rows.cap_e4[index] or rows.scale_e4[index]:
            last = found["steps"][-1]
            assert last["step"] == "limited"
            assert round(float(last["rows"][0]["value"]) * E4) == rows.amount_e4[index]
    for member in range(view.context.members):
        json.dumps(explain.person(view, member))


def plan_rule(view, bonus):
    return view.plan["bonuses"][bonus]["rule"]
