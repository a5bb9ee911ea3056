# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway: groups of heads, the guarantee, the rule for keeping the bonus."""

import pytest
from group_kit import texts
from mlm_engine.kernel.codes import Reason
from mlm_engine.rules._groups.heads import nearest_above
from mlm_engine.telling import explain
from weeks import check_laws, document, ints, play, ranks, rows_of

CHAIN = {"S": None, "R": "S", "D": "R"}


def flat(rates=(4,), minima=(0, 1000), **params):
    bonus = {
        "rule": "breakaway",
        "active_only": False,
        "params": {"rank": "r1", "rates": list(rates), **params},
    }
    return document(bonus, ranks=ranks(*minima))


def test_nearest_above_is_right_in_any_shape():
    parent = ints([-1, 0, 1, 2, 1, -1, 5])
    mask = ints([1, 0, 1, 0, 0, 0, 1]) > 0
    assert nearest_above(parent, mask).tolist() == [-1, 0, 0, 2, 0, -1, -1]
    chain = ints(range(-1, 999))
    head = ints([0] * 1000)
    head[[3, 700]] = 1
    near = nearest_above(chain, head > 0)
    assert near.tolist() == [-1] * 4 + [3] * 697 + [700] * 299


def test_leadership_with_guarantee():
    """compensation.md §2.2: threshold 30,000, own leg 20,000: due 1,200, covers 400."""
    sales = [("S", 2000), ("R", 20000), ("D", 30000)]
    data, result, money = play(flat(guarantee=30000), CHAIN, sales)
    assert money == {"breakaway": {"S": 1200, "R": 800}}
    check_laws(result)
    rows = result.earnings
    assert rows.scale_e4.sum() == 0
    assert rows.reason.tolist() == [0, Reason.GUARANTEE]
    assert rows_of(result)[1] == (1, 2, 1, 30000, 4, 800, 400)
    told = texts(explain.explain_earning(data, result, 1))
    assert "30.000 CV × 4" not in told and "30.000 × 4 % = 1.200" in told
    assert "Garantía del patrocinador: -400" in told and "Queda 800" in told
    told = texts(explain.explain_earning(data, result, 0, lang="en"))
    assert "Guarantee received from the head of the group: +400" in told


def test_without_guarantee():
    sales = [("S", 2000), ("R", 20000), ("D", 30000)]
    assert play(flat(), CHAIN, sales)[2] == {"breakaway": {"S": 800, "R": 1200}}


def test_a_receiver_gives_what_it_has_and_no_more():
    """R is due 4 % of 500,000 - 20,000 but earned 1,200 only."""
    sales = [("S", 2000), ("R", 20000), ("D", 30000)]
    _, result, money = play(flat(guarantee=500000), CHAIN, sales)
    assert money == {"breakaway": {"S": 2000}}
    check_laws(result)


def test_guarantee_without_own_group_volume_gets_a_row_of_its_own():
    people = {**CHAIN, "E": "D"}
    sales = [("S", 2000), ("R", 0, 1000), ("D", 30000), ("E", 30000)]
    _, result, money = play(flat(guarantee=30000), people, sales)
    assert money == {"breakaway": {"S": 1200, "D": 1200}}
    assert (0, 1, 1, 0.0, 4.0, 1200.0, 0.0) in rows_of(result)
    check_laws(result)


def test_guarantee_received_is_passed_on():
    """From the deepest up: D covers R's guarantee, R covers S's out of it."""
    people = {**CHAIN, "E": "D"}
    sales = [("S", 2000), ("R", 20000), ("D", 20000), ("E", 30000)]
    _, _, money = play(flat(guarantee=30000), people, sales)
    # D: 1200 - 400; R: 800 + 400 - 400; S: 800 + 400
    assert money == {"breakaway": {"S": 1200, "R": 800, "D": 800}}


def test_nothing_is_owed_to_somebody_not_entitled():
    plan = flat(guarantee=30000)
    plan["bonuses"][0]["requires"] = [{"measure": "own_pv_period", "min": 3000}]
    sales = [("S", 2000), ("R", 20000), ("D", 30000)]
    _, result, money = play(plan, CHAIN, sales)
    assert money == {"breakaway": {"R": 1200}}
    assert result.earnings.reason.tolist() == [Reason.NOT_QUALIFIED, 0]


def test_keep_rule():
    """One head and a small own group: nothing is kept after the guarantee."""
    sales = [("S", 2000), ("R", 20000, 1500), ("D", 30000)]
    plan = flat(guarantee=30000, keep_heads=2, keep_group=4000)
    _, result, money = play(plan, CHAIN, sales)
    # S has one head too and a group of 2,000 PV
    assert money == {}
    assert result.earnings.reason.tolist() == [Reason.GROUP_TOO_SMALL] * 2
    assert result.earnings.breakage_e4.tolist() == [800 * 10**4, 1200 * 10**4]
    check_laws(result)
    plan = flat(guarantee=30000, keep_heads=1, keep_group=4000)
    assert play(plan, CHAIN, sales)[2] == {"breakaway": {"S": 1200, "R": 800}}


