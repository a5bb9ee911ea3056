"""Catalogues of the engine's texts: what Babel finds in its sources, and gettext's files.

A language is a folder `locale/<language>/LC_MESSAGES` of the package with a `.po` that people
edit and the `.mo` made of it, which is read at run time.
"""

import ast
import io
from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from .paths import PACKAGES

SOURCES = PACKAGES / "mlm_engine" / "src" / "mlm_engine"
DOMAIN = "mlm_engine"
#: gettext wants the day on which a catalogue was made: this one says nothing
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
#: call → which arguments are texts: one, or the forms of one and of several
KEYWORDS = {"_": None, "say": None, "how_many": (2, 3)}


def found() -> Catalog:
    """What the sources say, in the order of files and lines."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8", fuzzy=False)
    for name, line, message, comments, context in extract_from_dir(
        SOURCES,
        [("**.py", "python")],
        {},
        KEYWORDS,
        comment_tags=("translators:",),
        directory_filter=lambda _folder: True,  # also those whose name begins with `_`
    ):
        catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
    return catalog


def files() -> dict[str, Path]:
    """Language → its `.po`."""
    paths = sorted(SOURCES.glob(f"locale/*/LC_MESSAGES/{DOMAIN}.po"))
    return {path.parents[1].name: path for path in paths}


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parents[1].name, domain=DOMAIN)


def updated(catalog: Catalog) -> Catalog:
    """The same translations for what the sources say now; what they no longer say is gone."""
    catalog.update(found(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """A file that changes only where texts do: no dates, no lines of the sources."""
    target = io.BytesIO()
    plain = Catalog(locale=catalog.locale, domain=DOMAIN, charset="utf-8", fuzzy=False)
    for message in catalog:
        if message.id:
            places = [(name, None) for name in dict.fromkeys(name for name, _ in message.locations)]
            plain.add(message.id, message.string, places, context=message.context)
    header = f'msgid ""\nmsgstr ""\n"Language: {catalog.locale}\\n"\n'
    header += '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    header += f'"Plural-Forms: {catalog.plural_forms}\\n"\n\n'
    write_po(target, plain, width=100, omit_header=True)
    return header.encode() + target.getvalue()


def as_mo(catalog: Catalog) -> bytes:
    """A file that changes only where texts do, as its `.po`."""
    target = io.BytesIO()
    plain = read_po(io.BytesIO(as_po(catalog)), locale=catalog.locale, domain=DOMAIN)
    plain.creation_date = EPOCH
    write_mo(target, plain)
    return target.getvalue()


def values_of_texts() -> dict[str, set[str]]:
    """Text → names of the values that its calls give, those that every one of them gives."""
    given = {}
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            first = node.args[0]
            if name not in ("_", "say") or not isinstance(first, ast.Constant):
                continue
            names = {keyword.arg for keyword in node.keywords}
            known = given.setdefault(first.value, names)
            given[first.value] = known & names
    return given
