# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Networks of several companies: in which currency a row is paid, by which rate.

A point is a dollar: 4,500 pesos in Colombia, one dollar in Ecuador.
"""

from dataclasses import replace

import numpy as np
import pytest
from group_kit import texts
from homes_kit import CO, E6, EC, HOMES, REBATE, of_both, two
from mlm_engine.kernel import digest, run, snapshot_file
from mlm_engine.kernel.exchange import Exchange
from mlm_engine.kernel.snapshot import CONTRACT
from mlm_engine.telling import explain
from networks import ints

UNILEVEL = {"rule": "unilevel", "active_only": False, "params": {"rates": [10]}}
RETAIL = {"rule": "retail_profit"}
MATCHING = {
    "rule": "matching",
    "active_only": False,
    "params": {"rates": [50], "bonuses": ["personal_rebate"]},
}
EURO = [{**HOMES[CO], "rates": {"EUR": 5000 * E6}}, {**HOMES[EC], "rates": {"EUR": 1_100_000}}]


def rates(company, bonus=0):
    """Return ``{payee: (fx, per)}`` of a bonus, in millionths."""
    rows = company.result.earnings
    return {
        company.people[payee]["code"] if payee >= 0 else None: (fx, per)
        for payee, index, fx, per in zip(
            *(getattr(rows, name).tolist() for name in ("payee", "bonus", "fx_e6", "per_e6")),
            strict=True,
        )
        if index == bonus
    }


def test_points_become_the_money_of_each_home():
    """10 % of 33.33 CV is 3.333: 14,998.5 pesos, half up 14,999, and 3.33 dollars."""
    company = of_both(two(REBATE)).sale("ANA", 33.33).sale("BEA", 33.33).run()
    assert company.paid() == {"ANA": 14_999, "BEA": 3.33}
    assert rates(company) == {"ANA": (4500 * E6, 0), "BEA": (E6, 0)}


def test_a_currency_becomes_that_of_a_home():
    """The four ways, of a point that is nobody's currency: 1 PTS = 4,500 COP = 1 USD; a
    third company has dollars too, at 2 for a point."""
    homes = [*EURO, {**HOMES[EC], "company": "PA", "fx_e6": 2 * E6, "rates": {"EUR": E6}}]
    company = of_both(two(REBATE, base="PTS", homes=homes)).person("PIA", home=2)
    data = replace(company.snapshot(), rates={"EUR": 5001 * E6})
    money, everyone = Exchange(data), np.array([0, 1, 2, -1])
    found = {
        currency: [one.tolist() for one in money.into(currency, everyone)]
        for currency in (None, "PTS", "COP", "USD", "EUR")
    }
    points = [[4500 * E6, E6, 2 * E6, 4500 * E6], [0, 0, 0, 0]]
    assert found == {
        None: points,
        "PTS": points,
        "COP": [[E6, E6, 2 * E6, E6], [0, 4500 * E6, 4500 * E6, 0]],
        # the first company with dollars says what a point is in dollars
        "USD": [[4500 * E6, E6, E6, 4500 * E6], [E6, 0, 0, E6]],
        "EUR": [[5000 * E6, 1_100_000, E6, 5001 * E6], [0, 0, 0, 0]],
    }
    with pytest.raises(KeyError, match="BRL"):
        money.into("BRL", everyone)
    # of a home its own rate, between two of one currency none
    fx, per = money.between(np.array([2, 2, 0, 1]), np.array([0, 1, 2, 2]))
    assert (fx.tolist(), per.tolist()) == ([4500 * E6, E6, 2 * E6, E6], [2 * E6, 0, 4500 * E6, 0])
    assert [money.currency(one) for one in (0, 1, 2, -1)] == ["COP", "USD", "USD", "COP"]


@pytest.mark.parametrize(
    "currency, ana, bea",
    [
        # 90 points
        (None, 405_000, 90),
        # 90 pesos: 90 ÷ 4,500 = 0.02 dollars
        ("COP", 90, 0.02),
        # the base currency: as points
        ("USD", 405_000, 90),
        # 90 euros: 5,000 pesos or 1.10 dollars each
        ("EUR", 450_000, 99),
    ],
)
def test_a_fixed_amount_in_any_currency(currency, ana, bea):
    award = {
        "code": "one",
        "name": "One",
        "amount": 90,
        "requires": [{"measure": "own_pv", "min": 1}],
    }
    bonus = {"rule": "award", "params": {"awards": [award]}}
    bonus |= {"currency": currency} if currency else {}
    company = of_both(two(bonus, homes=EURO))
    data = replace(company.snapshot(), rates={"EUR": 5000 * E6})
    company.data, company.result = data, run.compute(data)
    assert company.paid() == {"ANA": ana, "BEA": bea}


def test_nobody_is_in_the_currency_of_the_run():
    """10 % of 100 CV of somebody without a sponsor: 45,000 pesos, of whichever company."""
    company = of_both(two(UNILEVEL)).sale("ANA").sale("BEA", seller=EC).run()
    rows = company.result.earnings
    assert rows.payee.tolist() == [-1, -1]
    assert rows.breakage_e4.tolist() == [450_000_000] * 2
    assert rows.fx_e6.tolist() == [4500 * E6] * 2


def test_the_upline_of_another_company_is_paid_in_its_own_money():
    company = of_both(two(UNILEVEL)).person("CAM", "BEA", home=CO).person("DAN", "ANA", home=EC)
    company.sale("CAM", 100).sale("DAN", 100.1, seller=EC).run()
    # 10 points are 10 dollars of BEA; 10.01 are 45,045 pesos of ANA
    assert company.paid() == {"BEA": 10, "ANA": 45_045}


def test_matching_goes_through_the_point():
    """BEA earns 33.33 dollars: half of them is 16.665 × 4,500 = 74,992.5 pesos for ANA. CAM
    earns 100,001 pesos (222.2244 CV): half of them ÷ 4,500 is 11.11 dollars for BEA."""
    company = two(REBATE, MATCHING).person("ANA", home=CO).person("BEA", "ANA", home=EC)
    company.person("CAM", "BEA", home=CO).person("DOT", "CAM", home=CO)
    company.sale("BEA", 333.3).sale("CAM", 222.2244).sale("DOT", 10).run()
    assert company.paid("personal_rebate") == {"BEA": 33.33, "CAM": 100_001, "DOT": 4_500}
    assert company.paid("matching") == {"ANA": 74_993, "BEA": 11.11, "CAM": 2_250}
    # from dollars, the base currency, straight; between Colombians nothing is exchanged
    assert rates(company, 1) == {"ANA": (4500 * E6, 0), "BEA": (E6, 4500 * E6), "CAM": (E6, 0)}
    rows = company.result.earnings
    told = [
        texts(explain.explain_earning(company.data, company.result, index, lang="en"))
        for index in np.flatnonzero((rows.bonus == 1) & (rows.amount_e4 > 0)).tolist()
    ]
    assert "earned Personal_Rebate 33.33" in told[0] and "1 USD = 4,500 COP" in told[0]
    assert "33.33 × 50 % × 4,500 = 74,992.5, rounded to the nearest: 74,993" in told[0]
    assert "÷ 4,500 (COP for a point) × 1 (USD for a point)" in told[1]
    assert "100,001 × 50 % ÷ 4,500 × 1 ≈ 11.111222, rounded to the nearest: 11.11" in told[1]
    assert "for a point" not in told[2]


def test_what_shorter_periods_paid_is_in_the_money_of_the_source():
    weekly = {**REBATE, "period": "week"}
    week = {"kind": "days", "days": 7, "anchor_number": 1, "anchor_start": "2026-01-05"}
    month = {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01"}
    company = two(weekly, MATCHING, periods={"month": month, "week": week})
    company.person("ANA", home=CO).person("BEA", "ANA", home=EC)
    data = company.snapshot()
    data.earned_member, data.earned_bonus = ints([1]), ints([0])
    data.earned_amount_e4 = ints([200_000])  # 20 dollars
    company.result = run.compute(data)
    assert company.paid() == {"ANA": 45_000}


def test_retail_profit_by_what_a_point_was_worth_at_the_sale():
    """A profit of 42,000 pesos at 4,200 for a point is 10 dollars of BEA; not known when, at
    4,500, 9.33. 10 dollars from Ecuador are 45,000 pesos of ANA; her own pesos stay."""
    company = of_both(two(RETAIL)).person("CLI", "ANA", kind=2, home=EC)
    company.sale("CLI", 0, credited="BEA", seller=CO, retail=42_000, point=4200)
    company.sale("CLI", 0, credited="BEA", seller=CO, retail=42_000)
    company.sale("CLI", 0, credited="ANA", seller=EC, retail=10, point=1)
    company.sale("CLI", 0, credited="ANA", seller=CO, retail=7_000, point=4200).run()
    assert [(row[0], row[3]) for row in company.rows()] == [
        ("ANA", 45_000),
        ("ANA", 7_000),
        ("BEA", 10),
        ("BEA", 9.33),
    ]
    rows = company.result.earnings
    assert rows.fx_e6.tolist() == [4500 * E6, E6, E6, E6]
    assert rows.per_e6.tolist() == [0, 0, 4200 * E6, 4500 * E6]
    told = explain.explain_earning(company.data, company.result, 2)
    assert (told["unit"], told["currency"], told["per"], told["amount"]) == (
        "COP",
        "USD",
        "4200",
        "10.00",
    )
    assert "÷ 4.200 (COP por punto) × 1 (USD por punto)" in texts(told)
    assert "42.000 × 100 % ÷ 4.200 × 1 = 10" in texts(told)
    bare = replace(company.data, row_point_e6=ints([]))
    assert run.compute(bare).earnings.amount_e4.tolist()[2] == 93_300


def test_a_cap_of_a_binary_is_in_the_money_of_the_owner():
    """10 % of 1,000 CV is 100 points; at most 60: 270,000 pesos or 60 dollars."""
    params = {"step_cv": 100, "min_cv": 100, "active_each_side": 0, "pay_cap": 60}
    binary = {"rule": "binary", "params": {**params, "pct_from": ["fixed"], "fixed_pct": 10}}
    company = of_both(two(binary, trees=["placement"])).person("CAM", "ANA")
    for owner, left, right in (("ANA", "L1", "R1"), ("BEA", "L2", "R2")):
        company.seat(owner, owner).seat(left, "CAM", owner, 0).seat(right, "CAM", owner, 1)
        company.sale("CAM", 1000, seat=left).sale("CAM", 1000, seat=right)
    company.run()
    assert company.paid() == {"ANA": 270_000, "BEA": 60}
    told = texts(explain.explain_earning(company.data, company.result, 1, lang="en"))
    assert "Cap per position (at most 60): -40 | Left: 60" in told


@pytest.mark.parametrize(
    "changes, problem",
    [
        ({"member_home": ints([])}, "member_home must be as long"),
        ({"row_seller": ints([])}, "row_seller must be as long"),
        ({"member_home": ints([0, 2])}, "member_home points outside"),
        ({"row_seller": ints([-1])}, "row_seller points outside"),
        ({"row_point_e6": ints([-1])}, "row_point_e6 must be 0 or more"),
        ({"row_point_e6": ints([1, 1])}, "row_point_e6 must be empty or as long"),
        ({"homes": []}, "member_home must be as long"),
        ({"homes": [HOMES[0], {**HOMES[1], "unit_e4": 0}]}, "must be positive"),
        ({"homes": [{**HOMES[0], "fx_e6": 0}, HOMES[1]]}, "must be positive"),
        ({"homes": [{**HOMES[0], "rates": {"EUR": 0}}, HOMES[1]]}, "must be positive"),
        (
            {"homes": [HOMES[0], {**HOMES[1], "fx_e6": 2 * E6}]},
            "the base currency itself must be 1",
        ),
    ],
)
def test_a_snapshot_that_contradicts_itself(changes, problem):
    company = of_both(two(REBATE)).sale("ANA")
    with pytest.raises(run.SnapshotError, match=problem):
        run.compute(replace(company.snapshot(), **changes))


def several():
    """A network in which rows go through the point."""
    company = two(REBATE, MATCHING, RETAIL).person("ANA", home=CO).person("BEA", "ANA", home=EC)
    company.person("CAM", "BEA", home=CO)
    company.sale("BEA", 333.3, seller=EC).sale("CAM", 222.2)
    return company.sale("CAM", 10, credited="BEA", retail=90_000, point=4400).run()


def test_the_file_of_a_snapshot():
    """With homes the file holds them; without, it has the bytes of contract 2."""
    data = several().data
    back = snapshot_file.loads(snapshot_file.dumps(data))
    assert back.homes == data.homes and snapshot_file.dumps(back) == snapshot_file.dumps(data)
    assert (back.member_home == data.member_home).all()
    assert run.compute(back).digest == run.compute(data).digest
    assert f'"contract":{CONTRACT},'.encode() in snapshot_file.dumps(data)
    empty = ints([])
    alone = replace(data, homes=[], member_home=empty, row_seller=empty, row_point_e6=empty)
    written = snapshot_file.dumps(alone)
    assert b'"contract":2,' in written
    assert not any(
        word in written for word in (b"homes", b"member_home", b"row_seller", b"row_point")
    )
    assert snapshot_file.loads(written).homes == []


def test_the_digest_has_the_column_only_where_it_is_used():
    company = several()
    tables = digest.tables(company.data, company.result)
    assert "per_e6" in tables["earnings"]
    assert digest.of_tables(tables) == company.result.digest
    other = dict(tables["earnings"], per_e6=tables["earnings"]["per_e6"] + 1)
    assert digest.of_tables({**tables, "earnings": other}) != company.result.digest
    alone = of_both(two(REBATE)).sale("ANA").run()
    tables = digest.tables(alone.data, alone.result)
    assert "per_e6" not in tables["earnings"]
    stored = dict(tables["earnings"], per_e6=np.zeros_like(tables["earnings"]["fx_e6"]))
    assert digest.of_tables({**tables, "earnings": stored}) == alone.result.digest
