# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every finding of a rule or a check has its Spanish, beside it or in the dictionary."""

import ast
from pathlib import Path

import mlm_engine
from mlm_engine.problem_words import spanish

FOLDER = Path(mlm_engine.__file__).parent
FILES = [
    *FOLDER.glob("rules/*.py"),
    *FOLDER.glob("levels/*.py"),
    FOLDER / "own_percent.py",
]


def sample(node):
    """Return a text as it could be shown, ``None`` for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "X" for part in node.values
        )
    if isinstance(node, ast.BinOp):
        sides = sample(node.left), sample(node.right)
        return None if None in sides else "".join(sides)
    return None


def without_spanish():
    found = []
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name not in ("error", "warning") or not node.args:
                continue
            given = {item.arg for item in node.keywords}
            for place, key in ((0, "es"), (1, "remedy_es")):
                text = sample(node.args[place]) if place < len(node.args) else None
                if text and key not in given and spanish(text) == text:
                    found.append(f"{path.name}:{node.lineno} {text}")
    return found


def test_every_text_of_a_rule_has_its_spanish():
    assert without_spanish() == []


def test_checks_of_the_validator_take_both_languages():
    """Their makers ask for the Spanish; an empty one would fall back to English."""
    for path in FOLDER.glob("review/*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in ("error", "warning"):
                assert len(node.args) == 5, f"{path.name}:{node.lineno}"
