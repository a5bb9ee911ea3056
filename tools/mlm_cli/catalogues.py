"""Catalogues of texts: what Babel finds in the sources, and gettext's files.

A language is a folder `locale/<language>/LC_MESSAGES` of the sources with a `.po` that people
edit and the `.mo` made of it, which is read at run time.
"""

import argparse
import ast
import io
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from . import language
from .paths import PACKAGES

#: gettext wants the day on which a catalogue was made: this one says nothing
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
#: call → which arguments are texts: one, or the forms of one and of several
Keywords = dict[str, tuple[int, ...] | None]
OURS: Keywords = {"_": None, "how_many": (2, 3)}
PYTHON: Keywords = {"_": None, "ngettext": (1, 2)}


@dataclass(frozen=True)
class Texts:
    """The texts that one folder of sources says.

    :param domain: names the files
    :param others: modules of Python that say theirs through ours. What another version of one
        says is kept
    """

    sources: Path
    domain: str
    keywords: Keywords
    others: tuple[Path, ...] = ()

    def found(self) -> Catalog:
        """What the sources say, in the order of files and lines."""
        catalog = Catalog(domain=self.domain, charset="utf-8", fuzzy=False)
        for name, line, message, comments, context in extract_from_dir(
            self.sources,
            [("**.py", "python")],
            {},
            self.keywords,
            comment_tags=("translators:",),
            directory_filter=lambda _folder: True,  # also those whose name begins with `_`
        ):
            catalog.add(message, None, [(name, line)], auto_comments=comments, context=context)
        for path in self.others:
            for line, message, comments, context in extract_from_file("python", path, PYTHON):
                place = (path.name, line)
                catalog.add(message, None, [place], auto_comments=comments, context=context)
        return catalog

    def files(self) -> dict[str, Path]:
        """Language → its `.po`."""
        paths = sorted(self.sources.glob(f"locale/*/LC_MESSAGES/{self.domain}.po"))
        return {path.parents[1].name: path for path in paths}

    def updated(self, catalog: Catalog) -> Catalog:
        """The same translations for what the sources say now; what they no longer say is gone."""
        found, theirs = self.found(), {path.name for path in self.others}
        for message in catalog:
            places = [place for place in message.locations if place[0] in theirs]
            if message.id and places:
                found.add(message.id, None, places)
        catalog.update(found, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.fuzzy = False
        return catalog

    def values(self) -> dict[str, set[str]]:
        """Text → names of the values that its calls give, those that every one of them gives."""
        given = {}
        for path in sorted(self.sources.rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
                first = node.args[0]
                if self.keywords.get(name, ()) is not None or not isinstance(first, ast.Constant):
                    continue
                names = {keyword.arg for keyword in node.keywords}
                known = given.setdefault(first.value, names)
                given[first.value] = known & names
        return given


ENGINE = Texts(PACKAGES / "mlm_engine" / "src" / "mlm_engine", "mlm_engine", {**OURS, "say": None})
CONSOLE = Texts(Path(__file__).parent, language.DOMAIN, OURS, (Path(argparse.__file__),))
ALL = (ENGINE, CONSOLE)


def read(path: Path) -> Catalog:
    with path.open("rb") as stream:
        return read_po(stream, locale=path.parents[1].name, domain=path.stem)


def as_po(catalog: Catalog) -> bytes:
    """A file that changes only where texts do: no dates, no lines of the sources."""
    target = io.BytesIO()
    plain = Catalog(locale=catalog.locale, domain=catalog.domain, charset="utf-8", fuzzy=False)
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
    plain = read_po(io.BytesIO(as_po(catalog)), locale=catalog.locale, domain=catalog.domain)
    plain.creation_date = EPOCH
    write_mo(target, plain)
    return target.getvalue()
