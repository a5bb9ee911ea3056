# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What readers say: one message for one cause, that names what is known or allowed."""

import copy

import pytest
from message_kit import BASE, SPLIT
from mlm_engine import scenario as scenarios
from mlm_engine.plan import finding
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import read_document
from mlm_engine.telling import plan_findings

GANO = read_document("gano_excel_co_2026").data


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
    "not a number": (
        put("catalog", 0, "pv", value="much"),
        "'much' is not a number Write a plain decimal number",
    ),
    "a word for an entry that others name": (
        put("bonuses", 1, value="gold"),
        "a mapping (key: value) is needed",
    ),
    "not a date": (
        put("bonuses", 1, "from", value="soon"),
        "'soon' is not a date Write it as YYYY-MM-DD",
    ),
    "a package that nobody declares": (
        put("catalog", 0, "package", value="gold"),
        "unknown code 'gold' Known: KIT, ESP-1, ESP-2, ESP-3",
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
            "plan: the plan is missing; this says nothing. Write a name, `{extends: name, …}` or a whole plan",
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


def test_a_question_needs_no_full_stop():
    assert finding.joined("was 40 % meant?", "Write 40") == "was 40 % meant? Write 40"
    assert finding.joined("not a number", "Write one") == "not a number. Write one"


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
            "cycles.0: cycle 99999999999 is outside the years 1900 to 2200. Cycle 924 begins on "
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
            "sales.0.lines.0.qty: quantity 0 is not positive. Use `refunds` to take goods back",
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
