# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One earning row for several sales of one source (``grain: source``)."""

import json
import random
from collections import Counter
from dataclasses import replace

import company_kit
import networks
import numpy as np
import pytest
import random_homes
import random_networks
import random_plans
from company_kit import Company
from mlm_engine import plans, rules
from mlm_engine.kernel import digest, packed
from mlm_engine.plan import schema
from mlm_engine.rules._by_level import lines
from mlm_engine.telling import explain, plan_diff, view
from side_by_side import computed, differences

BY_SOURCE = [name for name in rules.names() if rules.get(name).by_source]
CASES = 30
UNILEVEL = {"rule": "unilevel", "grain": "source", "params": {"rates": [10, 5]}}


def of_grain(document, grain, rule):
    """Return the plan of a document in which all bonuses of a rule have a grain."""
    bonuses = [
        {**item, "grain": grain} if item["rule"] == rule else item for item in document["bonuses"]
    ]
    plan, problems = schema.canonical({**document, "bonuses": bonuses})
    assert not problems, [str(one) for one in problems]
    return plan


def case(rule, number):
    """Return a random snapshot with ``grain: source`` in all bonuses of a rule."""
    rng = random.Random(f"grain {rule} {number}")
    document = random_plans.draw(rng, rule)
    data = random_networks.draw(rng, of_grain(document, "source", rule), lively=number % 3 > 0)
    often = rng.choices(range(data.member_id.size), k=3)  # some buy often, for others as well
    data.row_buyer = networks.ints(
        rng.choice(often) if rng.random() < 0.6 else one for one in data.row_buyer
    )
    return random_homes.draw(data, rng) if number % 2 else data


def cases():
    return [pytest.param(rule, number) for rule in BY_SOURCE for number in range(CASES)]


def of_rule(data, result, rule):
    """Return the indexes of the earnings of a rule's bonuses without a sale of their own."""
    mine = [index for index, item in enumerate(data.plan["bonuses"]) if item["rule"] == rule]
    rows = result.earnings
    return np.flatnonzero(np.isin(rows.bonus, mine) & (rows.row < 0))


def small(**more):
    """Return ANA > LUZ > EVA, who buys three times, and TOM of hers twice."""
    bonus = {**UNILEVEL, **more}
    company = Company(company_kit.plan(bonus)).chain("ANA", "LUZ", "EVA").person("TOM", "EVA")
    for buyer, cv in (("EVA", 10.04), ("TOM", 30), ("EVA", 10.04), ("EVA", 10.04), ("TOM", 5)):
        company.sale(buyer, cv)
    return company.run()


def test_sales_are_added_before_they_are_rounded():
    """10 % of 10.04 is 1.00 each time, and 3.01 of all three."""
    rows = small().rows()
    assert ("LUZ", 1, 1, 3.01, 0, 0) in rows and ("LUZ", 2, 2, 1.75, 0, 0) in rows
    assert small().paid() == {"EVA": 3.5, "LUZ": 4.76, "ANA": 1.51}
    assert small(grain="sale").paid()["LUZ"] == 4.75
    found = small().result.earnings
    assert (found.row == -1).all() and set(found.base_e4.tolist()) == {301_200, 350_000}


def test_a_bonus_with_one_kind_of_rows_refuses_the_setting():
    with pytest.raises(plans.PlanError, match="one kind only"):
        company_kit.plan({"rule": "retail_profit", "grain": "source", "params": {}})
    with pytest.raises(plans.PlanError, match="unknown value 'buyer'"):
        company_kit.plan({**UNILEVEL, "grain": "buyer"})


def test_what_was_written_before_keeps_its_bytes():
    without = {key: value for key, value in UNILEVEL.items() if key != "grain"}
    plain, said = company_kit.plan(without), company_kit.plan({**without, "grain": "sale"})
    assert "grain" not in plain["bonuses"][0] and plain["bonuses"] == said["bonuses"]
    assert company_kit.plan(UNILEVEL)["bonuses"][0]["grain"] == "source"


@pytest.mark.parametrize(("rule", "number"), cases())
def test_grouping_before_the_walk_changes_nothing(rule, number, monkeypatch):
    data = case(rule, number)
    grouped = computed(data)
    assert not differences(data)
    monkeypatch.setattr(lines, "grouped", lambda ctx, bonus, row, base: (row, base))
    assert computed(data).digest == grouped.digest


