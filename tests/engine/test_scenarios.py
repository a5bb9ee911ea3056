# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every scenario file plays and finds what it expects; bad files say where."""

import dataclasses
import io
import json
import re
from pathlib import Path

import pytest
from mlm_engine import scenario as scenarios
from mlm_engine.scenario import cli, model, report
from mlm_engine.scenario.warnings import warnings
from mlm_engine.telling import problem_words
from weeks import document

FOLDER = Path(__file__).parents[1] / "scenarios"
FILES = sorted(FOLDER.glob("*.yaml"))
GOLDENS = (
    *(f"GX-GEN5-{number}" for number in ("01", "02", "03", "05", "07", "10")),
    *(f"GX-BIN-{number}" for number in ("02", "03", "06", "07", "08", "09")),
    *("GX-PV-01", "GX-PV-03", "GX-RETAIL-01", "GX-CAL-01", "GX-CAL-03"),
    "LEG-01",
)
UNIT_CASES = {
    "GX-BIN-01": "test_examples.py",
    "GX-BIN-10": "test_examples.py",
    "BINV-01": "test_binary.py",
    "BINV-03": "test_binary.py",
    "BINV-04": "test_binary.py",
    "GX-KIT-01": "test_plan.py",
}

BASE = {
    "scenario": 1,
    "title": "Base",
    "plan": "gano_excel_co_2026",
    "cycles": [924],
    "company": {"rates": [{"from": "2026-01-01", "rate": 4500}]},
    "distributors": [
        {"code": "A", "place": "root"},
        {"code": "B", "sponsor": "A", "place": {"parent": "A", "leg": "left"}},
        {"code": "C", "sponsor": "A", "kind": "customer"},
    ],
    "sales": [{"id": "S1", "buyer": "B", "paid": "2026-08-18", "lines": [{"product": "501"}]}],
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scenario(path):
    played = scenarios.play(scenarios.load(path))
    assert [str(item) for _, item in report.differences(played)] == []
    assert played.scenario.source and played.scenario.expect
    json.dumps(report.document(played))


def test_every_worked_example_has_a_case():
    texts = "".join(path.read_text(encoding="utf-8") for path in FILES)
    assert [golden for golden in GOLDENS if golden not in texts] == []
    for golden, name in UNIT_CASES.items():
        assert golden in (Path(__file__).parent / name).read_text(encoding="utf-8")


def test_command(tmp_path):
    out = io.StringIO()
    path = str(FOLDER / "gx_bin_03_rollover.yaml")
    assert cli.main([path, "--json"], out) == 0
    cycles = json.loads(out.getvalue())["cycles"]
    assert [cycle["number"] for cycle in cycles] == [924, 925]
    first = cycles[0]
    assert first["earnings"] == {"ANA": {"binary": "585000.00"}}
    assert first["carry"]["ANA"] == {"binary": {"carry_left": "56", "carry_right": "55240"}}
    assert (first["debit"], first["credit"]) == ("585000.00", "585000.00")
    assert (first["withheld"], first["payable"]) == ("58500.00", "526500.00")
    assert first["differences"] == [] and "ANA" in first["explain"]

    wrong = tmp_path / "wrong.yaml"
    text = Path(path).read_text(encoding="utf-8")
    wrong.write_text(text.replace("{binary: 585000}", "{binary: 585001}"), encoding="utf-8")
    out = io.StringIO()
    assert cli.main([str(wrong), "--explain", "ANA"], out) == 1
    assert "earnings.ANA.binary: expected 585001, got 585000" in out.getvalue()
    assert "1.300 × 10 % × 4.500 = 585.000" in out.getvalue()

    err = io.StringIO()
    assert cli.main([str(tmp_path / "none.yaml")], out, err) == 2
    assert "cannot be read" in err.getvalue()


def small(**plan):
    """A scenario of a person without sales, on a plan of one unilevel."""
    bonus = {"code": "uni", "rule": "unilevel", "name": "Uni", "params": {"rates": [5]}}
    person = {"code": "ANA", "sponsor": None}
    return {
        **{"scenario": 2, "title": "Small", "cycles": [924, 925], "distributors": [person]},
        "plan": {**document(bonus), **plan},
    }


def test_warnings_of_the_plan_are_shown(tmp_path):
    """On the command line and in JSON: what the validator warns of, and cycles too early."""
    file = tmp_path / "small.yaml"
    bonus = {"code": "uni", "rule": "unilevel", "name": "Uni"}
    bonus["params"] = {"rates": [0.10], "compression": {"kind": "dynamic", "twice": True}}
    data = small(bonuses=[bonus], valid_from="2026-08-24")
    data["withholding"] = {"rate": 0.1}
    file.write_text(json.dumps(data), encoding="utf-8")
    wanted = [
        "plan.bonuses.0.params.compression.twice: `twice` is not read with `kind: dynamic`. "
        "Take it out, or write `kind: roll_up`",
        "plan.bonuses.0.params.rates: `rates` says 0.1 %, less than one percent: was 10 % "
        "meant? Write 10, or leave it if 0.1 % is right",
        "plan.valid_from: cycle 924 begins before the plan: it is valid from 2026-08-24. Play "
        "later cycles, or write `valid_from: 2026-08-17`",
        "withholding.rate: `rate` says 0.1 %, less than one percent: was 10 % meant? Write 10, "
        "or leave it if 0.1 % is right",
    ]
    out = io.StringIO()
    assert cli.main([str(file)], out) == 0
    shown = out.getvalue().partition("4 warnings:\n")[2].splitlines()
    assert shown[:4] == [f"  {line}" for line in wanted]
    out = io.StringIO()
    assert cli.main([str(file), "--json"], out) == 0
    found = json.loads(out.getvalue())["warnings"]
    assert [one["where"] for one in found] == [line.partition(":")[0] for line in wanted]
    assert all(one["text"] in line for one, line in zip(found, wanted, strict=True))
    assert all(line.endswith(one["remedy"]) for one, line in zip(found, wanted, strict=True))


def test_a_sound_plan_has_no_warnings():
    assert report.warned(scenarios.load(small())) == ""
    early = report.warned(scenarios.load(small(valid_from="2026-09-01")))
    assert "cycles 924 to 925 begin before the plan" in early and "1 warning:" in early


def errors(**changes):
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load({**BASE, **changes})
    return str(caught.value)


def people(*more):
    return [*BASE["distributors"], *more]


def sale(**changes):
    return [{**BASE["sales"][0], **changes}]


def event(**changes):
    return [{"at": "2026-08-19", "type": "place", "distributor": "B", **changes}]


CASES = {
    "unknown key": ({"sale": []}, "unknown key 'sale'. Did you mean 'sales'?"),
    "unknown plan": ({"plan": "gano_excel_co_2025"}, "Did you mean 'gano_excel_co_2026'?"),
    "format": ({"scenario": 3}, "Write `scenario: 2`"),
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
        "a retail customer holds no position",
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
        "D holds no position then",
    ),
    "circle of places": (
        {"events": event(distributor="A", parent="B", leg="left")},
        "A would be below itself in the placement tree",
    ),
    "code twice": ({"distributors": people({"code": "A"})}, "code 'A' stands twice"),
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
        "Take goods back by `refunds`",
    ),
    "half a unit": ({"sales": sale(lines=[{"product": "501", "qty": 0.5}])}, "0.5 has more"),
    "outside the cycles": ({"sales": sale(paid="2026-08-30")}, "lies outside the cycles"),
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
        "'leg' has no meaning for 'suspend'",
    ),
    "sponsor circle by event": (
        {"events": event(type="sponsor", distributor="A", sponsor="B")},
        "A would be below itself in the sponsor tree",
    ),
    "unplayed cycle": ({"expect": {925: {}}}, "cycle 925 is not played"),
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
            "los ciclos 924 a 925 empiezan antes que el plan, vigente desde 2026-09-01",
            "Use ciclos posteriores, o escriba `valid_from: 2026-08-17`",
        ),
        (
            "`rate` dice 0.1 %, menos del uno por ciento: ¿serían 10 %?",
            "Escriba 10, o déjelo si 0.1 % está bien",
        ),
    ]


