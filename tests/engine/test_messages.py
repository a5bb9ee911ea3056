# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What readers say: one message for one cause, that names what is known or allowed."""

import copy

import pytest
from mlm_engine import scenario as scenarios
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import read_document
from mlm_engine.scenario import report
from mlm_engine.telling import plan_findings, problem_words

GANO = read_document("gano_excel_co_2026").data
BASE = {
    "scenario": 2,
    "title": "Base",
    "plan": "gano_excel_co_2026",
    "cycles": [924],
    "company": {"rates": [{"from": "2026-01-01", "rate": 4500}]},
    "distributors": [
        {"code": "A", "place": "root"},
        {"code": "B", "sponsor": "A", "place": {"parent": "A", "leg": "left"}},
    ],
}
WEEK = {"kind": "days", "days": 7, "anchor_number": 924, "anchor_start": "2026-08-17"}


def said(change):
    """Return what the validator says about the Gano plan after a change, in English."""
    data = copy.deepcopy(GANO)
    change(data)
    return [
        " ".join((one["text"]["en"], one["remedy"]["en"])).strip()
        for one in plan_findings.findings_of(data)[1]
        if one["severity"] == "error"
    ]


def put(*path, value):
    def change(data):
        for part in path[:-1]:
            data = data[part]
        data[path[-1]] = value

    return change


def without(*path):
    def change(data):
        for part in path[:-1]:
            data = data[part]
        del data[path[-1]]

    return change


QUOTES = "Put it in quotes: yes, no, on and off mean true and false in YAML"
ONE_CAUSE = {
    "another kind of period": (
        put("periods", "week", "kind", value="quarter"),
        "unknown value 'quarter' Known: days, month, weeks_of_month",
    ),
    "no kind of period": (
        without("periods", "week", "kind"),
        "'kind' is missing Known: days, month, weeks_of_month",
    ),
    "a period that is a word": (
        put("periods", "week", value="weekly"),
        "a mapping (key: value) is needed",
    ),
    "no periods": (without("periods"), "'periods' is missing Add `periods: …` here"),
    "no days": (without("periods", "week", "days"), "'days' is missing Add `days: …` here"),
    "a rule that there is not": (
        put("bonuses", 1, "rule", value="binry"),
        "unknown rule 'binry' Did you mean 'binary'?",
    ),
    "no rule": (without("bonuses", 1, "rule"), "'rule' is missing Add `rule: …` here"),
    "no code": (without("bonuses", 1, "code"), "'code' is missing Add `code: …` here"),
    "a code of yes or no": (
        put("catalog", 0, "code", value=False),
        f"a word that means yes or no in YAML {QUOTES}",
    ),
    "a name of yes or no": (
        put("bonuses", 1, "name", value=False),
        f"a word that means yes or no in YAML {QUOTES}",
    ),
    "a list for a name": (
        put("bonuses", 1, "name", value=["a"]),
        "a name is needed Write a text, or {es: …, en: …}",
    ),
    "a currency of yes or no": (
        put("currency", "base", value=False),
        f"a word that means yes or no in YAML {QUOTES}",
    ),
    "a product without price": (
        without("catalog", 0, "price"),
        "'price' is missing Add `price: …` here",
    ),
    "too many decimals": (
        put("catalog", 0, "pv", value="1.23456"),
        "'1.23456' has more than 4 decimals Round it",
    ),
    "too large": (
        put("catalog", 0, "pv", value="1e30"),
        "'1e30' is too large Write a smaller number",
    ),
    "no number": (
        put("catalog", 0, "pv", value="much"),
        "'much' is not a number Write a plain decimal number",
    ),
    "a count that is none": (
        put("periods", "week", "days", value=10**7),
        "10000000 is more than 3660",
    ),
}


@pytest.mark.parametrize("case", ONE_CAUSE)
def test_one_cause_gives_one_message(case):
    change, message = ONE_CAUSE[case]
    assert said(change) == [message]


