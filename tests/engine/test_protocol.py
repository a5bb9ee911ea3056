# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules and kinds of measures are asked through hooks, never known by name.

What is specific to one stands in its own folder or file. All Python files of the engine and of
the add-ons are read, but for tests, demonstration data and the portal.
"""

import ast
from pathlib import Path

import pytest
from mlm_engine import form, measures, rules
from mlm_engine.measures.base import Kind
from mlm_engine.rules.base import Rule
from mlm_engine.telling.language import tell

ROOT = Path(__file__).parents[2]
READ = (ROOT / "addons", ROOT / "packages" / "mlm_engine" / "src")
ENGINE = "mlm_engine"
NAMES = {*rules.names(), *measures.names()}
LEFT_OUT = ("mlm_portal/", "mlm_demo/company/")

#: file or folder → words that mean something else there, and what
MEANT = {
    "mlm_genealogy/": (
        {"binary", "matrix", "leg", "group", "generation"},
        "kinds of tree, legs of positions, levels of a downline",
    ),
    "mlm_volume/models/people/mlm_distributor.py": ({"binary"}, "a kind of tree"),
    "mlm_commission/reports/mlm_downline_report.py": ({"generation"}, "a level of a downline"),
    "mlm_commission/models/people/mlm_distributor_now.py": (
        {"binary", "leg"},
        "a kind of tree, the leg of a position",
    ),
    "mlm_commission/models/before/mlm_opening.py": ({"accumulated"}, "a kind of opening"),
    "mlm_commission/migrations/": ({"accumulated"}, "a kind of opening"),
    "mlm_opening/models/opening/": ({"accumulated"}, "a kind of opening"),
    "mlm_demo/play/": (
        {"binary", "matrix", "leg"},
        "kinds of tree, legs",
    ),
    f"{ENGINE}/form/": ({"group"}, "a kind of field"),
    f"{ENGINE}/telling/form_words.py": ({"formula"}, "a kind of parameter"),
    f"{ENGINE}/telling/parameter_words.py": (
        {"formula", "group", "matrix"},
        "kinds of parameter; a kind of tree",
    ),
    f"{ENGINE}/telling/parameters.py": ({"group"}, "a kind of field"),
    f"{ENGINE}/telling/plan_diff.py": ({"group"}, "a kind of field"),
    f"{ENGINE}/telling/shapes.py": ({"formula"}, "a shape of a step"),
    f"{ENGINE}/checks/declared.py": ({"group"}, "a kind of parameter"),
    f"{ENGINE}/checks/simulation.py": ({"binary", "matrix"}, "kinds of tree"),
    f"{ENGINE}/kernel/context.py": ({"binary"}, "a kind of tree"),
    f"{ENGINE}/kernel/run.py": ({"binary"}, "a kind of tree"),
    f"{ENGINE}/measures/_shared.py": ({"binary"}, "a kind of tree"),
    f"{ENGINE}/plan/params.py": ({"group"}, "a kind of parameter"),
    f"{ENGINE}/plan/read_params.py": ({"formula", "group"}, "kinds of parameter"),
    f"{ENGINE}/plan/schema/": ({"binary", "matrix"}, "kinds of tree"),
    f"{ENGINE}/scenario/read_people.py": ({"binary", "leg"}, "a kind of tree, a leg"),
}


def own(path):
    """Return the names that a file may know: its own, of a rule's folder or a kind's file."""
    inside = path.removeprefix(f"{ENGINE}/")
    folder, _, rest = inside.partition("/")
    if inside == path or folder not in ("rules", "measures"):
        return set()
    return {rest.partition("/")[0].removesuffix(".py")}


def switches(source):
    """Yield ``(line, word)`` of what looks like a choice by name: words that are compared,
    looked up, keys of a mapping or members of a list; any word compared with a rule."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            of_rule = any(_is_rule(side) for side in sides)
            for word in _words(sides):
                if of_rule or word.value in NAMES:
                    yield word.lineno, "" if of_rule else word.value
        for word in _words(_looked_up(node)):
            if word.value in NAMES:
                yield word.lineno, word.value


