"""The sentences in which readers and rules say what is wrong, taken from their sources."""

import ast
from pathlib import Path

import mlm_engine

ENGINE = Path(mlm_engine.__file__).parent
#: name of the call → which arguments are sentences
CALLS = {
    "wrong": (1, 2),
    "shape": (1, 2),
    "refused": (0, 1),
    "_refused": (1, 2),
    "_unexpected": (0, None),
    "error": (0, 1),
    "warning": (0, 1),
    "Finding": (1, 2),
    "FormulaError": (0, 2),
}
#: where a finding of a check may have its Spanish: text, remedy, path, es, remedy_es
SPANISH = {3: "es", 4: "remedy_es"}
SOURCES = (
    "plans.py",
    "plan/**/*.py",
    "rules/**/*.py",
    "measures/*.py",
    "checks/*.py",
    "kernel/own_percent.py",
    "kernel/formulas.py",
    "scenario/*.py",
)
#: calls whose sentence is said behind the place in a formula
IN_FORMULAS = ("FormulaError", "_unexpected")
#: calls that look up a code of the kind which their last argument names
LOOKING_UP = ("known", "_optional")
#: what such sentences are put into
WRAPPED = {"character *: *", "unknown * *"}
#: files whose bare exceptions become problems
RAISING = ("document.py", "clock.py")


def sentences():
    """Return the set of sentences, ``*`` for what stands inside."""
    found = set()
    for pattern in SOURCES:
        for path in ENGINE.glob(pattern):
            found |= of_file(path)
    return {text for text in found if text.strip("* ")}


def of_file(path):
    """Return the sentences of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
    found = set()
    for scope in [tree, *functions]:
        names = _assigned(scope) if scope is not tree else {}
        for node in ast.walk(scope):
            if isinstance(node, ast.Call):
                found |= _of_call(node, names)
            if isinstance(node, ast.Raise) and path.name in RAISING:
                found |= _texts(getattr(node.exc, "args", [])[:1], names)
    return found - WRAPPED


def _assigned(function):
    """Return ``{name: values}`` of the local names of a function."""
    found = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                for name, value in pairs:
                    if isinstance(name, ast.Name):
                        found.setdefault(name.id, []).append(value)
    return found


def _of_call(node, names):
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
    if name in LOOKING_UP and isinstance(node.args[-1], ast.Constant):
        return {f"unknown {node.args[-1].value} *"}
    if name not in CALLS:
        return set()
    beside = [item.arg for item in node.keywords if item.arg in ("es", "remedy_es")]
    beside += [SPANISH[index] for index in range(3, min(len(node.args), 5))]
    wanted = zip(CALLS[name], ("es", "remedy_es"), strict=True)
    chosen = [
        node.args[index]
        for index, spanish in wanted
        if index is not None and index < len(node.args) and spanish not in beside
    ]
    chosen += [item.value for item in node.keywords if item.arg in ("text", "remedy")]
    if name in IN_FORMULAS and CALLS[name][0] < len(node.args):
        said = _texts(chosen[:1], names)
        return {f"character *: {text}" for text in said if text} | _texts(chosen[1:], names)
    return _texts(chosen, names)


def _texts(nodes, names):
    found = set()
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
            found.add("".join(parts))
        elif isinstance(node, ast.IfExp):
            found |= _texts([node.body, node.orelse], names)
        elif isinstance(node, ast.BoolOp):
            found |= _texts(node.values, names)
        elif isinstance(node, ast.Name):
            found |= _texts(names.get(node.id, []), {})
    return found