def test_generations_count_heads_only():
    people = {"A": None, "B": "A", "x": "B", "C": "x", "y": "C", "D": "y"}
    sales = [(name, 1000) for name in "ABCD"] + [("x", 100), ("y", 50)]
    _, result, money = play(flat(rates=(4, 2)), people, sales)
    # groups: B 1,100, C 1,050, D 1,000
    assert money["breakaway"] == {"A": 44 + 21, "B": 42 + 20, "C": 40}
    check_laws(result)


def test_levels_by_rank():
    plan = flat(rates=(4, 2), minima=(0, 1000, 2000), levels_by_rank={"r1": 1, "r2": 2})
    people = {"A": None, "B": "A", "C": "B"}
    sales = [("A", 1000), ("B", 1000), ("C", 1000)]
    _, result, money = play(plan, people, sales)
    assert money == {"breakaway": {"A": 40, "B": 40}}
    assert Reason.NOT_UNLOCKED in result.earnings.reason
    sales[0] = ("A", 2000)
    assert play(plan, people, sales)[2] == {"breakaway": {"A": 60, "B": 40}}


def test_brk_01():
    """BRK-01: pool 40 %, difference (7 - 5) % of 500 CV = 4.00; nothing for Dan."""
    people = {"Dan": None, "Pat": "Dan", "Gina": "Pat", "Sam": "Gina", "Mike": "Sam"}
    people["Beth"] = "Gina"
    plan = document(
        {
            "rule": "breakaway",
            "active_only": False,
            "params": {
                "rank": "gold",
                "mode": "differential",
                "rates_of_rank": {"gold": 2, "platinum": 2.8, "diamond": 3.6},  # 40 % of 5, 7, 9
                "min_pct": 0.4,
            },
        },
        ranks=[{"code": "member", "name": "Member"}]
        + [
            {"code": code, "name": code, "requires": [{"measure": "own_pv_period", "min": least}]}
            for code, least in (
                ("bronze", 10),
                ("silver", 20),
                ("gold", 30),
                ("platinum", 40),
                ("diamond", 50),
            )
        ],
    )
    # ranks by PV without CV, so that only the two orders make volume
    sales = [("Dan", 0, 50), ("Pat", 0, 40), ("Gina", 0, 30), ("Sam", 0, 20), ("Beth", 200, 10)]
    sales.append(("Mike", 300, 5))
    data, result, money = play(plan, people, sales)
    assert money == {"breakaway": {"Pat": 4.0}}
    told = texts(explain.explain_earning(data, result, 0))
    assert "0,8 %: diferencia entre platinum y gold, al menos 0,4 %" in told
    assert "Grupo de #103: 500 CV = 0 propio + 500 de 3 personas debajo" in told


def test_least_percentage():
    plan = flat()
    plan["bonuses"][0]["params"] = {
        "rank": "r1",
        "mode": "differential",
        "rates_of_rank": {"r1": 5},
        "min_pct": 1,
    }
    sales = [("S", 1000), ("R", 2000)]
    assert play(plan, {"S": None, "R": "S"}, sales)[2] == {"breakaway": {"S": 20}}


def test_returns_reduce_the_group():
    sales = [("S", 1000), ("R", 2000), ("R", -500)]
    assert play(flat(), {"S": None, "R": "S"}, sales)[2] == {"breakaway": {"S": 60}}
    sales = [("S", 1000), ("R", 1500), ("R", -500), ("x", -1500)]
    assert play(flat(), {"S": None, "R": "S", "x": "R"}, sales)[2] == {}


@pytest.mark.parametrize("lang", ["es", "en"])
def test_absence_is_explained(lang):
    plan = flat()
    plan["bonuses"][0]["requires"] = [{"measure": "own_pv_period", "min": 1200}]
    people = {**CHAIN, "x": "S"}
    data, result, _ = play(plan, people, [("S", 1100), ("R", 2000), ("x", 5)])
    told = texts(explain.explain_absence(data, result, 0, 0, lang=lang))
    assert ("1.100 de 1.200 (faltan 100)" if lang == "es" else "1,100 of 1,200 (100 missing)") in (
        told
    )
    assert "R1" in texts(explain.explain_absence(data, result, 0, 1, lang=lang))
    assert "R0" in texts(explain.explain_absence(data, result, 0, 3, lang=lang))


def test_volume_behind_a_group():
    data, result, _ = play(flat(), {"S": None, "R": "S", "x": "R"}, [("S", 1000), ("R", 1500)])
    row, weight, share = explain.volume_behind(data, result, 0)
    assert (row.tolist(), weight.tolist(), share.tolist()) == ([1], [1500 * 10**4], [60 * 10**4])
