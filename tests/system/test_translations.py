"""Every term of our add-ons has its Spanish: what Odoo would export is what `es.po` translates.

Odoo loads a translation only for the places that an entry lists (`#:`), so these are compared
too, not just the words.
"""

import ast
import json
import re
from collections import Counter, defaultdict

import polib
import pytest
from mlm_cli.paths import ADDONS, default_addons

MODULES = sorted(default_addons())

EXPORT = """
import io, json, os
from pathlib import Path

from odoo.tools.translate import trans_export

for module in json.loads(os.environ["MLM_MODULES"]):
    buffer = io.BytesIO()
    trans_export(None, [module], buffer, "po", env)
    Path(os.environ["MLM_FOLDER"], f"{module}.pot").write_bytes(buffer.getvalue())
"""
AGAIN = "`./mlm odoo --test-server i18n export -d DATABASE {module}` lists all terms anew"

#: `%(name)s`, `%s`, `{name}`, and the tags of a term of a view.
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sdf]|\{\w*\}|</?\w+")


@pytest.fixture(scope="module")
def terms(module_odoo_db, run_odoo_script, tmp_path_factory):
    """What Odoo exports of each add-on: `{module: {msgid: entry}}`."""
    folder = tmp_path_factory.mktemp("terms")
    run_odoo_script(
        module_odoo_db,
        EXPORT,
        env={"MLM_FOLDER": str(folder), "MLM_MODULES": json.dumps(MODULES)},
    )
    return {
        module: {entry.msgid: entry for entry in _read(folder / f"{module}.pot")}
        for module in MODULES
    }


def _read(path):
    return polib.pofile(str(path)) if path.exists() and path.stat().st_size else polib.POFile()


def _spanish(module):
    return _read(ADDONS / module / "i18n" / "es.po")


def _places(entry):
    """Where a term is used. Lines of code move, so only its kind and file count."""
    return {place for place, _line in entry.occurrences} | set(entry.comment.split()) & {
        "odoo-python",
        "odoo-javascript",
    }


def _expect_none(problems, module):
    if problems:
        told = "\n".join(f"  {problem}" for problem in problems)
        head = f"addons/{module}/i18n/es.po ({AGAIN.format(module=module)}):"
        pytest.fail(f"{head}\n{told}", pytrace=False)


@pytest.mark.parametrize("module", MODULES)
def test_every_term_is_in_spanish(module, terms):
    found = {entry.msgid: entry for entry in _spanish(module) if not entry.obsolete}
    problems = []
    for msgid, term in terms[module].items():
        entry = found.get(msgid)
        if entry is None:
            problems.append(f"missing: {msgid!r}, of {sorted(_places(term))}")
        elif not entry.msgstr.strip() or "fuzzy" in entry.flags:
            problems.append(f"not translated: {msgid!r}")
        elif lost := sorted(_places(term) - _places(entry)):
            problems.append(f"not for all places: {msgid!r}, of {lost}")
    _expect_none(problems, module)


@pytest.mark.parametrize("module", MODULES)
def test_no_translation_is_left_over(module, terms):
    problems = [
        f"of no use any more: {entry.msgid!r}"
        for entry in _spanish(module)
        if entry.obsolete or entry.msgid not in terms[module]
    ]
    _expect_none(problems, module)


@pytest.mark.parametrize("module", MODULES)
def test_placeholders_agree(module):
    problems = []
    for entry in _spanish(module):
        wanted, given = (Counter(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgstr))
        if entry.msgstr and wanted != given:
            problems.append(
                f"{entry.msgid!r}: {sorted(wanted.elements())} became {sorted(given.elements())}"
            )
    _expect_none(problems, module)


@pytest.mark.parametrize("module", MODULES)
def test_every_text_in_code_is_exported(module, terms):
    exported = {
        msgid
        for msgid, entry in terms[module].items()
        if any(place.startswith("code:") for place in _places(entry))
    }
    lost = defaultdict(set)
    for path in (ADDONS / module).rglob("*.py"):
        if "tests" not in path.parts:
            for text in _texts(path):
                if text not in exported:
                    lost[str(path.relative_to(ADDONS))].add(text)
    assert not lost, f"Texts that Odoo does not export (inside an f-string?): {dict(lost)}"


def test_no_word_is_in_an_attribute_that_odoo_does_not_translate():
    """`data-label` names a column on a phone; as plain text it would stay English."""
    lost = [
        f"{path.relative_to(ADDONS)}: {word}"
        for path in ADDONS.rglob("*.xml")
        for word in re.findall(r'\sdata-label="([^"]+)"', path.read_text(encoding="utf-8"))
    ]
    assert not lost, f"Set the word by t-set, and write t-att-data-label: {lost}"


def _texts(path):
    """Literals that a Python file hands to `_()` or `env._()`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and node.args:
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            first = node.args[0]
            if name in ("_", "_lt") and isinstance(first, ast.Constant):
                yield first.value