WRONG = """scenario: 2
title: Mía
plan: {extends: gano_excel_co_2026, bonuses: [{code: binary, params: {inactive: thaw}}]}
cycles: [924]
company: {rates: [{from: 2026-01-01, rate: 4500}]}
distributors:
  - {code: A, place: root}
  - {code: B, sponser: A, sponsor: C}
sales:
  - {buyer: A, paid: 2026-08-18, lines: []}
"""


def played(tmp_path, text, *options):
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    out, err = io.StringIO(), io.StringIO()
    status = cli.main([str(path), *options], out, err)
    return status, out.getvalue(), err.getvalue().replace(str(path), "mine.yaml")


def test_the_command_line_speaks_spanish(tmp_path):
    """Problems with file, line and remedy; English unless asked."""
    status, _out, err = played(tmp_path, WRONG, "--lang", "es")
    assert status == 2
    assert err.splitlines() == [
        "mine.yaml:3: plan.bonuses.0.params.inactive: en el plan combinado, "
        "bonuses.1.params.inactive: valor desconocido 'thaw'. Conocidos: expire, freeze",
        "mine.yaml:8: distributors.1.sponser: clave desconocida 'sponser'. ¿Quiso decir 'sponsor'?",
        "mine.yaml:8: distributors.1.sponsor: distribuidor desconocido 'C'. Conocidos: A, B",
        "mine.yaml:10: sales.0.lines: una venta necesita al menos un renglón",
    ]
    english = played(tmp_path, WRONG)[2]
    assert english == played(tmp_path, WRONG, "--lang", "en")[2]
    assert "mine.yaml:8: distributors.1.sponsor: unknown distributor 'C'. Known: A, B" in english
    status, _out, err = played(tmp_path, "scenario: [1\n", "--lang", "es")
    assert (status, err) == (
        2,
        "mine.yaml:2: columna 1: no es YAML válido: falta una coma o «]». Revise corchetes, "
        "comillas y la sangría de las líneas\n",
    )
    nobody = tmp_path / "none.yaml"
    err = io.StringIO()
    assert cli.main([str(nobody), "--lang", "es"], io.StringIO(), err) == 2
    assert err.getvalue().startswith(f"{nobody}: no se puede leer: ")