@pytest.mark.parametrize("rule", BY_SOURCE)
def test_the_cases_have_rows_of_several_sales(rule):
    """Cases that never put two sales, two ways or two rates together would prove nothing."""
    several = ways = 0
    for number in range(CASES):
        data = case(rule, number)
        result = computed(data)
        rows, told = result.earnings, view.View(data, result)
        mine = of_rule(data, result, rule)
        several += sum(told.behind(told.earning(index))[0].size > 1 for index in mine)
        names = (rows.payee, rows.bonus, rows.source)
        key = zip(*(values[mine].tolist() for values in names), strict=True)
        ways += sum(count > 1 for count in Counter(key).values())
    assert several > 5 and ways > 0, (several, ways)


@pytest.mark.parametrize(("rule", "number"), cases())
def test_the_sales_behind_a_row(rule, number):
    """Bases and shares of the sales sum to the row, and the amounts of all sales to the bonus."""
    data = case(rule, number)
    result = computed(data)
    rows, told = result.earnings, view.View(data, result)
    mine = of_rule(data, result, rule)
    for index in mine.tolist():
        row, weight, share = explain.volume_behind(data, result, index)
        assert weight.sum() == rows.base_e4[index] and share.sum() == rows.amount_e4[index]
        assert (data.row_buyer[row] == rows.source[index]).all() and np.unique(row).size == row.size
    found = Counter()
    for row in range(data.row_id.size):
        for index in set(told.earnings_on(row)) & set(mine.tolist()):
            base, amount, breakage = told.share(index, row)
            found[index] += 1
            found["base", index] += base
            found["amount", index] += amount
            found["breakage", index] += breakage
    for index in mine.tolist():
        assert found["base", index] == rows.base_e4[index]
        assert found["amount", index] == rows.amount_e4[index]
        assert found["breakage", index] == rows.breakage_e4[index]


@pytest.mark.parametrize(("rule", "number"), cases()[::3])
def test_everything_can_be_explained(rule, number):
    data = case(rule, number)
    result = computed(data)
    for lang in ("es", "en"):
        told = view.View(data, result, lang=lang)
        for index in range(result.earnings.payee.size):
            found = explain.earning(told, index)
            json.dumps(found)
            if index in of_rule(data, result, rule):
                assert "volume" in [step["step"] for step in found["steps"]]
        for row in range(data.row_id.size):
            for one in explain.sale(told, row)["earnings"]:
                assert one["row"] == row
            for member in range(data.member_id.size):
                json.dumps(explain.person_on_sale(told, member, row))


@pytest.mark.parametrize(("rule", "number"), cases()[::3])
def test_both_grains_offer_the_same(rule, number):
    """Before rounding nothing hangs on the grain: the same bases at the same rates."""
    data = case(rule, number)
    by_sale = replace(data, plan=of_grain(data.plan["source"], "sale", rule))
    sums = []
    for one in (data, by_sale):
        rows, bonuses, total = computed(one).earnings, one.plan["bonuses"], Counter()
        for at in range(rows.payee.size):
            if bonuses[rows.bonus[at]]["rule"] == rule:
                names = ("payee", "bonus", "source", "level", "paid_level", "position", "rate_e6")
                key = tuple(int(getattr(rows, name)[at]) for name in names)
                total[key] += int(rows.base_e4[at])
        sums.append(total)
    worthless = sums[0] - sums[1]  # sales too small for a row of their own
    assert not sums[1] - sums[0] and set(worthless) <= set(sums[0])


def test_the_order_of_rows_is_canonical():
    for rule in BY_SOURCE:
        for number in range(10):
            data = case(rule, number)
            result = computed(data)
            mixed, chance = digest.tables(data, result), np.random.default_rng(number)
            for table in mixed.values():
                order = chance.permutation(next(iter(table.values())).size)
                table.update({name: values[order] for name, values in table.items()})
            assert digest.of_tables(mixed) == result.digest


def test_a_hard_stop_reaches_rows_without_a_sale_last():
    """Sales are paid in their order; what stands for several comes after them."""
    payout = {"cap_pct": 15, "mode": "hard_stop"}
    by_sale = {"code": "first", "rule": "unilevel", "name": "First", "params": {"rates": [10]}}
    plan = company_kit.plan(UNILEVEL, by_sale, payout=payout)
    company = Company(plan).chain("ANA", "EVA")
    company.sale("EVA", 100, day=3).sale("EVA", 100, day=20).run()
    assert company.paid("first") == {"ANA": 20} and company.paid("unilevel") == {"ANA": 10}
    assert company.result.earnings.reason.max() > 0


