# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps per person, the cap of the company, the guaranteed minimum."""

import numpy as np
import pytest
from group_kit import FLAT, pool, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from mlm_engine import plans
from mlm_engine.kernel.codes import Reason
from mlm_engine.kernel.exact import E4
from mlm_engine.plan import schema
from mlm_engine.telling import explain
from weeks import check_laws, document, play, ranks


def capped(*caps, payout=None, bonuses=None):
    more = {"payout": payout} if payout else {}
    bonuses = bonuses or (pool("p1", 10), pool("p2", 20))
    return document(*bonuses, ranks=ranks(0, 10, 1000), caps=list(caps), **more)


def cap(amount=0, bonuses=("p1", "p2"), code="cap", **more):
    return {"code": code, "name": "Top", "bonuses": list(bonuses), "amount": amount, **more}


def test_cap_over_several_bonuses():
    """One person has 10 % and 20 % of 1,000 CV: 300; 200 at most, in proportion."""
    data, result, money = play(capped(cap(200)), FLAT, [("a", 1000)])
    assert money == {"p1": {"a": 66.67}, "p2": {"a": 133.33}}
    rows = result.earnings
    assert rows.cap_e4.tolist() == rows.breakage_e4.tolist() == [333300, 666700]
    assert rows.reason.tolist() == [Reason.CAPPED] * 2
    check_laws(result)
    told = texts(explain.explain_earning(data, result, 0))
    assert "Tope por persona Top (máximo 200): -33,33 | Queda 66,67" in told


def test_cap_by_rank_and_below_the_cap():
    """The nearest lower rank counts; a rank without any has no cap."""
    plan = capped(cap(by_rank={"r1": 30}))
    assert play(plan, FLAT, [("a", 900)])[2] == {"p1": {"a": 10}, "p2": {"a": 20}}
    assert play(plan, FLAT, [("a", 5000)])[2] == {"p1": {"a": 10}, "p2": {"a": 20}}
    plan = capped(cap(by_rank={"r2": 30}))
    assert play(plan, FLAT, [("a", 900)])[2] == {"p1": {"a": 90}, "p2": {"a": 180}}


def test_caps_one_after_the_other():
    plan = capped(cap(50, ["p2"], "one"), cap(75, code="two"))
    _, result, money = play(plan, FLAT, [("a", 1000)])
    assert money == {"p1": {"a": 50}, "p2": {"a": 25}}
    assert result.earnings.cap_e4.tolist() == [50 * E4, 175 * E4]
    check_laws(result)


def test_cap_in_base_currency():
    plan = capped(cap(200))
    plan["currency"]["company"] = "COP"
    money = play(plan, FLAT, [("a", 1000)], fx_e6=4500 * 10**6)[2]
    assert sum(one["a"] for one in money.values()) == 900_000


def payout(mode="pro_rata", cap_pct=21, **more):
    return {"cap_pct": cap_pct, "mode": mode, **more}


def test_company_cap_pro_rata():
    """compensation.md §2.2: raw 480,000, cap 420,000: f = 0.875."""
    plan = capped(payout=payout(cap_pct=42), bonuses=(pool("p1", 18), pool("p2", 30)))
    data, result, money = play(plan, FLAT, [("a", 600_000), ("b", 400_000)])
    assert sum(sum(one.values()) for one in money.values()) == 420_000
    raw = 90_000, 150_000
    assert money == {
        "p1": {"a": raw[0] * 0.875, "b": raw[0] * 0.875},
        "p2": {"a": raw[1] * 0.875, "b": raw[1] * 0.875},
    }
    assert set(result.earnings.reason.tolist()) == {Reason.COMPANY_CAP}
    check_laws(result)
    told = texts(explain.explain_earning(data, result, 0))
    assert "Tope de la empresa, 42 % del volumen vendido = 420.000: -11.250 | Queda 78.750" in told


def test_company_cap_protects_ranks():
    plan = capped(payout=payout("protect_ranks", protect_from="r2"))
    sales = [("a", 1000), ("b", 1000), ("c", 500), ("d", 500)]
    _data, result, money = play(plan, FLAT, sales)
    # raw 900, limit 630: a and b keep 450, 180 is left for c and d
    total = {name: sum(one[name] for one in money.values()) for name in "abcd"}
    assert total == {"a": 225, "b": 225, "c": 90, "d": 90}
    plan = capped(payout=payout("protect_ranks", 6, protect_from="r2"))
    _, result, money = play(plan, FLAT, sales)
    assert set(money["p1"]) == {"a", "b"}
    assert result.earnings.amount_e4.sum() == 180 * E4
    check_laws(result)


