# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is summed over people of several currencies, with every figure computed by hand.

A point is 4,500 pesos in Colombia (whole pesos) and one dollar in Ecuador (cents).
"""

import numpy as np
import pytest
from group_kit import texts
from homes_kit import CO, EC, REBATE, of_both, two
from mlm_engine.kernel.codes import Reason
from mlm_engine.telling import explain

UNILEVEL = {"rule": "unilevel", "active_only": False, "params": {"rates": [10]}}


def limited(company, **payout):
    """ANA of Colombia and BEA of Ecuador have 10 % of 1,001 and 500 CV: 100.1 points, 450,450
    pesos, and 50 points, 50 dollars; 150.1 together."""
    found = of_both(two(REBATE, payout=payout, ranks=("low", "high")))
    found.people[0 if company == "ANA" else 1]["rank"] = 1
    return found.sale("ANA", 1001).sale("BEA", 500).run()


def told(company, payee, lang="en"):
    rows = company.result.earnings
    index = int(np.flatnonzero((rows.payee == company.index(payee)) & (rows.amount_e4 > 0))[0])
    return texts(explain.explain_earning(company.data, company.result, index, lang=lang))


def test_a_cap_per_person():
    """60 points at most: 270,000 pesos, 60 dollars."""
    cap = {"code": "c", "name": "Top", "bonuses": ["personal_rebate"], "amount": 60}
    company = of_both(two(REBATE, caps=[cap])).sale("ANA", 1001).sale("BEA", 700.09).run()
    assert company.paid() == {"ANA": 270_000, "BEA": 60}
    assert company.breakage() == 180_450 + 10.01
    assert "Cap per person Top (at most 270,000): -180,450 | Left: 270,000" in told(company, "ANA")
    assert "Cap per person Top (at most 60): -10.01 | Left: 60" in told(company, "BEA")


def test_the_company_cap_in_proportion():
    """7.5 % of 1,501 CV: L = 112.575 of T = 150.1 points, 0.75. Of 450,450 pesos 337,837.5 stay,
    337,837 in whole ones; of 50 dollars 37.50."""
    company = limited("ANA", cap_pct=7.5, mode="pro_rata")
    assert company.paid() == {"ANA": 337_837, "BEA": 37.5}
    assert set(company.result.earnings.reason.tolist()) == {Reason.COMPANY_CAP}
    # the whole cap in the money of each: 506,587.5 pesos or 112.575 dollars, rounded down
    assert "7.5 % of the volume sold = 506,587: -112,613 | Left: 337,837" in told(company, "ANA")
    assert "7.5 % of the volume sold = 112.57: -12.50 | Left: 37.50" in told(company, "BEA")


def test_the_company_cap_in_proportion_within_a_home():
    """CAM of Ecuador has 30.01 dollars beside BEA's 50: T = 180.11 points. 5 % of 1,801.1 CV
    are half of it: 225,225 pesos, and of 80.01 dollars 40.005, 40.00 for both."""
    company = of_both(two(REBATE, payout={"cap_pct": 5, "mode": "pro_rata"}))
    company.person("CAM", home=EC).sale("ANA", 1001).sale("BEA", 500).sale("CAM", 300.1).run()
    # 50 × 4000 ÷ 80.01 = 2,499.687… and 30.01 × 4000 ÷ 80.01 = 1,500.312… cents
    assert company.paid() == {"ANA": 225_225, "BEA": 25.0, "CAM": 15.0}


@pytest.mark.parametrize(
    "high, pct, paid",
    [
        # ANA's 100.1 first: 12.475 points are left, 12.47 dollars
        ("ANA", 7.5, {"ANA": 450_450, "BEA": 12.47}),
        # BEA's 50 first: 62.575 points are left, 281,587.5 pesos
        ("BEA", 7.5, {"ANA": 281_587, "BEA": 50}),
        # 45.03 points are less than ANA's alone: 202,635 pesos, nothing for BEA
        ("ANA", 3, {"ANA": 202_635}),
        # 45.03 points are less than BEA's 50
        ("BEA", 3, {"BEA": 45.03}),
    ],
)
def test_the_company_cap_protects_ranks_of_all_homes(high, pct, paid):
    company = limited(high, cap_pct=pct, mode="protect_ranks", protect_from="high")
    assert company.paid() == paid


def test_nothing_is_left_after_the_protected_ranks():
    """ANA and CAM are high, 100.1 and 30 points, of which 5 % of 1,801 CV, 90.05, are left:
    450,450 × 90.05 ÷ 130.1 = 311,783.4… pesos and 30 × 90.05 ÷ 130.1 = 20.764… dollars; what
    rounding down leaves, less than a cent and a peso, is not BEA's."""
    payout = {"cap_pct": 5, "mode": "protect_ranks", "protect_from": "high"}
    company = two(REBATE, payout=payout, ranks=("low", "high"))
    company.person("ANA", home=CO, rank="high").person("BEA", home=EC)
    company.person("CAM", home=EC, rank="high")
    company.sale("ANA", 1001).sale("BEA", 500).sale("CAM", 300).run()
    assert company.paid() == {"ANA": 311_783, "CAM": 20.76}


@pytest.mark.parametrize(
    "day_of_ana, paid",
    [
        # BEA's 50 points first, 62.575 are left for ANA: 281,587.5 pesos
        (20, {"ANA": 281_587, "BEA": 50}),
        # ANA's 100.1 points first, 12.475 are left for BEA
        (5, {"ANA": 450_450, "BEA": 12.47}),
    ],
)
def test_the_company_cap_stops_in_the_order_of_time(day_of_ana, paid):
    """L = 112.575; what is sold after the row that meets the edge pays nothing."""
    company = of_both(two(UNILEVEL, payout={"cap_pct": 7.5, "mode": "hard_stop"}))
    company.person("XIO", "ANA", home=EC).person("YAN", "BEA", home=CO)
    company.sale("XIO", 1001, day=day_of_ana).sale("YAN", 400, day=10).sale("YAN", 100, day=11)
    assert company.run().paid() == paid


