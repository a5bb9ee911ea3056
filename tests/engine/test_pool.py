# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool."""

import pytest
from group_kit import FLAT, pool, texts
from mlm_engine import plans, rules
from mlm_engine.kernel.codes import Measure, Reason
from mlm_engine.kernel.exact import E4
from mlm_engine.telling import explain
from weeks import check_laws, document, play, ranks, rows_of


def test_pool_by_shares():
    """compensation.md §2.2: 1 % of 1,000,000 = 10,000; shares 1..4: value 1,000."""
    plan = document(pool(shares={"r0": 1, "r1": 2, "r2": 3, "r3": 4}), ranks=ranks(0, 10, 20, 30))
    sales = [("a", 999_940, 0), ("b", 10), ("c", 20), ("d", 30)]
    data, result, money = play(plan, FLAT, sales)
    assert money == {"pool": {"a": 1000, "b": 2000, "c": 3000, "d": 4000}}
    assert result.earnings.rate_e6.tolist() == [100_000, 200_000, 300_000, 400_000]
    shares = result.measures.value[result.measures.measure == Measure.SHARES]
    assert shares.tolist() == [E4, 2 * E4, 3 * E4, 4 * E4]
    check_laws(result)
    told = texts(explain.explain_earning(data, result, 1))
    assert "1 % de 1.000.000 CV de la empresa = 10.000" in told
    assert "Tiene 2 de 10 participaciones, por su rango R1" in told


def test_pools_of_plexus_sum_to_the_guarantee():
    """PLX-01: 45 + 3 + 1 + 1 = 50 % of the volume."""
    plan = document(
        *(pool(f"p{pct}{place}", pct) for place, pct in enumerate((45, 3, 1, 1))),
        ranks=ranks(0, 10),
    )
    _, _result, money = play(plan, FLAT, [("a", 700), ("b", 300)])
    assert sum(sum(one.values()) for one in money.values()) == 500
    assert plans.review(plans.load_plan(plan)) == []


@pytest.mark.parametrize("remainder", ["spread", "company"])
def test_remainder(remainder):
    """100.00 among three: 33.34, 33.33, 33.33, or a cent of nobody."""
    plan = document(pool(remainder=remainder), ranks=ranks(0, 10))
    _, result, money = play(plan, FLAT, [("a", 9970), ("b", 10), ("c", 20), (None, 0)])
    first = 33.34 if remainder == "spread" else 33.33
    assert money["pool"] == {"a": first, "b": 33.33, "c": 33.33}
    left = [row for row in rows_of(result) if row[0] < 0]
    expected = [] if remainder == "spread" else [(-1, -1, 0, 0.01, 100, 0, 0.01)]
    assert left == expected
    if left:
        assert result.earnings.reason[0] == Reason.POOL_REMAINDER
    check_laws(result)


def test_nobody_qualifies():
    plan = document(pool(), ranks=ranks(0, 10**6))
    data, result, money = play(plan, FLAT, [("a", 5000)])
    assert (money, rows_of(result)) == ({}, [(-1, -1, 0, 50, 100, 0, 50)])
    assert result.earnings.reason.tolist() == [Reason.NO_QUALIFIER]
    assert "Nadie califica" in texts(explain.explain_earning(data, result, 0))
    assert "por su rango R0" in texts(explain.explain_absence(data, result, 0, 0))


def test_pool_by_points_and_in_another_currency():
    measures = [{"code": "own", "name": "Own", "kind": "personal", "volume": "cv"}]
    plan = document(pool(points="own"), measures=measures, company="COP")
    _, _, money = play(plan, FLAT, [("a", 300), ("b", 100), ("b", -40)], fx_e6=4500 * 10**6)
    # 1 % of 360 × 4,500 = 16,200; points 300 and 60
    assert money == {"pool": {"a": 13_500, "b": 2_700}}


def test_returns_may_empty_the_pool():
    plan = document(pool(), ranks=ranks(0, 10))
    assert rows_of(play(plan, FLAT, [("a", 100), ("a", -300)])[1]) == []


def test_a_pool_needs_one_source_of_shares():
    rule = rules.get("pool")
    plan = plans.load_plan(document(pool(), ranks=ranks(0, 10)))
    both = rule.Params(pct_e6=1, shares_e4=[1], points=0)
    assert [one.path for one in rule.check(both, plan)] == [("shares",)]
    assert [one.path for one in rule.check(rule.Params(points=-1), plan)] == [
        ("pct",),
        ("shares",),
    ]


@pytest.mark.parametrize(
    "lang, fund, share",
    [
        ("es", "las devoluciones alcanzan o superan las ventas", "de un fondo vacío"),
        ("en", "returns are as much as the sales, or more", "of an empty fund"),
    ],
)
def test_a_pool_of_more_returns_than_sales(lang, fund, share):
    """The fund is 0: nobody gets a part, nothing is breakage, and it says why."""
    plan = document(pool("p1", 10), ranks=ranks(0, 10))
    data, result, money = play(plan, FLAT, [("a", 500), ("c", -500.01)])
    assert money == {} and not result.earnings.payee.size
    told = texts(explain.explain_absence(data, result, 0, 0, lang=lang))
    assert fund in told and share in told


@pytest.mark.parametrize(
    "lang, share",
    [
        ("es", "Tiene 2 participaciones: su parte no llega a una unidad"),
        ("en", "2 shares: the part is less than one unit"),
    ],
)
def test_a_part_of_the_fund_below_one_unit(lang, share):
    """0.03 among four of 2 shares each: three get 0.01, and the fund was not empty."""
    plan = document(pool("p1", 1, shares={"r0": 2}), ranks=ranks(0))
    data, result, money = play(plan, FLAT, [("a", 3)])
    assert money == {"p1": {"a": 0.01, "b": 0.01, "c": 0.01}}
    told = texts(explain.explain_absence(data, result, 0, 3, lang=lang))
    assert told.endswith(share) and "0.03" in told.replace(",", ".")