def _is_rule(node):
    """Whether an expression is ``….rule`` or ``…["rule"]``."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value == "rule"
    return isinstance(node, ast.Attribute) and node.attr == "rule"


def _looked_up(node):
    if isinstance(node, ast.Dict):
        return node.keys
    if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
        return node.elts
    if isinstance(node, ast.Subscript):
        return [node.slice]
    if isinstance(node, ast.MatchValue):
        return [node.value]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.args[:1] if node.func.attr == "get" else ()
    return ()


def _words(nodes):
    for node in nodes:
        if isinstance(node, (ast.Tuple, ast.List, ast.Set)):
            yield from _words(node.elts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def found():
    """Return ``[(path, line, word)]`` of all files."""
    result = []
    for folder, file in ((one, file) for one in READ for file in sorted(one.rglob("*.py"))):
        path = file.relative_to(folder).as_posix()
        if path.startswith(LEFT_OUT) or "/tests/" in path:
            continue
        words = switches(file.read_text(encoding="utf-8"))
        result += [(path, line, word) for line, word in words if word not in own(path)]
    return result


def test_nothing_switches_on_the_name_of_a_rule_or_of_a_kind():
    used, wrong = set(), []
    for path, line, word in found():
        places = [
            place
            for place, (words, _why) in MEANT.items()
            if path.startswith(place) and word in words
        ]
        used.update((place, word) for place in places)
        if not places:
            wrong.append(f"{path}:{line} {word!r}: ask the rule or the kind through a hook")
    assert not wrong, "\n".join(wrong)
    listed = {(place, word) for place, (words, _why) in MEANT.items() for word in words}
    assert listed == used, "these exceptions are needed no more"


@pytest.mark.parametrize(
    "source",
    [
        'bonus["rule"] == "pool"',
        'one.rule == "anything"',
        'rule in ("contest", "pool")',
        'for rule, key in (("contest", "measure"),): ...',
        'LISTS = {"award": "awards"}',
        'rates = params["binary"]',
        'rules.get("binary")',
        'match kind:\n    case "weighted": ...',
        'kind != "accumulated"',
    ],
)
def test_a_switch_is_seen(source):
    assert list(switches(source))


def test_a_name_in_its_own_place_is_none():
    assert own(f"{ENGINE}/rules/pool/rule.py") == {"pool"}
    assert own(f"{ENGINE}/measures/leg.py") == {"leg"}
    assert not own(f"{ENGINE}/telling/rates.py") and not own("mlm_demo/play/limits.py")
    assert not list(switches('text = "a pool"; label = {"es": "Fondo", "en": "Pool"}'))


@pytest.mark.parametrize(("base", "folder"), [(Rule, rules), (Kind, measures)])
def test_every_hook_is_declared_and_documented(base, folder):
    """What others may ask stands in the base class: nobody has to try whether it exists."""
    hooks = {name for name in dir(base) if not name.startswith("_")}
    for name in hooks:
        hook = getattr(base, name)
        assert not callable(hook) or hook.__doc__, name
    for one in map(folder.get, folder.names()):
        more = {name for name in dir(one) if not name.startswith("_")} - hooks
        assert not more, (type(one).__name__, more)


def test_every_kind_says_in_both_languages_what_it_counts():
    texts = [measures.get(name).summary for name in measures.names()]
    for lang in ("es", "en"):
        said = [tell(text, lang) for text in texts]
        assert len(set(said)) == len(said)
        assert all(text.endswith(".") and 20 < len(text) < 110 for text in said)
        section = next(
            one for one in form.describe_plan(lang)["sections"] if one["key"] == "measures"
        )
        assert [one["summary"] for one in section["variant"]["options"]] == said
    assert all(tell(text, "es") != text for text in texts)
