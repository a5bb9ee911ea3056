# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sentences of the sources that no catalogue can have, for want of ``_()`` around them.

Whatever reaches the text or the remedy of a finding is followed back through names,
functions that pass it on and functions that return it. So are the words of steps.
"""

import ast
import inspect
from pathlib import Path

import mlm_engine
from mlm_engine.telling import shapes

ENGINE = Path(mlm_engine.__file__).parent
FOLDERS = ("plan", "rules", "measures", "checks", "kernel", "scenario")
#: function → its parameters that are sentences; whatever hands its own on to them is added
SAYS = {"Finding": {"text": 1, "remedy": 2}, "FormulaError": {"text": 0, "remedy": 2}}
#: where the text of such an exception becomes that of a finding
RAISING, RAISED = ("plan", "scenario"), {"ValueError": {"text": 0}}
TELLING = ("telling", "rules", "measures", "form")
#: makers of steps of explanations → their parameters that are words
TELLS = {
    name: {
        key: at
        for at, key in enumerate(inspect.signature(getattr(shapes, name)).parameters)
        if key in ("text", "title", "label", "level_name")
    }
    for name in (*shapes.SHAPES, "figure")
}


def unmarked():
    """Return ``{"file:line: sentence as it stands"}`` of the engine."""
    paths = {ENGINE / "plans.py": {}}
    for folder in FOLDERS:
        for path in sorted((ENGINE / folder).rglob("*.py")):
            paths[path] = RAISED if folder in RAISING else {}
    told = {path: {} for folder in TELLING for path in sorted((ENGINE / folder).rglob("*.py"))}
    return of(paths, SAYS) | of(told, TELLS, handed_on=False)


def of(paths, says, handed_on=True):
    """Return the same of files.

    :param paths: ``{path: what says something in this file alone}``
    :param handed_on: whether to look for functions that hand sentences on
    """
    everywhere = {}
    files = {path: _File(path, everywhere) for path in paths}
    says, before = dict(says), None
    while handed_on and says != before:
        before = dict(says)
        for file in files.values():
            file.add_what_hands_on(says)
    return {
        f"{path.relative_to(path.parents[1])}:{node.lineno}: {ast.unparse(node)}"
        for path, file in files.items()
        for node in file.said({**says, **paths[path]})
        if _is_sentence(node)
    }


def shadowed():
    """Return ``["file:line"]`` of functions that call ``_`` and use that name for something
    else as well."""
    found = []
    for path in sorted(ENGINE.rglob("*.py")):
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef):
                names = [one for one in ast.walk(function) if _is_name(one, "_")]
                if {type(one.ctx) for one in names} == {ast.Store, ast.Load}:
                    found.append(f"{path.relative_to(ENGINE).as_posix()}:{function.lineno}")
    return found


class _File:
    def __init__(self, path, everywhere):
        """``everywhere``: the functions of all files by name, filled in here."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        self.constants = [one for one in tree.body if isinstance(one, ast.Assign)]
        self.functions = [one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)]
        self.by_name = {one.name: one for one in self.functions}
        self.everywhere = everywhere
        everywhere.update((one.name, one) for one in tree.body if isinstance(one, ast.FunctionDef))

    def add_what_hands_on(self, says):
        """Add to ``says`` the parameters of functions that end as sentences."""
        for function in self.functions:
            names = [one.arg for one in function.args.args]
            method = names[:1] == ["self"]
            for node in self._leaves(function, says):
                if isinstance(node, ast.Name) and node.id in names:
                    at = names.index(node.id) - method
                    says[function.name] = {**says.get(function.name, {}), node.id: at}

    def said(self, says):
        """Yield what stands where sentences are given."""
        for function in self.functions:
            yield from self._leaves(function, says)

    def _leaves(self, function, says):
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and _name(call) in says:
                for name, at in says[_name(call)].items():
                    given = call.args[at : at + 1]
                    given += [item.value for item in call.keywords if item.arg == name]
                    for node in given:
                        yield from self._origins(node, function, ())

    def _origins(self, node, scope, seen):
        """Yield the expressions that an expression may be."""
        inner = []
        if isinstance(node, ast.IfExp):
            inner = [node.body, node.orelse]
        elif isinstance(node, ast.BoolOp):
            inner = node.values
        elif isinstance(node, ast.BinOp):
            inner = [node.left, node.right]
        elif isinstance(node, ast.Name):
            inner = [*_assigned(ast.walk(scope), node.id), *_assigned(self.constants, node.id)]
        elif isinstance(node, ast.Call) and (called := self._called(node)):
            scope = called
            inner = [one.value for one in ast.walk(scope) if isinstance(one, ast.Return)]
        yield node
        for one in inner:
            if one and one not in seen:
                yield from self._origins(one, scope, (*seen, one))

    def _called(self, call):
        known = self.everywhere if isinstance(call.func, ast.Name) else {}
        return self.by_name.get(_name(call)) or known.get(_name(call))


def _assigned(nodes, name):
    """Yield the values that a name is given."""
    for node in nodes:
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                yield from (value for one, value in pairs if _is_name(one, name))


def _is_sentence(node):
    """Whether words stand here as they are."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _is_sentence(node.func.value)  # "…".format(…)
    if isinstance(node, ast.JoinedStr):
        return any(_is_sentence(part) for part in node.values)
    return isinstance(node, ast.Constant) and any(one.isalpha() for one in str(node.value or ""))


def _is_name(node, name):
    return isinstance(node, ast.Name) and node.id == name


def _name(call):
    return getattr(call.func, "attr", None) or getattr(call.func, "id", None)
