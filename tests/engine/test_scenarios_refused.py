# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a scenario cannot say is refused, in both languages, with file and line."""

import re

import pytest
from mlm_engine import scenario as scenarios
from mlm_engine.scenario import report
from mlm_engine.scenario.warnings import warnings
from mlm_engine.telling import problem_words
from scenario_kit import BASE, event, small


def errors(**changes):
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load({**BASE, **changes})
    return str(caught.value)


def people(*more):
    return [*BASE["distributors"], *more]


def sale(**changes):
    return [{**BASE["sales"][0], **changes}]


CASES = {
    "unknown key": ({"sale": []}, "unknown key 'sale'. Did you mean 'sales'?"),
    "unknown plan": ({"plan": "gano_excel_co_2025"}, "Did you mean 'gano_excel_co_2026'?"),
    "format": ({"scenario": 4}, "Write `scenario: 3`"),
    "no rate": ({"company": {}}, "no rate from USD to COP"),
    "another currency": (
        {"company": {"currency": "EUR", "rates": [{"from": "2026-01-01", "rate": 4500}]}},
        "'EUR' is not the company currency of the plan. Write `currency: COP`",
    ),
    "late rate": (
        {"company": {"rates": [{"from": "2026-09-01", "rate": 1}]}},
        "no rate is valid",
    ),
    "zone": ({"company": {**BASE["company"], "timezone": "Bogota"}}, "unknown time zone"),
    "gap in cycles": ({"cycles": [924, 926]}, "without a gap"),
    "unknown sponsor": (
        {"distributors": people({"code": "D", "sponsor": "E"})},
        "unknown distributor 'E'",
    ),
    "circle of sponsors": (
        {"distributors": people({"code": "D", "sponsor": "E"}, {"code": "E", "sponsor": "D"})},
        "D is in a circle of sponsors",
    ),
    "customer as sponsor": (
        {"distributors": people({"code": "D", "sponsor": "C"})},
        "C is a customer and cannot sponsor",
    ),
    "placed customer": (
        {
            "distributors": people(
                {
                    "code": "D",
                    "kind": "customer",
                    "sponsor": "A",
                    "place": {"parent": "A", "leg": "right"},
                }
            )
        },
        "a retail customer cannot hold a position",
    ),
    "two on one spot": (
        {"distributors": people({"code": "D", "place": {"parent": "A", "leg": "left"}})},
        "D and B are both on the left leg of A",
    ),
    "parent without place": (
        {
            "distributors": people(
                {"code": "D"}, {"code": "E", "place": {"parent": "D", "leg": "left"}}
            )
        },
        "D has no position at that time",
    ),
    "circle of places": (
        {"events": event(distributor="A", parent="B", leg="left")},
        "A would be below itself in the placement tree",
    ),
    "code twice": ({"distributors": people({"code": "A"})}, "code 'A' appears twice"),
    "not joined": (
        {
            "distributors": [
                {"code": "A"},
                {"code": "B", "sponsor": "A", "joined": "2026-08-19"},
            ]
        },
        "B has not joined yet",
    ),
    "unknown product": ({"sales": sale(lines=[{"product": "UPG-12"}])}, "Did you mean 'UPG-1-2'?"),
    "negative quantity": (
        {"sales": sale(lines=[{"product": "501", "qty": -1}])},
        "Use `refunds` to take goods back",
    ),
    "half a unit": ({"sales": sale(lines=[{"product": "501", "qty": 0.5}])}, "0.5 has more"),
    "outside the cycles": ({"sales": sale(paid="2026-08-30")}, "is outside the cycles"),
    "no date": ({"sales": sale(paid="yesterday")}, "Write YYYY-MM-DD"),
    "no retail price": (
        {"sales": sale(buyer="C", price_list="retail", lines=[{"product": "502"}])},
        "product 502 has no retail price",
    ),
    "suspended buyer": (
        {"events": [{"at": "2026-08-17", "type": "suspend", "distributor": "B"}]},
        "B is suspended: no volume",
    ),
    "refund of nothing": (
        {"refunds": [{"sale": "S2", "at": "2026-08-19"}]},
        "unknown sale 'S2'. Known: S1",
    ),
    "refund too early": ({"refunds": [{"sale": "S1", "at": "2026-08-17"}]}, "before sale S1"),
    "refund too much": (
        {"refunds": [{"sale": "S1", "at": "2026-08-19", "lines": [{"line": 1, "qty": 2}]}]},
        "only 1 left",
    ),
    "unknown event": ({"events": event(type="plaze")}, "Did you mean 'place'?"),
    "meaningless key": (
        {"events": [{"at": "2026-08-19", "type": "suspend", "distributor": "B", "leg": "left"}]},
        "'leg' does not apply to 'suspend'",
    ),
    "sponsor circle by event": (
        {"events": event(type="sponsor", distributor="A", sponsor="B")},
        "A would be below itself in the sponsor tree",
    ),
    "unplayed cycle": ({"expect": {925: {}}}, "cycle 925 is not computed"),
    "unknown bonus": (
        {"expect": {924: {"earnings": {"A": {"binry": 1}}}}},
        "Did you mean 'binary'?",
    ),
    "bad override": (
        {
            "plan": {
                "extends": "gano_excel_co_2026",
                "bonuses": [{"code": "binary", "params": {"inactive": "thaw"}}],
            }
        },
        "unknown value 'thaw'",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_impossible_input(case):
    changes, message = CASES[case]
    assert message in errors(**changes)


#: words that no Spanish sentence has, outside of what it quotes
ENGLISH = re.compile(
    r"\b(the|is|are|has|have|of|and|or|not|to|on|with|Write|Add|Known|Did|unknown)\b"
)


def told_in_spanish(problem):
    """Return text and remedy of a problem in Spanish, which have no English left."""
    found = problem_words.text(problem, "es"), problem_words.remedy(problem, "es")
    for said, english in zip(found, (problem.text, problem.remedy), strict=True):
        assert said != english or not english
        assert not ENGLISH.search(re.sub(r"`[^`]*`|'[^']*'", "", said)), said
    return found


@pytest.mark.parametrize("case", CASES)
def test_impossible_input_is_refused_in_spanish_too(case):
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load({**BASE, **CASES[case][0]})
    for problem in caught.value.problems:
        told_in_spanish(problem)


def test_warnings_are_spanish_too():
    plan = small(valid_from="2026-09-01")
    plan["withholding"] = {"rate": 0.1}
    found = warnings(scenarios.load(plan))
    assert [told_in_spanish(item) for item in found] == [
        (
            "los ciclos 924 a 925 empiezan antes que el plan, vigente desde 1 sep 2026",
            "Use ciclos posteriores, o escriba `valid_from: 2026-08-17`",
        ),
        (
            "`rate` dice 0,1 %, menos del uno por ciento: ¿serían 10 %?",
            "Escriba 10, o déjelo si 0,1 % es lo correcto",
        ),
    ]


def test_problems_say_file_and_line(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "scenario: 1\ntitle: Mine\nplan: gano_excel_co_2026\ncycles: [924]\n"
        "company: {rates: [{from: 2026-01-01, rate: 4500}]}\n"
        "distributors:\n  - code: A\n  - code: B\n    sponser: A\n"
        "sales:\n  - buyer: X\n    paid: 2026-08-18\n    lines: [{product: '501'}]\n",
        encoding="utf-8",
    )
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(path)
    assert str(caught.value).splitlines() == [
        f"{path}:9: distributors.1.sponser: unknown key 'sponser'. Did you mean 'sponsor'?",
        f"{path}:11: sales.0.buyer: unknown distributor 'X'. Known: A, B",
    ]
    path.write_text("scenario: [1\n", encoding="utf-8")
    with pytest.raises(scenarios.ScenarioError, match=r"mine.yaml:2: column 1: not valid YAML"):
        scenarios.load(path)


RICH = {
    **BASE,
    "opening": {
        "carry": {"A": {"binary": {"carry_left": 1}}},
        "packages": [{"distributor": "A", "package": "ESP-1", "at": "2026-08-01"}],
        "purchases": [{"distributor": "A", "cycle": 923, "pv": 1}],
        "titles": {"A": "oro"},
    },
    "refunds": [{"sale": "S1", "at": "2026-08-20", "lines": [{"line": 1, "qty": 1}]}],
    "events": event(type="terminate", now=True),
    "expect": {924: {"earnings": {"A": {"binary": 1}}, "ranks": {"A": "oro"}}},
}


JUNK = (None, -1, "x", [[None]], {"code": "A"}, 10**30, False, "1e999999999", "9" * 5000)


def _paths(value, path=()):
    yield path
    if isinstance(value, (dict, list)):
        keys = value if isinstance(value, dict) else range(len(value))
        for key in keys:
            yield from _paths(value[key], (*path, key))


def _replaced(value, path, new):
    if not path:
        return new
    copied = dict(value) if isinstance(value, dict) else list(value)
    copied[path[0]] = _replaced(value[path[0]], path[1:], new)
    return copied


@pytest.mark.parametrize("junk", JUNK, ids=repr)
def test_whatever_stands_there_is_read_or_refused(junk):
    """People write anything: a scenario plays, or all problems are named."""
    scenarios.play(scenarios.load(RICH))
    refused = 0
    for path in _paths(RICH):
        if not path:
            continue  # not even a document
        try:
            played = scenarios.play(scenarios.load(_replaced(RICH, path, junk)))
        except scenarios.ScenarioError as error:
            refused += 1
            assert error.problems
        else:
            report.document(played)
            report.differences(played)
    assert refused > 10
