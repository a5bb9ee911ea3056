# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Awards."""

from group_kit import periods, texts
from mlm_engine import plans, rules
from mlm_engine.kernel.exact import E4
from mlm_engine.telling import explain
from review_kit import in_spanish
from weeks import document, ranks


def award(code, least, amount, **more):
    requires = [{"measure": "own_pv_period", "min": least}]
    return {"code": code, "name": code.title(), "requires": requires, "amount": amount, **more}


def awards(*listed, **params):
    bonus = {
        "rule": "award",
        "active_only": False,
        "params": {"awards": list(listed), **params},
    }
    return plans.load_plan(document(bonus, ranks=ranks(0, 10)))


def test_an_award_is_given_once():
    weeks = periods(awards(award("phone", 100, 300)), [("a", 100)], [("a", 100), ("b", 150)])
    assert [money for _, _, money in weeks] == [{"a": 300}, {"b": 300}]
    data, result, _ = weeks[0]
    assert "Phone (dinero) | PV propio del ciclo: 100 de 100" in texts(
        explain.explain_earning(data, result, 0)
    )
    data, result, _ = weeks[1]
    assert "Phone: ya lo recibió" in texts(explain.explain_absence(data, result, 0, 0))
    assert "Phone: PV propio del ciclo: 0 de 100 (faltan 100)" in texts(
        explain.explain_absence(data, result, 0, 2)
    )


def test_an_award_in_every_period():
    weeks = periods(awards(award("x", 100, 300), once=False), *[[("a", 100)]] * 3)
    assert [money for _, _, money in weeks] == [{"a": 300}] * 3


def test_periods_running():
    """A missed period ends the streak; the award's own number goes first."""
    plan = awards(award("two", 100, 20), award("three", 100, 30, in_a_row=3), in_a_row=2)
    sales = [[("a", 100)], [("a", 5)], *[[("a", 100)]] * 4]
    weeks = periods(plan, *sales)
    assert [money for _, _, money in weeks] == [{}, {}, {}, {"a": 20}, {"a": 30}, {}]
    data, result, _ = weeks[3]
    assert "Three: Cumple en 2 de 3 períodos seguidos" not in texts(
        explain.explain_earning(data, result, 0)
    )
    assert "Cumple en 2 de 2 períodos seguidos" in texts(explain.explain_earning(data, result, 0))


def test_somebody_not_entitled_breaks_the_streak():
    plan = awards(award("two", 100, 20), in_a_row=2)
    plan["bonuses"][0]["common"]["min_rank"] = 1
    plan["ranks"][1]["requires"][0]["min"] = 200 * E4
    weeks = periods(plan, [("a", 200)], [("a", 150)], [("a", 200)], [("a", 200)])
    assert [money for _, _, money in weeks] == [{}, {}, {}, {"a": 20}]


def test_highest_only():
    """The last listed is paid; the others count as had and come no more."""
    plan = awards(award("low", 100, 10), award("high", 200, 50), highest_only=True)
    weeks = periods(plan, [("a", 250), ("b", 150)], [("a", 150), ("b", 250)])
    assert [money for _, _, money in weeks] == [{"a": 50, "b": 10}, {"b": 50}]


def test_goods_and_trips_have_a_value():
    plan = awards(award("trip", 100, 900, kind="trip"))
    data, result, money = periods(plan, [("a", 100)])[0]
    assert money == {"a": 900}
    assert "Trip (viaje)" in texts(explain.explain_earning(data, result, 0))


def test_what_an_award_needs():
    rule = rules.get("award")
    listed = [{"code": "x", "name": {}, "requires": [], "amount_e4": 0, "kind": "cash"}] * 2
    found = rule.check(rule.Params(awards=listed), {})
    assert [item.path[-1] for item in found] == ["amount", "requires", "code", "amount", "requires"]
    assert all(in_spanish(item) for item in found)
    assert rule.check(rule.Params(), {})[0].path == ("awards",)