@pytest.mark.parametrize(
    "change",
    [
        put("bonuses", 1, "period", value="quarter"),
        put("activity", "period", value="quarter"),
        put("rank_policy", value={"period": "quarter"}),
        put("bonuses", 1, "min_rank", value="gold"),
        put("bonuses", 1, "tree", value="grid"),
        put("payout", value={"floor_bonus": "x"}),
        put("trees", value=["sponsor", {"code": "placement", "kind": "ternary"}]),
    ],
)
def test_what_is_known_is_listed(change):
    found = said(change)
    assert found
    assert any("Known: " in one or "Did you mean" in one for one in found)
    assert not any("None" in one for one in found)


def test_where_nothing_is_known_the_message_says_so():
    def change(data):
        del data["ranks"]
        data["bonuses"][1]["min_rank"] = "gold"

    assert "unknown code 'gold' The plan declares no `ranks`" in said(change)


def test_a_scenario_says_where_a_plan_declares_nothing():
    data = {**SPLIT, "expect": {924: {"ranks": {"A": "gold"}}}}
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(data)
    assert str(caught.value) == ("expect.924.ranks.A: unknown value 'gold'. The plan declares none")


def test_codes_keep_their_characters():
    """000012 is no twelve, and `no` as a key is a code like any other."""
    read = read_yaml("a: 000012\nb: 12_34\nno: 1\n0012: 2\nc: 1.10\n").data
    assert read == {"a": "000012", "b": "12_34", "no": 1, "0012": 2, "c": read["c"]}
    data = {
        **BASE,
        "distributors": [
            {"code": "000012", "place": "root"},
            {"code": read["c"], "sponsor": "000012"},
        ],
    }
    assert [one.code for one in scenarios.load(data).distributors] == ["000012", "1.10"]
    data["distributors"][1]["code"] = False
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(data)
    assert str(caught.value) == (
        f"distributors.1.code: a word that means yes or no in YAML. {QUOTES}"
    )


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"distributors": "x"}, "distributors: a list is needed. Begin each item with '- '"),
        ({"cycles": ["x"]}, "cycles.0: 'x' is not a number. Write the number of a cycle, e.g. 924"),
        (
            {"plan": None},
            "plan: which plan? Here stands nothing. Write a name, `{extends: name, …}` or a whole plan",
        ),
        (
            {"title": False},
            f"title: a word that means yes or no in YAML. {QUOTES}",
        ),
        (
            {"events": [{"at": "2026-08-19", "type": "place", "distributor": "B", "parent": "C"}]},
            "events.0.parent: unknown distributor 'C'. Known: A, B",
        ),
    ],
)
def test_a_scenario_says_one_thing_about_one_cause(change, message):
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load({**BASE, **change})
    lines = str(caught.value).splitlines()
    assert lines[0] == message
    assert len(lines) == 1 or "leg" in lines[1]


def test_every_sentence_for_people_is_spanish_too():
    for change, _message in ONE_CAUSE.values():
        data = copy.deepcopy(GANO)
        change(data)
        for one in plan_findings.findings_of(data)[1]:
            assert one["text"]["es"] != one["text"]["en"]
            assert not one["remedy"]["en"] or one["remedy"]["es"] != one["remedy"]["en"]


def test_two_heads_of_one_tree_are_refused():
    data = {
        **BASE,
        "distributors": [{"code": "A", "place": "root"}, {"code": "B", "place": "root"}],
    }
    with pytest.raises(scenarios.ScenarioError, match="B and A are both the head of one tree"):
        scenarios.load(data)


