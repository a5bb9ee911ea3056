# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a scenario expects of a bonus, by source and level."""

import pytest
from message_kit import SPLIT, differences
from mlm_engine import scenario as scenarios
from mlm_engine.scenario import report
from mlm_engine.telling import problem_words

PARTS = [
    {"source": "B", "amount": 10},
    {"source": "C", "level": 1, "amount": 20},
    {"source": "D", "level": 2, "amount": 20},
]


LEVELS = [{"level": 1, "amount": 30}, {"level": 2, "amount": 20}]


def test_a_bonus_is_expected_by_source_and_level():
    """A: 10 % of B's 100 and C's 200, 5 % of D's 400. B: 10 % of D's 400."""
    assert differences(PARTS + LEVELS) == []
    assert differences([{"source": "C", "level": 1, "amount": 21}]) == [
        "earnings.A.uni.C.1: expected 21, got 20"
    ]
    assert differences([{"source": "C", "level": 2, "amount": 0}]) == []


def test_what_is_complete_names_the_whole_of_a_bonus():
    """A part names no more than itself; parts that overlap say the same twice."""
    assert differences(PARTS, complete=True) == differences(LEVELS, complete=True) == []
    assert differences([{"level": 99, "amount": 0}], complete=True) == [
        "earnings.A.uni: expected 0, got 50"
    ]
    assert differences(LEVELS[:1], complete=True) == ["earnings.A.uni: expected 30, got 50"]
    assert differences(PARTS + LEVELS, complete=True) == ["earnings.A.uni: expected 100, got 50"]
    data = {**SPLIT, "expect": {924: {"earnings": {"A": {"uni": 50}}, "complete": True}}}
    found = report.differences(scenarios.play(scenarios.load(data)))
    assert [str(item) for _n, item in found] == ["earnings.B.uni: expected nothing, got 40"]


def test_a_part_stands_once():
    """The last of two would be compared and the other believed."""
    with pytest.raises(scenarios.ScenarioError) as caught:
        differences([*LEVELS, {"level": 1, "amount": 31}])
    where = "expect.924.earnings.A.uni.2: this part appears twice"
    assert str(caught.value) == where
    assert problem_words.of_error(caught.value, "es").endswith(
        "uni.2: esta parte aparece dos veces"
    )
    assert differences([{"source": "C", "level": 1, "amount": 20}, *LEVELS]) == []


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"amount": 1}, "a part of a bonus needs a source, a level or both"),
        ({"source": "X", "amount": 1}, "unknown code 'X'. Known: A, B, C, D"),
        ({"source": "B"}, "'amount' is missing"),
        ({"source": "B", "amount": 1, "generation": 1}, "unknown key 'generation'"),
        ({"level": "x", "amount": 1}, "'x' is not a number"),
    ],
)
def test_a_part_that_cannot_be_read(part, message):
    with pytest.raises(scenarios.ScenarioError) as caught:
        differences([part])
    assert message in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