def test_a_cap_is_shared_and_matching_reads_what_is_left():
    match = {"rule": "matching", "params": {"bonuses": ["unilevel"], "rates": [50]}}
    cap = {"code": "most", "name": "Most", "bonuses": ["unilevel"], "amount": 6}
    company = Company(company_kit.plan(UNILEVEL, match, caps=[cap])).chain("ANA", "LUZ", "EVA")
    company.person("TOM", "LUZ").sale("EVA", 50).sale("TOM", 30).sale("EVA", 20).run()
    assert company.paid("unilevel") == {"LUZ": 6, "ANA": 5}
    assert company.paid("matching") == {"ANA": 3}
    told = view.View(company.data, company.result)
    luz, ana = (told.share(index, 0) for index in reversed(told.earnings_on(0)))
    assert luz == (500_000, 30_000, 20_000) and ana == (500_000, 25_000, 0)


def test_what_a_sale_paid_is_told_in_both_languages():
    company = small()
    names = {
        "member": [item["code"] for item in company.people],
        "row": ["S1", "S2", "S3", "S4", "S5"],
    }
    told = view.View(company.data, company.result, lambda kind, at: names[kind][at], "en")
    first, second = explain.sale(told, 0)["earnings"]
    assert [(one["payee_name"], one["amount"], one["whole"]) for one in (first, second)] == [
        ("ANA", "0.5034", "1.51"),
        ("LUZ", "1.0034", "3.01"),
    ]
    texts = [step["text"] for step in second["steps"]]
    assert texts[0] == "3 sales to EVA"
    assert texts[1].startswith(
        "S1: 10.04 CV, its share is 1.0034; S3: 10.04 CV, its share is 1.0033"
    )
    assert texts[-1] == "Share of this sale: 1.0034 of 3.01"
    why = explain.person_on_sale(told, 0, 0)["bonuses"][0]
    assert why["amount"] == "0.5034" and why["text"] == "ANA earned 0.5034 by Unilevel"
    lost = explain.person_on_sale(told, 3, 0)["bonuses"][0]
    assert not lost["earned"] and "TOM" in lost["text"]
    told = view.View(company.data, company.result, lambda kind, at: names[kind][at], "es")
    texts = [step["text"] for step in explain.sale(told, 0)["earnings"][1]["steps"]]
    assert texts[0] == "3 ventas a EVA" and texts[-1] == "Parte de esta venta: 1,0034 de 3,01"


def test_the_difference_of_two_plans_names_the_grain():
    before = company_kit.plan({**UNILEVEL, "grain": "sale"})["source"]
    after = company_kit.plan(UNILEVEL)["source"]
    (section,) = plan_diff.diff(before, after, "es")
    assert section["changes"][0]["text"] == (
        "Unilevel: Filas del resultado: Una fila por comprador y nivel (antes Una fila por venta)"
    )


def test_packed_sorting_is_that_of_all_columns():
    chance = np.random.default_rng(5)
    for _ in range(400):
        size = int(chance.integers(0, 40))
        wide = [
            chance.integers(-3, 3, size).astype(chance.choice(("i4", "i8")))
            for _ in range(int(chance.integers(1, 5)))
        ]
        wide += [
            chance.choice((-(2**62), 0, 2**62, 5), size) for _ in range(int(chance.integers(0, 4)))
        ]
        wide += [  # several that fit into no key together, and few rows that differ
            chance.choice(chance.integers(0, 2**40, 4), size)
            for _ in range(int(chance.integers(0, 4)))
        ]
        chance.shuffle(wide)
        wide.append(np.broadcast_to(np.int64(7), (size,)))
        order, first = packed.runs(wide)
        order = np.arange(size) if order is None else order
        rows = list(zip(*(column[order].tolist() for column in wide), strict=True))
        assert rows == sorted(zip(*(column.tolist() for column in wide), strict=True))
        assert first.tolist() == [at == 0 or rows[at] != rows[at - 1] for at in range(size)]
        assert order.tolist() == sorted(range(size), key=lambda at: [one[at] for one in wide])
