# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contest."""

from datetime import date

import pytest
from group_kit import periods, texts
from mlm_engine import plans, rules
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.exact import E4
from mlm_engine.plan import schema
from mlm_engine.telling import explain
from review_kit import in_spanish
from weeks import document


def contest(start="2026-08-17", end="2026-08-30", **params):
    params.setdefault("prizes", [{"place": 1, "amount": 100}])
    bonus = {
        "rule": "contest",
        "active_only": False,
        "params": {"measure": "own_pv_period", "start": start, "end": end, **params},
    }
    return plans.load_plan(document(bonus))


PRIZES = [{"place": place, "amount": amount} for place, amount in ((1, 100), (2, 50), (3, 25))]


def test_first_places_share_the_better_place():
    """300, 200, 200 and 90: first, second twice, no third."""
    plan = contest(mode="top", prizes=PRIZES)
    weeks = periods(plan, [("a", 300), ("b", 100)], [("b", 100), ("c", 200), ("d", 90)], [("d", 1)])
    assert [money for _, _, money in weeks] == [{}, {"a": 100, "b": 50, "c": 50}, {}]
    data, result, _ = weeks[1]
    assert "PV propio del ciclo: 200, puesto 2 | Premio: dinero" in texts(
        explain.explain_earning(data, result, 1)
    )
    assert "PV propio del ciclo: 90, puesto 4" in texts(explain.explain_absence(data, result, 0, 3))
    assert "Se premia el 30 ago 2026" in texts(explain.explain_absence(*weeks[0][:2], 0, 3))
    assert "El concurso va del 17 ago 2026 al 30 ago 2026" in texts(
        explain.explain_absence(*weeks[2][:2], 0, 3)
    )


def test_standings_are_measures_and_carried_until_the_end():
    plan = contest(mode="top", prizes=PRIZES)
    weeks = periods(plan, [("a", 300), ("b", 100)], [("b", 400)], [("d", 1)])

    def figures(week, code):
        found = weeks[week][1].measures
        return found.value[found.measure == code].tolist()

    assert figures(0, Measure.STANDING) == [300 * E4, 100 * E4]
    assert figures(0, Measure.PLACE) == [1, 2]
    assert figures(1, Measure.FINAL_STANDING) == [300 * E4, 500 * E4]
    assert figures(1, Measure.PLACE) == [2, 1]
    assert weeks[0][1].state_value.size == 2
    assert weeks[1][1].state_value.size == weeks[2][1].state_value.size == 0
    assert weeks[1][2] == {"b": 100, "a": 50}


def test_threshold():
    plan = contest(min=250)
    weeks = periods(plan, [("a", 300), ("b", 100)], [("b", 150), ("c", 249)])
    assert [money for _, _, money in weeks] == [{}, {"a": 100, "b": 100}]


@pytest.mark.parametrize(
    ("start", "end", "paid"),
    [
        # the first week's last day is before the contest: only the second counts
        ("2026-08-24", "2026-08-30", [{}, {"b": 100}, {}]),
        # the week of the last day pays but does not count
        ("2026-08-17", "2026-08-26", [{}, {"a": 100}, {}]),
        ("2026-08-17", "2026-08-23", [{"a": 100}, {}, {}]),
    ],
)
def test_which_periods_count_and_which_one_pays(start, end, paid):
    plan = contest(start, end, mode="top")
    weeks = periods(plan, [("a", 300)], [("b", 200)], [("c", 900)])
    assert [money for _, _, money in weeks] == paid


def test_only_entitled_people_stand_in_the_ranking():
    plan = contest(mode="top", prizes=PRIZES)
    weeks = periods(plan, [("a", 300), ("b", 200)], [("c", 100)], member_state=[1, 0, 0, 0])
    assert weeks[1][2] == {"b": 100, "c": 50}


def test_counts_are_summed_as_points():
    plan = document(
        {
            "rule": "contest",
            "active_only": False,
            "params": {
                "measure": "firsts",
                "start": "2026-08-17",
                "end": "2026-08-23",
                "min": 3,
                "prizes": [{"amount": 70}],
            },
        },
        measures=[{"code": "firsts", "name": "Firsts", "kind": "sponsored"}],
    )
    # the validator refuses it: pay for enrolment alone
    plan, problems = schema.canonical(plan)
    assert not problems
    assert periods(plan, [("a", 1)])[0][2] == {"a": 70}


def test_what_a_contest_needs():
    rule = rules.get("contest")
    day = date(2026, 8, 17).toordinal()
    whole = {"measure": {"kind": "figure"}, "start": day, "end": day + 6, "min_e4": 1}
    prize = {"place": 1, "amount_e4": 1, "kind": "cash"}

    def paths(**params):
        found = rule.check(rule.Params(**{**whole, "prizes": [prize], **params}), {})
        assert all(in_spanish(item) for item in found)
        return [item.path for item in found]

    assert paths() == []
    assert paths(measure=None, start=None) == [("measure",), ("start",)]
    assert paths(end=day - 1) == [("end",)]
    assert paths(prizes=[]) == paths(prizes=[prize, prize]) == [("prizes",)]
    assert paths(prizes=[prize, {**prize, "place": 2}]) == [("prizes",)]
    assert paths(prizes=[prize, {**prize, "place": 2}], mode="top") == []
    assert paths(min_e4=0) == [("min",)]