def test_a_plan_that_a_scenario_names_is_refused_in_spanish(tmp_path):
    plan = tmp_path / "plan.yaml"
    plan.write_bytes("plan: x\nname: Año\n".encode("cp1252"))
    _status, _out, err = played(
        tmp_path, WRONG.replace("gano_excel_co_2026", str(plan)), "--lang", "es"
    )
    assert (
        "mine.yaml:3: plan: plan.yaml:2: no es UTF-8: parece Windows-1252 (ñ). Guárdelo como UTF-8"
    ) in err.splitlines()
    _status, _out, err = played(
        tmp_path, WRONG.replace("gano_excel_co_2026", "gano_excel_co_2025"), "--lang", "es"
    )
    assert (
        "mine.yaml:3: plan: no hay un plan 'gano_excel_co_2025'. ¿Quiso decir 'gano_excel_co_2026'?"
    ) in err.splitlines()


def test_what_is_played_warns_in_spanish(tmp_path):
    data = small(valid_from="2026-08-24")
    status, out, _err = played(tmp_path, json.dumps(data), "--lang", "es")
    assert status == 0
    assert out.partition("1 advertencia:\n")[2].startswith(
        "  plan.valid_from: el ciclo 924 empieza antes que el plan, vigente desde 2026-08-24. Use"
    )
    _status, out, _err = played(tmp_path, json.dumps(data), "--lang", "es", "--json")
    (found,) = json.loads(out)["warnings"]
    assert found["text"] == "el ciclo 924 empieza antes que el plan, vigente desde 2026-08-24"
    assert found["remedy"] == "Use ciclos posteriores, o escriba `valid_from: 2026-08-17`"


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


def test_a_dict_reads_like_a_file():
    scenario = scenarios.load(BASE)
    assert scenario.sales[0].credited == "B"
    assert scenario.person("C").kind == "customer"
    assert scenario.withholding_rate_e6 == 100_000
    assert [cycle.number for cycle in scenarios.play(scenario).cycles] == [924]


def test_a_move_counts_from_the_next_cycle():
    """RULES 19: past leg volume does not move, carry stays with the position."""
    data = {
        **BASE,
        "cycles": [924, 925],
        "sales": [
            {"id": "S1", "buyer": "B", "paid": "2026-08-20", "lines": [{"pv": 60, "cv": 70}]},
            {"id": "S2", "buyer": "B", "paid": "2026-08-25", "lines": [{"pv": 60, "cv": 30}]},
            {"buyer": "A", "paid": "2026-08-17", "lines": [{"pv": 60, "cv": 0}]},
        ],
        "events": event(at="2026-08-19", parent="A", leg="right"),
        "expect": {
            924: {"carry": {"A": {"binary": {"carry_left": 70, "carry_right": 0}}}},
            925: {"carry": {"A": {"binary": {"carry_left": 70, "carry_right": 30}}}},
        },
    }
    played = scenarios.play(scenarios.load(data))
    assert report.differences(played) == []


def test_the_example_of_the_docs_loads(tmp_path):
    text = (FOLDER.parents[1] / "docs" / "contracts" / "scenario.md").read_text("utf-8")
    path = tmp_path / "docs.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    scenario = scenarios.load(path)
    assert scenario.opening.titles == {"ANA": "bronce"}
    report.document(scenarios.play(scenario))


def test_the_page_names_every_key_and_field():
    page = (FOLDER.parents[1] / "docs" / "contracts" / "scenario.md").read_text("utf-8")
    _rest, shown, classes = re.split("^## (?:JSON|From Python)$", page, flags=re.MULTILINE)
    found = report.document(scenarios.play(scenarios.load(BASE)))
    keys = {*found, *found["cycles"][0], "where", "text", "remedy", "kind"}
    assert sorted(keys - set(re.findall('"([a-z_]+)"', shown))) == []
    for name in ("Rate", "Place", "Distributor", "Opening", "Line", "Sale", "Refund", "Event"):
        written = re.search(f"`{name}\\(.*|(?<=[ (]){name}\\(.*", classes)[0]
        fields = {item.name for item in dataclasses.fields(getattr(model, name))}
        assert sorted(fields - set(re.findall(r"\w+", written))) == [], name


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