SPLIT = {
    "scenario": 2,
    "title": "By source and level",
    "plan": {
        "plan": "split",
        "name": "Split",
        "version": 1,
        "currency": {"base": "USD", "company": "USD"},
        "rounding": {"mode": "half_up", "unit": 0.01},
        "periods": {"week": WEEK},
        "bonuses": [
            {
                "code": "uni",
                "name": "Uni",
                "rule": "unilevel",
                "active_only": False,
                "params": {"rates": [10, 5]},
            }
        ],
    },
    "cycles": [924],
    "distributors": [
        {"code": "A"},
        {"code": "B", "sponsor": "A"},
        {"code": "C", "sponsor": "A"},
        {"code": "D", "sponsor": "B"},
    ],
    "sales": [
        {"buyer": who, "paid": "2026-08-18", "lines": [{"pv": 0, "cv": cv}]}
        for who, cv in (("B", 100), ("C", 200), ("D", 400))
    ],
}
PARTS = [
    {"source": "B", "amount": 10},
    {"source": "C", "level": 1, "amount": 20},
    {"source": "D", "level": 2, "amount": 20},
]
LEVELS = [{"level": 1, "amount": 30}, {"level": 2, "amount": 20}]


def differences(parts, complete=False):
    earnings = {"A": {"uni": parts}, "B": {"uni": [{"level": 1, "amount": 40}]}}
    data = {**SPLIT, "expect": {924: {"earnings": earnings, "complete": complete}}}
    return [str(item) for _n, item in report.differences(scenarios.play(scenarios.load(data)))]


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
    where = "expect.924.earnings.A.uni.2: this part stands twice"
    assert str(caught.value) == where
    assert problem_words.of_error(caught.value, "es").endswith("uni.2: esta parte está dos veces")
    assert differences([{"source": "C", "level": 1, "amount": 20}, *LEVELS]) == []


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ({"amount": 1}, "a part of a bonus from whom, or of which level?"),
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


def test_a_question_needs_no_full_stop():
    with pytest.raises(scenarios.ScenarioError) as caught:
        differences([{"amount": 1}])
    assert str(caught.value).endswith("of which level? Add `source: CODE`, `level: 1` or both")
    assert problem_words.of_error(caught.value, "es").endswith(
        "de qué nivel? Añada `source: CÓDIGO`, `level: 1` o ambos"
    )


def test_further_positions_have_codes_of_their_own():
    data = copy.deepcopy(BASE)
    data["distributors"][0]["place"] = [
        {"parent": "B", "leg": "left", "at": "2026-08-20"},
        "root",
        {"parent": "A", "leg": "right", "at": "2026-08-18"},
    ]
    data["distributors"].append(
        {"code": "C", "sponsor": "A", "place": {"parent": "A-3", "leg": "left", "at": "2026-08-21"}}
    )
    scenario = scenarios.load(data)
    assert [(one.code, one.parent) for one in scenario.person("A").places] == [
        ("A", None),
        ("A-2", "A"),
        ("A-3", "B"),
    ]
    data["distributors"].append({"code": "A-2", "sponsor": "A"})
    with pytest.raises(scenarios.ScenarioError, match="would have the code of another person, A-2"):
        scenarios.load(data)


def in_trees(places, **sections):
    """Return a scenario of A at these places, in the trees `placement` and `grid`."""
    trees = [
        {"code": "placement", "kind": "binary"},
        {"code": "grid", "kind": "matrix", "width": 3},
    ]
    pairs = {
        "code": "pairs",
        "name": "Pairs",
        "rule": "binary",
        "tree": "placement",
        "params": {"pct_from": ["fixed"], "fixed_pct": 10},
    }
    data = copy.deepcopy(SPLIT)
    bonuses = [*data["plan"]["bonuses"], pairs]
    data["plan"].update(trees=trees, bonuses=bonuses, activity={"period": "week", "pv": 0})
    data["distributors"] = [
        {"code": "A", "place": places},
        {"code": "B", "sponsor": "A", "place": {"parent": "A", "leg": "right"}},
    ]
    return {**data, "sales": [], **sections}