def test_company_cap_hard_stop():
    """Rows without a sale come last, in canonical order, until the limit."""
    plan = capped(payout=payout("hard_stop"))
    _, result, money = play(plan, FLAT, [("a", 500), ("b", 500)])
    # raw 300, limit 210: a has 50 and 100, b 50 and 10 of 100
    assert money == {"p1": {"a": 50, "b": 50}, "p2": {"a": 100, "b": 10}}
    check_laws(result)


SOLD = [("a", 500), ("b", 500)]


BACK = [("c", -1200)]


@pytest.mark.parametrize(
    "mode, money",
    [
        ("pro_rata", {"a": 105, "b": 105}),
        ("protect_ranks", {"a": 105, "b": 105}),
        ("hard_stop", {"a": 150, "b": 60}),
    ],
)
def test_returns_do_not_lower_the_company_cap(mode, money):
    """1,000 CV are sold and 1,200 come back. 10 % and 20 % of the own volume are 150 each for a
    and b; the cap is 21 % of the 1,000 sold, as if nothing had come back: 210."""
    rebates = [
        {"rule": "personal_rebate", "code": code, "params": {"steps": [{"min": 0, "pct": pct}]}}
        for code, pct in (("p1", 10), ("p2", 20))
    ]
    plan = capped(payout=payout(mode, protect_from="r1"), bonuses=rebates)
    for sales in (SOLD, SOLD + BACK):
        data, result, found = play(plan, FLAT, sales)
        total = {name: sum(one.get(name, 0) for one in found.values()) for name in "ab"}
        assert total == money
        check_laws(result)
    told = texts(explain.explain_earning(data, result, int(np.argmin(result.earnings.scale_e4))))
    assert "Tope de la empresa, 21 % del volumen vendido = 210" in told


def test_the_guaranteed_minimum_is_of_the_volume_that_stays():
    """1,000 sold and 400 back: half of 600."""
    plan = capped(payout={"floor_pct": 50, "floor_bonus": "p1"})
    money = play(plan, FLAT, [("a", 600), ("b", 400), ("c", -400)])[2]
    assert sum(sum(one.values()) for one in money.values()) == 300


def test_only_named_bonuses_are_cut():
    plan = capped(payout=payout(cap_pct=10, bonuses=["p2"]))
    assert play(plan, FLAT, [("a", 1000)])[2] == {"p1": {"a": 100}, "p2": {"a": 100}}


def test_guaranteed_minimum():
    plan = capped(payout={"floor_pct": 50, "floor_bonus": "p1"})
    data, result, money = play(plan, FLAT, [("a", 600), ("b", 400)])
    assert money == {"p1": {"a": 150, "b": 150}, "p2": {"a": 100, "b": 100}}
    assert result.earnings.scale_e4.tolist() == [100 * E4, 0, 100 * E4, 0]
    assert result.earnings.breakage_e4.sum() == 0
    check_laws(result)
    told = texts(explain.explain_earning(data, result, 0))
    assert "Mínimo garantizado, 50 % del volumen = 500: +100 | Queda 150" in told


FREE = plans.load_plan(capped())


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.integers(1, 99_999), min_size=1, max_size=4),
    st.sampled_from(("pro_rata", "protect_ranks", "hard_stop")),
    st.integers(1, 4000),
    st.integers(0, 5000),
    st.integers(0, 3000),
)
def test_laws_of_limits(volumes, mode, cap_bp, most, floor_bp):
    """What is offered is paid or breakage; sums meet cap and floor to the cent."""
    plan = capped(
        *([cap(most / 100)] if most else ()),
        payout=payout(
            mode, cap_bp / 100, protect_from="r2", floor_pct=floor_bp / 100, floor_bonus="p2"
        ),
    )
    plan, problems = schema.canonical(plan)  # the validator refuses a floor above the cap
    assert not problems
    sales = [(name, cv / 100) for name, cv in zip("abcd", volumes, strict=False)]
    free = play(FREE, FLAT, sales)[1].earnings
    _, result, _ = play(plan, FLAT, sales)
    check_laws(result)
    rows = result.earnings
    offered = rows.amount_e4 + rows.breakage_e4 - np.maximum(rows.scale_e4, 0)
    assert offered.sum() == (free.amount_e4 + free.breakage_e4).sum()
    volume = sum(round(cv * 100) for _, cv in sales)  # hundredths
    limit, floor = volume * cap_bp // 10**4 * 100, volume * floor_bp // 10**4 * 100
    paid = int(rows.amount_e4.sum())
    worth = rows.amount_e4 + rows.cap_e4 - rows.scale_e4
    if most:
        mine = rows.payee >= 0
        per_person = np.bincount(rows.payee[mine], (worth - rows.cap_e4)[mine])
        assert (per_person <= most * 100).all()
    before_company = int((worth - rows.cap_e4).sum())
    if (rows.amount_e4[rows.bonus == 1] > 0).any():
        assert paid == max(min(before_company, limit), floor)
    else:
        assert paid == min(before_company, limit)
