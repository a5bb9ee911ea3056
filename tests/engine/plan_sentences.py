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
    "error": (0, 1),
    "warning": (0, 1),
    "Finding": (1, 2),
}
#: where a finding of a check may have its Spanish: text, remedy, path, es, remedy_es
SPANISH = {3: "es", 4: "remedy_es"}
SOURCES = ("plan/**/*.py", "rules/**/*.py", "measures/*.py", "checks/*.py", "kernel/own_percent.py")


def sentences():
    """Return the set of sentences, ``*`` for what stands inside."""
    found = set()
    for pattern in SOURCES:
        for path in ENGINE.glob(pattern):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    found |= _of_call(node)
                if isinstance(node, ast.Raise) and path.name == "document.py":
                    found |= _texts(getattr(node.exc, "args", [])[:1])
    return {text for text in found if text.strip("* ")}


def _of_call(node):
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
    if name not in CALLS:
        return set()
    beside = [item.arg for item in node.keywords if item.arg in ("es", "remedy_es")]
    beside += [SPANISH[index] for index in range(3, min(len(node.args), 5))]
    wanted = zip(CALLS[name], ("es", "remedy_es"), strict=True)
    chosen = [
        node.args[index]
        for index, spanish in wanted
        if index < len(node.args) and spanish not in beside
    ]
    chosen += [item.value for item in node.keywords if item.arg in ("text", "remedy")]
    return _texts(chosen)


def _texts(nodes):
    found = set()
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "*" for part in node.values]
            found.add("".join(parts))
        elif isinstance(node, ast.IfExp):
            found |= _texts([node.body, node.orelse])
        elif isinstance(node, ast.BoolOp):
            found |= _texts(node.values)
    return found
