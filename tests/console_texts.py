"""What the console says around the catalogue: texts of its sources without ``_()``."""

import ast
import re

from mlm_cli.paths import ROOT

SOURCES = ROOT / "tools" / "mlm_cli"
#: read by developers only, beside the options that these two commands have
ENGLISH = {"catalogues.py", "testing"}
ENGLISH_AT_WORK = {"test.py", "bench.py"}
#: they read what apt reads
OF_APT = {"apt_sources.py"}
#: call → from which of its arguments on people read them
SAYS = {
    "print": 0,
    "note": 0,
    "step": 0,
    "end": 0,
    "append": 0,
    "UserError": 0,
    "apt.install": 1,
    "chosen.ask": 4,
}
SAID_BY_NAME = {"help", "description", "title", "metavar", "what"}
DECLARED = {"HELP", "ABOUT"}
#: what is no text of a language: names of programs, commands, code, units, how many
NO_TEXT = re.compile(
    r"\./mlm( -?\w+)*|\bmlm\b|apt-get \w+|\bOdoo\b|\bPostgreSQL\b|^import .*|\bMB\b|\bN\b"
)
LETTER = re.compile(r"[^\W\d_]")
#: two words, of which the second is no name
PROSE = re.compile(r"[^\W\d_]{2,} [^\W\d_A-Z]{2,}")
#: what is written in them is for programs
SILENT = {"execute", "compile", "search", "fullmatch", "ValueError", "get", "locator", "click"}


def unmarked():
    """Return ``["file:line: text"]`` of the console, but for what developers read."""
    found = []
    for path in sorted(SOURCES.rglob("*.py")):
        if not (ENGLISH | OF_APT) & set(path.relative_to(SOURCES).parts):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            if path.name in ENGLISH_AT_WORK:
                tree.body = [one for one in tree.body if {"configure", "HELP"} & set(_names(one))]
            name = path.relative_to(SOURCES)
            found += [f"{name}:{line}: {text}" for line, text in sorted(set(of(tree)))]
    return found


def of(tree):
    """Yield ``(line, text)`` of what people read and no catalogue can have."""
    silent = set(_silent(tree))
    for node in ast.walk(tree):
        for said in _said(node):
            for text in _texts(said, silent):
                if LETTER.search(NO_TEXT.sub("", text.value)):
                    yield text.lineno, text.value
    for text in _texts(tree, silent):
        if PROSE.search(NO_TEXT.sub("", text.value)):
            yield text.lineno, text.value


def _said(node):
    """Yield the expressions that people read."""
    if isinstance(node, ast.Call):
        first = SAYS.get(_name(node), SAYS.get(ast.unparse(node.func), len(node.args)))
        yield from node.args[first:]
        yield from (word.value for word in node.keywords if word.arg in SAID_BY_NAME)
    elif isinstance(node, ast.FunctionDef) and ast.unparse(node.returns or node) == "Iterator[str]":
        yield from (
            one.value for one in ast.walk(node) if isinstance(one, (ast.Yield, ast.YieldFrom))
        )
    elif DECLARED & set(_names(node)):
        yield node.value


def _texts(tree, silent):
    """Yield the texts below a node that are not within ``_()`` or read by programs."""
    if tree in silent:
        return
    if isinstance(tree, ast.Call) and _name(tree) in ("_", "how_many"):
        return
    if isinstance(tree, ast.Subscript):  # a key is no text
        yield from _texts(tree.value, silent)
        return
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield tree
    for child in ast.iter_child_nodes(tree):
        yield from _texts(child, silent)


def _silent(tree):
    """Yield what people do not read: docstrings, scripts, queries."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.Call) and _name(node) in SILENT:
            yield from node.args
        elif any(name.isupper() for name in _names(node)):
            yield from (
                one
                for one in ast.walk(node.value)
                if isinstance(one, ast.Constant) and "\n" in str(one.value)
            )


def _name(call):
    """The last part of what is called."""
    return getattr(call.func, "id", None) or getattr(call.func, "attr", "")


def _names(node):
    """What is assigned to or defined."""
    if isinstance(node, ast.Assign):
        return [one.id for one in node.targets if isinstance(one, ast.Name)]
    return [node.name] if isinstance(node, ast.FunctionDef) else []


def shadowed():
    """Return ``["file:line"]`` where ``_`` is something else than what translates."""
    return [
        f"{path.relative_to(SOURCES)}:{node.lineno}"
        for path in sorted(SOURCES.rglob("*.py"))
        if "import _" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)
    ]