def test_the_first_tree_is_the_same_named_or_not():
    places = ["root", {"tree": "placement", "parent": "A", "leg": "left"}]
    below = {"code": "C", "sponsor": "A", "place": {"parent": "A-2", "leg": "left"}}
    data = in_trees(places)
    data["distributors"].append(below)
    assert [one.code for one in scenarios.load(data).person("A").places] == ["A", "A-2"]
    data["distributors"].append({"code": "A-2", "sponsor": "A"})
    with pytest.raises(scenarios.ScenarioError, match="would have the code of another person, A-2"):
        scenarios.load(data)


def test_what_is_carried_stands_in_the_tree_of_its_bonus():
    grid = [{"tree": "grid"}, {"tree": "grid", "parent": "A", "leg": 1}]
    opening = {"carry": {"A-2": {"pairs": {"carry_left": 5}}}}
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(in_trees(["root", *grid], opening=opening))
    assert str(caught.value) == (
        "opening.carry.A-2.pairs: A-2 is no position in the tree of pairs. Choose a position of "
        "that tree"
    )
    assert problem_words.of_error(caught.value, "es") == (
        "opening.carry.A-2.pairs: A-2 no es una posición del árbol de pairs. Elija una posición "
        "de ese árbol"
    )
    places = ["root", {"parent": "A", "leg": "left"}]
    played = scenarios.play(scenarios.load(in_trees(places, opening=opening)))
    assert report.document(played)["cycles"][0]["carry"] == {"A-2": {"pairs": {"carry_left": "5"}}}
    # an unknown tree is said once, not again about what stands in it
    with pytest.raises(scenarios.ScenarioError, match="unknown tree 'gird'") as caught:
        scenarios.load(in_trees(["root", {**grid[1], "tree": "gird"}], opening=opening))
    assert "no position" not in str(caught.value)


SOLD = {
    "sales": [
        {"id": "S1", "buyer": "B", "paid": "2026-08-18", "lines": [{"pv": 1, "cv": 1, "qty": 3}]}
    ],
    "refunds": [
        {"sale": "S1", "at": "2026-08-19", "lines": [{"line": 1, "qty": qty}]} for qty in (2, 1)
    ],
    "events": [{"at": "2026-08-20", "type": "suspend", "distributor": "B"}],
    "expect": {924: {"earnings": {}}},
}


def sold(**change):
    """Return ``SOLD`` with another line of the sale, or another first refund."""
    data = copy.deepcopy({**BASE, **SOLD})
    data["sales"][0]["lines"][0].update(change.pop("line", {}))
    data["refunds"][0]["lines"][0].update(change.pop("refund", {}))
    return {**data, **change}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            sold(cycles=[99999999999]),
            "cycles.0: cycle 99999999999 lies outside the years 1900 to 2200. Cycle 924 begins on "
            "2026-08-17",
        ),
        (sold(cycles=[924, 926]), "cycles: cycles must follow each other without a gap"),
        (
            sold(distributors=[{"code": "A", "place": "root"}, {"code": False, "sponsor": "A"}]),
            f"distributors.1.code: a word that means yes or no in YAML. {QUOTES}",
        ),
        (
            sold(line={"qty": 10**14}),
            f"sales.0.lines.0.qty: {10**14} is more than 1000000",
        ),
        (
            sold(line={"qty": 0}),
            "sales.0.lines.0.qty: quantity 0 is not positive. Take goods back by `refunds`",
        ),
        (sold(refund={"qty": 30}), "refunds.0.lines.0: only 3 left to refund on this line"),
    ],
)
def test_what_follows_from_a_mistake_is_no_second_one(data, message):
    assert scenarios.load({**BASE, **SOLD}).refunds
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(data)
    assert str(caught.value) == message


def test_a_cap_of_a_bonus_that_there_is_not_is_said_once():
    found = said(put("caps", value=[{"code": "c", "name": "C", "bonuses": ["zz"], "amount": 5}]))
    assert len(found) == 1 and found[0].startswith("unknown code 'zz'")
