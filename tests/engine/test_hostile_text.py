# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts that are weapons, or no texts: a sentence each, within little time and memory.

Each hostile text is read in a process of its own that the system ends at 10 seconds of
processor time or 1.5 GB: a limit that holds on a slow machine, and no clock."""

import json

import pytest
from hostile_kit import ANA, HEAD, in_limits
from mlm_engine.form.plan_text import from_json, patched
from mlm_engine.plan.document import DocumentError, scaled
from mlm_engine.plan.yaml_text import PLAN, SCENARIO, read_yaml
from mlm_engine.telling import plan_findings, problem_words


def billion(levels, width):
    """Nested references: each line stands for ``width`` of the line before."""
    lines = ["a0: &a0 [x]"]
    for level in range(1, levels):
        lines.append(f"a{level}: &a{level} [{','.join([f'*a{level - 1}'] * width)}]")
    return "\n".join(lines) + "\n"


WEAPONS = {
    "references": (billion(20, 10), "refers to another place of the text"),
    "merge": ("a: {b: 1}\n<<: {c: 2}\n", "refers to another place of the text"),
    "merge of a reference": ("a: &a {b: 1}\nc: {<<: *a}\n", "refers to another place"),
    "tag": ("a: !!python/object/apply:os.system [ls]\n", "names a type"),
    "own tag": ("a: !x 1\n", "names a type"),
    "brackets": ("[" * 100_000, "more than 30 nested brackets or indents"),
    "braces": ("{a: " * 40_000, "more than 30 nested brackets or indents"),
    "indents": (
        "".join(f"{' ' * level}a:\n" for level in range(400)),
        "more than 30 nested brackets",
    ),
    "long": ("a: 1\n" * (PLAN[0] // 5 + 1), f"more than {PLAN[0]:,} characters"),
    "many values": ("[" + "1," * (PLAN[1] + 1) + "]", f"more than {PLAN[1]:,} values"),
    "keys twice": ("".join("a: 1\n" for _ in range(15_000)), "key 'a' appears twice"),
    "question mark": ("? [a, b]\n: 1\n", "a key must be a plain word"),
    "two documents": ("a: 1\n---\nb: 2\n", "a second document begins"),
    "nothing": ("---\n", "the text is empty"),
    "only a remark": ("# to do\n", "the text is empty"),
    "half a letter": ("a: \ud800\n", "is not allowed in a text"),
    "bell": ("a: \x07\n", "is not allowed in a text"),
}


@pytest.mark.parametrize("name", WEAPONS)
def test_a_weapon_is_refused_by_every_door_of_a_plan(name, tmp_path):
    """The plan form shows it, the form's answer refuses it, the import refuses it."""
    text, said = WEAPONS[name]
    path = tmp_path / "weapon.json"
    path.write_text(json.dumps(text))
    found = in_limits(
        "import json\n"
        "from mlm_engine.form import plan_text\n"
        "from mlm_engine import plans as plan\n"
        "from mlm_engine.telling import plan_findings\n"
        "from mlm_engine.plan.yaml_text import read_yaml\n"
        "text = json.load(open(sys.argv[1]))\n"
        "print(json.dumps(plan_findings.findings(text)[1][0]['text']))\n"
        "for door in (lambda: plan_text.patched(text, {'a': 1}),\n"
        "             lambda: plan.load_plan(read_yaml(text, 'plan'))):\n"
        "    try:\n"
        "        door()\n"
        "        sys.exit('not refused')\n"
        "    except ValueError as error:\n"
        "        print(json.dumps(str(error)))\n",
        path,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    shown, *refused = map(json.loads, found.stdout.splitlines())
    assert said in shown["en"]
    assert all(said in one and one.startswith(("plan:", "document:")) for one in refused)
    assert shown["es"] != shown["en"]


def test_a_reference_is_named_by_line_and_column_and_points_to_extends():
    text = "a:\n  b: &x [1]\n  c: *x\n"
    with pytest.raises(DocumentError) as caught:
        read_yaml(text, "plan")
    assert str(caught.value) == (
        "plan:2: column 6: `&x` refers to another place of the text. Write the values out; to "
        "build on another plan use `extends`"
    )
    assert problem_words.of_error(caught.value, "es") == (
        "línea 2, columna 6: `&x` remite a otro lugar del texto. Escriba los valores; para "
        "partir de otro plan use `extends`"
    )


def test_what_a_form_sends_has_the_limits_of_a_text():
    deep = data = {}
    for _ in range(900):
        data["a"] = {}
        data = data["a"]
    for found in (deep, {"a": [1] * (PLAN[1] + 1)}):
        with pytest.raises(DocumentError, match="than a plan may have"):
            from_json(found)
        with pytest.raises(DocumentError, match="than a plan may have"):
            patched("plan: a\n", found)


@pytest.mark.parametrize("shape", ["keys", "list", "numbers"])
def test_a_change_in_a_large_text_is_laid_over_it(shape):
    """Work that grows with the square of the text would take minutes."""
    found = in_limits(
        "from mlm_engine.form.plan_text import patched\n"
        "from mlm_engine.plan.yaml_text import read_yaml\n"
        "shape = sys.argv[1]\n"
        "line = {'keys': 'k{}: 1\\n', 'list': '- k{}\\n', 'numbers': \"'{}': 1\\n\"}[shape]\n"
        "text = ''.join(line.format(n) for n in range(15_000))\n"
        "data = read_yaml(text).data\n"
        "if shape == 'list':\n"
        "    text, data = 'a:\\n' + text, {'a': data}\n"
        "    data['a'][-1] = 'changed'\n"
        "else:\n"
        "    data[next(reversed(data))] = 2\n"
        "    data['new'] = 3\n"
        "new = patched(text, data)\n"
        "print(read_yaml(new).data == data, len(new) - len(text))\n",
        shape,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    same, more = found.stdout.split()
    assert same == "True" and int(more) == {"list": 1, "keys": 7, "numbers": 7}[shape]


SCENARIOS = {
    "400,000 people": (
        HEAD
        + "cycles: [924]\ndistributors:\n"
        + "".join(f"- {{code: P{number}, sponsor: P0}}\n" for number in range(400_000)),
        f"more than {SCENARIO[0]:,} characters",
    ),
    "20,001 people": (
        HEAD
        + "cycles: [924]\ndistributors:\n"
        + "".join(f"- {{code: P{number}}}\n" for number in range(20_001)),
        "weapon.yaml:20007: distributors.20000: more than 20000 entries",
    ),
    "a cycle far away": (
        HEAD + "cycles: [99999999999]\n" + ANA,
        "weapon.yaml:5: cycles.0: cycle 99999999999 is outside the years 1900 to 2200",
    ),
    "a cycle of many digits": (HEAD + f"cycles: [{'9' * 5000}]\n" + ANA, "is not a number"),
    "an exponent": (HEAD + "cycles: [1.0e+999999999]\n" + ANA, "is too large"),
    "a small exponent": (
        HEAD.replace("4500", "1.0e-999999999") + "cycles: [924]\n" + ANA,
        "has more than 6 decimals",
    ),
    "nothing": ("", "weapon.yaml:1: the text is empty"),
    "brackets": ("[" * 100_000, "more than 30 nested brackets"),
    "years": (
        HEAD + "cycles: [924]\ndistributors: [{code: A, joined: 9999-12-31}]\n",
        "'9999-12-31' is outside the years 1900 to 2200",
    ),
    "many mistakes": (
        HEAD
        + "cycles: [924]\ndistributors:\n"
        + "".join(f"- {{code: P{number}, sponsor: Q{number}}}\n" for number in range(15_000)),
        "more than 100 problems",
    ),
    "figures that do not fit": (
        HEAD
        + "cycles: [924]\n"
        + ANA
        + "sales: [{buyer: A, paid: 2026-08-18, lines: [{pv: 1, cv: 900000000000000, qty: 999999}]}]\n",
        "its figures are too large to be computed exactly",
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_hostile_scenario_gets_a_sentence(name, tmp_path):
    text, said = SCENARIOS[name]
    path = tmp_path / "weapon.yaml"
    path.write_text(text, encoding="utf-8")
    found = in_limits("from mlm_engine.scenario import cli\nsys.exit(cli.main(sys.argv[1:]))", path)
    assert (found.returncode, "Traceback" in found.stderr) == (2, False), found.stderr[-2000:]
    assert said in found.stderr


def test_many_moves_are_no_work_for_minutes():
    """Each asked of all places who stood there: 20,000 people times 80,000 moves."""
    found = in_limits(
        "from mlm_engine import scenario\n"
        "plan = {'plan': 'p', 'name': 'P', 'version': 1, 'currency': {'base': 'USD', 'company': 'USD'},\n"
        "    'rounding': {'mode': 'half_up', 'unit': 0.01}, 'trees': [{'code': 't', 'kind': 'free'}],\n"
        "    'periods': {'week': {'kind': 'days', 'days': 7, 'anchor_number': 924,\n"
        "                         'anchor_start': '2026-08-17'}},\n"
        "    'bonuses': [{'code': 'u', 'name': 'U', 'rule': 'retail_profit'}]}\n"
        "people = [{'code': f'P{n}', 'place': {'parent': 'A'}} for n in range(19_000)]\n"
        "move = {'at': '2026-08-18', 'type': 'place', 'distributor': 'P18999', 'parent': 'A'}\n"
        "found = scenario.load({'scenario': 2, 'title': 'T', 'plan': plan, 'cycles': [924, 925],\n"
        "    'distributors': [{'code': 'A', 'place': 'root'}, *people], 'events': [move] * 80_000})\n"
        "print(found.events[-1].leg)\n"
    )
    assert (found.returncode, found.stdout) == (0, "99000\n"), found.stderr[-2000:]


@pytest.mark.parametrize(
    "value", ["1e999999999", "1e-999999999", "9" * 100_000, 10**400, "0e999999999999", "nan", "inf"]
)
def test_a_number_costs_nothing_before_it_is_refused(value):
    found = in_limits(
        "import json\nfrom mlm_engine.plan.document import scaled\n"
        "try:\n    print(scaled(json.loads(sys.argv[1]), 10**6))\n"
        "except ValueError as error:\n    print('refused', len(str(error)))\n",
        json.dumps(value),
    )
    assert found.returncode == 0, found.stderr[-500:]
    if value == "0e999999999999":
        assert found.stdout == "0\n"
    else:
        word, size = found.stdout.split()
        assert word == "refused" and int(size) < 150


@pytest.mark.parametrize(
    ("text", "value"), [("1_000", 1000), ("0012", 12), ("1.5e+3", 1500), ("+5", 5), (".5", None)]
)
def test_a_number_in_another_dress_is_read(text, value):
    read = read_yaml(f"a: {text}\n").data["a"]
    assert read == text
    assert scaled(read, 10) == (5 if value is None else value * 10)


FORMULAS = {
    "terms": ("+".join(["own_pv"] * 500), "more than"),
    "constants": ("*".join(["1.1"] * 20_000), "more than 2000 characters"),
    "constants in little room": ("own_pv*" + "*".join(["9" * 15] * 60), "more than 40 digits"),
    "small ones": ("own_pv/" + "/".join(["9" * 15] * 60), "more than 40 digits"),
    "an exponent": ("1e999999999", "unexpected 'e999999999'"),
    "signs": ("-" * 1_999 + "1", "more than 200 numbers"),
    "parentheses": ("(" * 150 + "1" + ")" * 40, "too many parentheses"),
    "a list": ([1], "a formula is a text"),
    "yes": (True, "a formula is a text"),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_has_limits(name, tmp_path):
    formula, said = FORMULAS[name]
    path = tmp_path / "formula.json"
    path.write_text(json.dumps([{"code": "m", "name": "M", "kind": "formula", "formula": formula}]))
    found = in_limits(
        "import json\nfrom mlm_engine import plans as plan\nfrom mlm_engine.telling import plan_findings\n"
        "data = plan.read_document('gano_excel_co_2026').data\n"
        "data['measures'] = json.load(open(sys.argv[1]))\n"
        "for one in plan_findings.findings_of(data)[1]:\n"
        "    print(one['text']['en'], '|', one['text']['es'])\n",
        path,
    )
    assert found.returncode == 0, found.stderr[-2000:]
    first, *_rest = found.stdout.splitlines()
    english, _, spanish = first.partition(" | ")
    assert said in english and spanish != english


def test_the_heaviest_plan_is_not_simulated_at_every_change():
    """60 bonuses without a bound over 200 measures of 90 terms: seconds, not minutes."""
    found = in_limits(
        "import copy\nfrom mlm_engine import plans as plan\nfrom mlm_engine.telling import plan_findings\n"
        "data = plan.read_document('gano_excel_co_2026').data\n"
        "binary = next(one for one in data['bonuses'] if one['rule'] == 'binary')\n"
        "data['bonuses'] = [{**copy.deepcopy(binary), 'code': f'b{n}'} for n in range(60)]\n"
        "data['measures'] = [{'code': f'm{n}', 'name': 'M', 'kind': 'formula',\n"
        "                     'formula': '+'.join(['own_pv'] * 90)} for n in range(200)]\n"
        "data['ranks'] = [{'code': f'r{n}', 'name': 'R', 'requires': [\n"
        "    {'measure': f'm{m}', 'min': n} for m in range(30)] if n else []} for n in range(60)]\n"
        "data['caps'], data['payout'] = [], {}\n"
        "found = plan_findings.findings_of(data)[1]\n"
        "print(sum('are too large to be simulated here' in one['text']['en'] for one in found))\n"
    )
    assert (found.returncode, found.stdout) == (0, "60\n"), found.stderr[-2000:]


@pytest.mark.parametrize(
    ("section", "most"), [("bonuses", 60), ("ranks", 60), ("measures", 200), ("catalog", 5_000)]
)
def test_a_section_has_a_limit(section, most):
    data = {"plan": "x", section: [{"code": f"c{number}"} for number in range(most + 1)]}
    texts = [one["text"]["en"] for one in plan_findings.findings_of(data)[1]]
    assert any(text in (f"more than {most} entries", "more than 100 problems") for text in texts)
