# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What holds of any plan and network: one company is as none, several keep the laws."""

import json
import random
from fractions import Fraction

import numpy as np
import pytest
import random_homes
import random_networks
import random_plans
from mlm_engine import rules
from mlm_engine.kernel import caps, ordering, run, snapshot_file
from mlm_engine.kernel.context import Context
from mlm_engine.kernel.exact import E6, amounts
from mlm_engine.kernel.exchange import Exchange
from mlm_engine.kernel.result import columns
from mlm_engine.plan import schema
from mlm_engine.telling import explain, shapes
from mlm_engine.telling.view import View
from weeks import check_laws

CASES = 24


def cases(rule, several=False):
    """Yield ``(rng, snapshot)`` of random plans that pay by a rule."""
    for number in range(CASES):
        rng = random.Random(f"homes {rule} {number}")
        plan, problems = schema.canonical(random_plans.draw(rng, rule))
        assert not problems
        data = random_networks.draw(rng, plan)
        yield rng, random_homes.draw(data, rng) if several else data


def same(one, other):
    """Compare all that a run leaves."""
    for (name, values), (_name, others) in zip(
        columns(one.earnings), columns(other.earnings), strict=True
    ):
        assert values.tolist() == others.tolist(), name
    assert one.digest == other.digest


@pytest.mark.parametrize("rule", rules.names())
def test_one_company_is_as_none(rule):
    for rng, data in cases(rule):
        home = random_homes.of_run(data)
        same(run.compute(random_homes.at_home(data, [home], rng)), run.compute(data))


@pytest.mark.parametrize("rule", rules.names())
def test_companies_of_one_currency_are_as_one(rule):
    """Where nothing is split among companies: no pool, no company cap, no minimum."""
    for rng, data in cases(rule):
        data.plan["payout"].update(cap_pct_e6=0, floor_pct_e6=0)
        if any(item["rule"] == "pool" for item in data.plan["bonuses"]):
            continue
        homes = [random_homes.of_run(data, company=code) for code in ("CO", "CO2", "CO3")]
        same(run.compute(random_homes.at_home(data, homes, rng)), run.compute(data))


@pytest.mark.parametrize("rule", rules.names())
def test_each_row_is_money_of_its_payee(rule):
    through = 0
    for rng, data in cases(rule, several=True):
        result = run.compute(data)
        check_laws(result)
        rows, money = result.earnings, Exchange(data)
        unit = money.unit_e4[money.home(rows.payee)]
        assert not (rows.amount_e4 % unit).any() and not (rows.breakage_e4 % unit).any()
        worth = amounts(rows.base_e4, rows.rate_e6, rows.fx_e6, money.mode, unit, rows.per_e6)
        paid = rows.amount_e4 + rows.cap_e4 - rows.scale_e4
        divided = np.array([rules.get(one["rule"]).divides for one in data.plan["bonuses"]])
        told = (paid != 0) & ~divided[rows.bonus]
        assert (worth[told] == paid[told]).all()
        through += int((rows.per_e6 > 0).sum())
        _company_cap(data, rows, money)
        back = snapshot_file.loads(snapshot_file.dumps(data))
        assert run.compute(back).digest == result.digest
        mixed = ordering.canonical(random_homes.shuffled(data, rng))
        assert run.compute(mixed).digest == result.digest
    assert through or rule not in ("matching", "retail_profit"), "none went through the point"


def _company_cap(data, rows, money):
    """What counts is within the cap, in points and exactly."""
    payout, limit = data.plan["payout"], caps.most(data)
    if limit is None or payout["floor_pct_e6"]:
        return
    counted = np.isin(rows.bonus, caps.included(Context(data))) & (rows.amount_e4 != 0)
    home = money.home(rows.payee)
    points = sum(
        Fraction(int(amount) * E6, int(money.fx_e6[one]))
        for amount, one in zip(rows.amount_e4[counted], home[counted], strict=True)
    )
    assert points <= limit


@pytest.mark.parametrize("rule", rules.names())
@pytest.mark.parametrize("lang", ["es", "en"])
def test_everything_can_be_explained(rule, lang):
    for _rng, data in list(cases(rule, several=True))[:6]:
        result = run.compute(data)
        view = View(data, result, lang=lang)
        for index in range(result.earnings.payee.size):
            found = explain.earning(view, index)
            assert not [problem for step in found["steps"] for problem in shapes.problems(step)]
            assert found["currency"] == view.currency(found["payee"])
            assert (
                explain.volume_behind(data, result, index)[2].sum()
                == (result.earnings.amount_e4[index])
            )
        for member in range(view.context.members):
            json.dumps(explain.person(view, member))
