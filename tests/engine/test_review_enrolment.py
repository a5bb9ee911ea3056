# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pay for enrolment is refused (Ley 1700 de 2013)."""

import pytest
from review_kit import award, found, measure, one
from weeks import document, ranks

ENROLMENT = [
    measure("people"),
    measure("new", joined="period"),
    measure("times", "accumulated", of="people"),
    measure("both", "formula", formula="people + 2 * new"),
    measure("some", "met", requires=[{"measure": "people", "min": 3}]),
    measure("legs", "qualified_legs", rank="r1"),
]


@pytest.mark.parametrize("code", [item["code"] for item in ENROLMENT])
def test_an_award_for_people_who_joined(code):
    """r1 itself is reached by three people sponsored."""
    plan = document(
        award({"measure": code, "min": 1}),
        measures=ENROLMENT,
        ranks=[
            {"code": "r0", "name": "0"},
            {"code": "r1", "name": "1", "requires": [{"measure": "people", "min": 3}]},
        ],
    )
    severity, path, text = one(plan)
    assert (severity, path) == ("error", ("bonuses", 0, "params", "awards", 0, "requires"))
    assert "Ley 1700" in text


@pytest.mark.parametrize(
    "requires",
    [
        [{"measure": "people", "min": 3}, {"measure": "own_pv_period", "min": 1}],
        [{"measure": "active", "min": 3}],
        [{"measure": "buyers", "min": 3}],
        [{"measure": "legs", "min": 3}],
        [{"package": "P"}],
        [{"title": "r1"}],
    ],
)
def test_an_award_for_volume_is_sound(requires):
    plan = document(
        award(*requires),
        measures=[
            measure("people"),
            measure("active", state="active"),
            measure("own", "personal"),
            measure("buyers", measure="own", min=50),
            measure("legs", "qualified_legs", rank="r1"),
        ],
        ranks=ranks(0, 100),
        packages=[{"code": "P", "name": "P", "pct": 0, "months": 1}],
        activity={"period": "week", "pv": 50},
    )
    assert found(plan) == []


def test_an_alternative_without_volume_is_pay_for_enrolment():
    way = [[{"measure": "own_pv", "min": 50}], [{"measure": "m", "min": 3}]]
    assert one(document(award({"any": way}), measures=[measure()]))[0] == "error"


def test_active_people_without_a_least_are_no_volume():
    plan = document(award({"measure": "m", "min": 3}), measures=[measure(state="active")])
    assert one(plan)[0] == "error"


def test_contests_and_pools_for_people_who_joined():
    prizes = {"prizes": [{"amount": 5}], "start": "2026-08-17", "end": "2026-08-23", "min": 1}
    contest = {"rule": "contest", "params": {"measure": "m", **prizes}}
    assert one(document(contest, measures=[measure()]))[:2] == (
        "error",
        ("bonuses", 0, "params", "measure"),
    )
    pool = {"rule": "pool", "params": {"pct": 1, "points": "m"}}
    assert one(document(pool, measures=[measure()]))[1] == ("bonuses", 0, "params", "points")