def test_the_guaranteed_minimum():
    """15.01 % of 1,501 CV is 225.3001 points, 150.1 are paid: 75.2001 are missing, 0.501 of what
    they hold. ANA gets 225,675.45 pesos, BEA 25.05 dollars."""
    company = limited("ANA", floor_pct=15.01, floor_bonus="personal_rebate")
    assert company.paid() == {"ANA": 450_450 + 225_675, "BEA": 75.05}
    # the whole minimum: 1,013,850.45 pesos
    assert "15.01 % of the volume = 1,013,850: +225,675 | Left: 676,125" in told(company, "ANA")


def shared(remainder, cv=10_001):
    """ANA of Colombia, BEA and CAM of Ecuador have a share each of 1 % of the volume."""
    params = {"pct": 1, "shares": {"low": 1}, "remainder": remainder}
    pool = {"rule": "pool", "active_only": False, "params": params}
    company = of_both(two(pool, ranks=("low",))).person("CAM", home=EC)
    return company.sale("ANA", cv).run()


@pytest.mark.parametrize(
    "remainder, bea, left",
    [
        # the cent that does not divide goes to BEA: 66.67 dollars are 300,015 pesos
        ("spread", 33.34, 450_045 - 150_015 - 300_015),
        # or to nobody: 66.66 dollars are 299,970 pesos
        ("company", 33.33, 450_045 - 150_015 - 299_970),
    ],
)
def test_a_pool(remainder, bea, left):
    """F = 100.01 points, 450,045 pesos. A third for Colombia: 150,015 pesos. Two for Ecuador:
    66.673…, 66.67 dollars, among two."""
    company = shared(remainder)
    assert company.paid() == {"ANA": 150_015, "BEA": bea, "CAM": 33.33}
    assert company.rows()[0] == (None, 0, 0, 0, left, Reason.POOL_REMAINDER)
    rows = company.result.earnings
    assert rows.base_e4.tolist()[1:] == [1_500_150_000, 666_700, 666_700]
    assert rows.rate_e6.tolist()[1:] == [10**6, 500_000, 500_000]
    said = told(company, "BEA")
    assert "Fund: 1 % of the company's 10,001 CV = 450,045" in said
    assert "For the 2 of 3 shares in this company: 66.67 | 1 of 3 shares" in said
    assert "The share is 33.3" in said


def test_a_pool_of_pesos_in_a_bonus_of_its_own_currency():
    """F = 1 % of 10,001, 100.01 pesos: a third is 33.34 pesos, 33; two are 66.67… ÷ 4,500 dollars,
    0.01, which are 45 pesos; nobody has 100 − 33 − 45 = 22."""
    params = {"pct": 1, "shares": {"low": 1}}
    pool = {"rule": "pool", "active_only": False, "currency": "COP", "params": params}
    company = of_both(two(pool, ranks=("low",))).person("CAM", home=EC).sale("ANA", 10_001).run()
    assert company.paid() == {"ANA": 33, "BEA": 0.01}
    assert company.rows()[0] == (None, 0, 0, 0, 22, Reason.POOL_REMAINDER)


def test_a_pool_that_nobody_qualifies_for():
    params = {"pct": 1, "shares": {"high": 1}}
    pool = {"rule": "pool", "active_only": False, "params": params}
    company = of_both(two(pool, ranks=("low", "high"))).sale("BEA", 10_001, seller=EC).run()
    assert company.rows() == [(None, 0, 0, 0, 450_045, Reason.NO_QUALIFIER)]


@pytest.mark.parametrize(
    "homes, below, paid",
    [
        # SOL of Colombia, RIO of Ecuador. RIO has 4 % of 30,000: 1,200 dollars, SOL of RIO's
        # 20,000.01: 800.0004 points, 3,600,001.8, 3,600,002 pesos. 9,999.99 CV are missing:
        # 399.9996 points, 400.00 dollars or 1,799,998.2 pesos.
        ((CO, EC), 30_000, {"SOL": 3_600_002 + 1_799_998, "RIO": 800}),
        # RIO has 200 dollars only: they are 900,000 pesos
        ((CO, EC), 5_000, {"SOL": 3_600_002 + 900_000}),
        # the other way: 5,400,000 pesos less 1,799,998, and 800.00 with 400.00 dollars
        ((EC, CO), 30_000, {"SOL": 1_200, "RIO": 5_400_000 - 1_799_998}),
        # RIO has 900,000.9 pesos, 900,001: 200.0002… points, 200.00 dollars
        ((EC, CO), 5_000.005, {"SOL": 1_000}),
    ],
)
def test_the_guarantee_of_a_head_to_the_one_above(homes, below, paid):
    params = {"rank": "head", "rates": [4], "guarantee": 30_000}
    bonus = {"rule": "breakaway", "active_only": False, "params": params}
    company = two(bonus, ranks=("none", "head"))
    company.person("SOL", home=homes[0], rank="head")
    company.person("RIO", "SOL", home=homes[1], rank="head")
    company.person("DIA", "RIO", home=CO, rank="head")
    company.sale("RIO", 20_000.01).sale("DIA", below).run()
    assert company.paid() == paid
    rows = company.result.earnings
    moved = {
        company.people[payee]["code"]: scale
        for payee, scale in zip(rows.payee.tolist(), rows.scale_e4.tolist(), strict=True)
        if payee >= 0
    }
    assert moved["SOL"] > 0 > moved["RIO"]
