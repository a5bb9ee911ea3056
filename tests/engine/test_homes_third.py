# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A third company: yen, 150 for a point, or pesos like the first at 4,000 for a point."""

from homes_kit import CO, E6, EC, HOMES, two

THIRD = 2
YEN = {"company": "JP", "currency": "JPY", "unit_e4": 10_000, "fx_e6": 150 * E6, "rates": {}}
CHEAP = {**HOMES[CO], "company": "CO2", "fx_e6": 4000 * E6}


def unilevel(*rates, **more):
    return {"rule": "unilevel", "active_only": False, "params": {"rates": list(rates)}, **more}


def chain(company, *homes):
    """Enrol TOM, EVA, CAM and XIO, each below the one before, at home as given."""
    above = None
    for code, home in zip(("TOM", "EVA", "CAM", "XIO"), homes, strict=True):
        company.person(code, above, home=home)
        above = code
    return company


def test_pesos_become_yen_through_the_point():
    """10 % of 100,000 pesos: 10,000; ÷ 4,500 = 2.2222 dollars; × 150 ÷ 4,500 = 333.3 yen."""
    company = two(unilevel(10, 10, 10, currency="COP"), homes=[*HOMES, YEN])
    chain(company, THIRD, EC, CO, CO).sale("XIO", 100_000).run()
    assert company.paid() == {"CAM": 10_000, "EVA": 2.22, "TOM": 333}
    rows = company.result.earnings
    assert rows.fx_e6.tolist() == [150 * E6, E6, E6]
    assert rows.per_e6.tolist() == [4500 * E6, 4500 * E6, 0]


def test_a_peso_stays_a_peso():
    """CAM has 14,999 pesos: half of them is 7,500 for EVA, whose point is another. TOM has half
    of EVA's 10 % of 33.33 CV: 13,332 pesos ÷ 4,000 = 1.6665 dollars."""
    matching = {"rule": "matching", "active_only": False}
    matching["params"] = {"rates": [50], "bonuses": ["unilevel"]}
    company = two(unilevel(10, 10), matching, homes=[*HOMES, CHEAP])
    chain(company, EC, THIRD, CO, CO).sale("XIO", 33.33).run()
    assert company.paid("unilevel") == {"CAM": 14_999, "EVA": 13_332}
    assert company.paid("matching") == {"EVA": 7_500, "TOM": 1.67}


def test_nobody_is_paid_after_the_edge():
    """CAM has 10 points of 100 CV, EVA, who comes first, 5. Of the 3.335 that the company pays EVA
    has 3.33 dollars; the half cent that is left would be 22 of CAM's pesos."""
    payout = {"cap_pct": 3.335, "mode": "hard_stop"}
    company = two(unilevel(10, 5), payout=payout)
    chain(company, EC, EC, CO, CO).sale("XIO", 100).run()
    assert company.paid() == {"EVA": 3.33}


def test_a_guarantee_of_pesos_received_in_yen():
    """EVA has 4 % of 300 CV, 12 points, and owes 4 % of 100 missing ones: 4 points, 16,000 of her
    48,000 pesos. TOM has 4 % of her 100 CV and these, 8 points: 1,200 yen."""
    params = {"rank": "head", "rates": [4], "guarantee": 200}
    bonus = {"rule": "breakaway", "active_only": False, "params": params}
    company = two(bonus, homes=[*HOMES, YEN, CHEAP], ranks=("none", "head"))
    company.person("TOM", home=2, rank="head").person("EVA", "TOM", home=3, rank="head")
    company.person("CAM", "EVA", home=EC, rank="head")
    company.sale("EVA", 100).sale("CAM", 300).run()
    assert company.paid() == {"TOM": 1_200, "EVA": 32_000}
