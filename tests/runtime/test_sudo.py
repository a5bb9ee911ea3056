"""Every place that raises rights (`sudo()`, `as_system()`) says why it may.

A comment `# sudo: …` stands in the statement or at most three lines above it, or the
docstring of the function speaks of rights, or of who checked them. One comment serves
statements that follow one another without a line between them.
"""

import ast
import re
from pathlib import Path

import pytest

ADDONS = Path(__file__).parents[2] / "addons"
NEAR = 3
RAISES = re.compile(r"\bsudo\(|\bas_system\(")
COMMENT = re.compile(r"\s*(#|<!--)")
SAYS = re.compile(r"(#|<!--) sudo: \S")
DOCSTRING_SAYS = re.compile(r"\brights\b|\bchecked (the\s+right|who)\b")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def raises_rights(node):
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id == "as_system"
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "sudo":
        return False
    # `sudo(False)` lowers them, `sudo(self.env.su)` gives back what the caller had
    given = [ast.unparse(one) for one in (*node.args, *(word.value for word in node.keywords))]
    return not given or not (given[0] == "False" or given[0].endswith("env.su"))


def said_at(lines):
    """Return the number of the last line of each block of comments that says why."""
    found = set()
    for number, line in enumerate(lines, start=1):
        if SAYS.search(line):
            while COMMENT.match(line) and number < len(lines) and COMMENT.match(lines[number]):
                number += 1
            found.add(number)
    return found


def raising(source):
    """Return ``{(first line, last line): docstring}`` of the statements that raise rights; of
    one with a block, such as ``for``, the lines of its head."""
    nodes = list(ast.walk(ast.parse(source)))
    statements = [node for node in nodes if isinstance(node, ast.stmt)]
    found = {}
    for call in filter(raises_rights, nodes):
        around = [one for one in statements if one.lineno <= call.lineno <= one.end_lineno]
        inner = max(around, key=lambda one: (one.lineno, one.col_offset))
        last = inner.end_lineno
        if getattr(inner, "body", None):
            last = max(inner.lineno, inner.body[0].lineno - 1)
        functions = [one for one in around if isinstance(one, FUNCTIONS)]
        docstring = ast.get_docstring(functions[-1]) if functions else None
        found[inner.lineno, last] = docstring or ""
    return found


def unsaid(source):
    """Return the first lines of the statements that raise rights and do not say why."""
    if not RAISES.search(source):
        return []
    said, found, told_to = said_at(source.splitlines()), [], None
    for (first, last), docstring in sorted(raising(source).items()):
        near = said & set(range(first - NEAR, last + 1))
        if near or told_to == first - 1 or DOCSTRING_SAYS.search(docstring):
            told_to = last
        else:
            found.append(first)
    return found


def unsaid_in_view(source):
    lines = source.splitlines()
    said = said_at(lines)
    return [
        number
        for number, line in enumerate(lines, start=1)
        if "sudo()" in line and not said & set(range(number - NEAR, number + 1))
    ]


@pytest.mark.parametrize(("suffix", "find"), [("py", unsaid), ("xml", unsaid_in_view)])
def test_every_sudo_says_why(suffix, find):
    paths = [path.relative_to(ADDONS) for path in sorted(ADDONS.glob(f"*/**/*.{suffix}"))]
    assert paths
    silent = [
        f"{path}:{line}"
        for path in paths
        if "tests" not in path.parts
        for line in find((ADDONS / path).read_text())
    ]
    assert not silent, "no comment “# sudo: …” says what was checked:\n" + "\n".join(silent)


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("x = self.sudo().name", [2]),
        ("x = as_system(self).name", [2]),
        ("x = self.sudo(True).name", [2]),
        ("# about names\n    x = self.sudo().name", [3]),
        ("# sudo:\n    x = self.sudo().name", [3]),
        ("# sudo: names\n    a = 1\n    b = 2\n    c = 3\n    x = self.sudo().name", [6]),
        ("# sudo: names\n    x = self.sudo()\n    a = 1\n    b = 2\n    y = self.sudo()", [6]),
        ("for one in self.sudo():\n        pass  # sudo: too late", [2]),
        ("if self:\n        x = 1\n    elif self.sudo():\n        pass", [4]),
        ('"""Names."""\n    x = self.sudo().name', [3]),
        ("x = self.sudo().name  # sudo: names", []),
        ("# sudo: names are seen\n    # by all\n    a = 1\n    x = self.sudo().name", []),
        ("x = (\n        self\n        # sudo: names\n        .sudo()\n    )", []),
        ("# sudo: both\n    x = self.sudo()\n    y = self.sudo()", []),
        ('"""Names, whatever the rights of the reader."""\n    x = self.sudo().name', []),
        ("x = self.sudo(False).name\n    y = self.sudo(self.env.su)", []),
    ],
)
def test_what_it_finds(body, lines):
    assert unsaid(f"def f(self):\n    {body}\n") == lines


def test_what_it_finds_in_a_view():
    view = '<p>\n%s\n<t t-out="env.company.sudo().name" />\n</p>\n'
    assert unsaid_in_view(view % "<!-- the name -->") == [3]
    assert unsaid_in_view(view % "<!-- sudo: the name is no secret -->") == []
