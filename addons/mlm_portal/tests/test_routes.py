import ast
import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

import odoo.addons

OURS = Path(__file__).parents[2]


def routes_of(folder):
    """Routes that the Python files of an add-on declare, read from their text.

    :return: ``{normalised route: file}``, and the files with a route that the text alone
        does not tell
    """
    found, unknown = {}, []
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8", errors="replace")
        if "route(" not in text or "tests" in path.relative_to(folder).parts:
            continue
        tree = ast.parse(text)
        names = _constants(tree, path)
        for call in _route_calls(tree):
            for url in _urls(call, names):
                if url is None:
                    unknown.append(path)
                else:
                    found[normalised(url)] = path
    return found, unknown


def normalised(url):
    """The route with its converters and their names left out.

    >>> normalised("/r/<string:code>") == normalised("/r/<path:other>/")
    True
    """
    return re.sub(r"<[^>]*>", "<>", url).rstrip("/") or "/"


def _route_calls(tree):
    for node in ast.walk(tree):
        for decorator in getattr(node, "decorator_list", ()):
            if isinstance(decorator, ast.Call):
                name = getattr(decorator.func, "attr", getattr(decorator.func, "id", ""))
                if name == "route":
                    yield decorator


def _urls(call, names):
    """Routes of one decorator; ``None`` for each that is not plain text."""
    given = [word.value for word in call.keywords if word.arg == "route"] + call.args[:1]
    for node in given:
        if isinstance(node, ast.Name) and isinstance(names.get(node.id), ast.List | ast.Tuple):
            node = names[node.id]
        for one in node.elts if isinstance(node, ast.List | ast.Tuple) else [node]:
            yield _text(one, names)


def _text(node, names):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Name):
        value = names.get(node.id)
        return value if value is None or isinstance(value, str) else _text(value, names)
    if isinstance(node, ast.JoinedStr):
        parts = [
            _text(one.value if isinstance(one, ast.FormattedValue) else one, names)
            for one in node.values
        ]
        return None if None in parts else "".join(parts)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        parts = [_text(node.left, names), _text(node.right, names)]
        return None if None in parts else "".join(parts)
    return None


def _constants(tree, path):
    """Values that names of a module or class stand for, also those imported from the
    same add-on."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            source = path.parents[node.level - 1].joinpath(*node.module.split("."))
            source = source.with_suffix(".py")
            if source.exists():
                known = _constants(ast.parse(source.read_text(encoding="utf-8")), source)
                names.update({one.asname or one.name: known.get(one.name) for one in node.names})
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            names[node.targets[0].id] = node.value
    return names


@tagged("post_install", "-at_install")
class TestRoutes(BaseCase):
    """No page of ours has the address of a page of Odoo, whatever is installed.

    Of two add-ons with one route the one that loads last has it: with mass mailing, each
    referral link under ``/r/`` was the link tracker's.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours, cls.unread = {}, []
        cls.core, cls.core_unread = {}, []
        folders = [
            folder
            for path in map(Path, odoo.addons.__path__)
            for folder in path.iterdir()
            if (folder / "__manifest__.py").exists()
        ]
        for folder in folders:
            mine = folder.resolve().parent == OURS.resolve()
            found, unread = routes_of(folder)
            (cls.ours if mine else cls.core).update(found)
            (cls.unread if mine else cls.core_unread).extend(unread)

    def test_routes_were_read(self):
        """The scan sees what it is meant to compare."""
        self.assertFalse(self.unread)
        self.assertIn("/red/<>", self.ours)
        self.assertIn("/my/network", self.ours)
        self.assertIn("/web/login", self.core)
        self.assertGreater(len(self.core), 300)
        self.assertLess(len(self.core_unread), 20)

    def test_no_route_of_ours_is_a_route_of_odoo(self):
        same = {
            route: f"{self.ours[route]} and {self.core[route]}"
            for route in self.ours.keys() & self.core.keys()
        }
        self.assertFalse(same)

    def test_the_link_tracker_is_among_them(self):
        """The address that referral links must not have."""
        if not any("link_tracker" in path.parts for path in self.core.values()):
            self.skipTest("no link tracker in this Odoo")
        self.assertIn(normalised("/r/<string:code>"), self.core)
