"""One word for one thing: what `docs/glossary.md` binds, the texts say.

Where an English text says a term, its translation says a Spanish one of the same row; the words
that the glossary rules out stand in no text that people read. Placeholders, code and tags are no
words. The Spanish of a row is compared without its ending: gender, number and tense may differ.
"""

import functools
import re
import unicodedata
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).parents[2]
GLOSSARY = ROOT / "docs" / "glossary.md"
CATALOGUES = sorted(
    [
        *ROOT.glob("addons/*/i18n/es.po"),
        *ROOT.glob("packages/*/src/*/locale/es/LC_MESSAGES/*.po"),
        *ROOT.glob("tools/*/locale/es/LC_MESSAGES/*.po"),
    ]
)
PAGES_EN = sorted(
    {
        ROOT / "README.md",
        *ROOT.glob("docs/**/*.md"),
        *ROOT.glob("addons/*/README.*"),
        *ROOT.glob("addons/*/readme/*"),
    }
    - {GLOSSARY, ROOT / "docs" / "colombia.md", ROOT / "docs" / "parametros.md"}
)
PAGES_ES = sorted(
    {
        ROOT / "docs" / "colombia.md",
        ROOT / "docs" / "parametros.md",
        *ROOT.glob("addons/*/evidence/README.md"),
    }
)
# What is no word of a language: placeholders, code, addresses, tags.
NO_WORD = re.compile(
    r"```.*?```|`[^`]*`|%\(\w+\)[\w.]*|\{[^{}]*\}|<[^<>]*>|&\w+;|(?:https?:/)?/[\w./#-]+", re.DOTALL
)
# Odoo's own models are called as Odoo calls them.
OF_ODOO = re.compile(r"model:ir\.model,name:\w+\.model_(?!mlm_)")
# One English word of several meanings: in these phrases nothing is asked for.
OTHERWISE = {
    "distributor": {
        "distributor contract": "is called contrato de distribución",
        "Mlm Distributor Count": "counts memberships",
    },
    "sponsor": {
        "people you sponsor": "are los directos",
        "people they sponsor": "are los directos",
    },
    "period": {"grace period": "is a prórroga"},
    "order": {
        "order of": "is a sequence, or what a judge gives",
        "any order": "is a sequence",
        "in order": "is a sequence",
        "order changes": "is a sequence",
        "court order": "is what a judge gives",
        "per order": "the bonus looks at each sale, invoiced or not",
    },
    "package": {"your package": "its name follows, which says so"},
    "bonus": {"matching bonus": "is an igualación"},
    "rank": {"title ranks": "are títulos"},
    "again": {
        "bought again": "is a recompra",
        "try again later": "is inténtelo más tarde",
        "never changes again": "is ya no cambia",
    },
    "settings": {"Settings › Companies": "is the app of Odoo: Ajustes › Empresas"},
    "level": {"this is level": "este es el 2, after the levels were named"},
    "themselves": {"by themselves": "is without help: solos"},
}


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def words(cell):
    return [word.strip() for word in cell.split(",") if word.strip()]


def terms():
    """Yield ``(English terms, Spanish terms, not in English, not in Spanish)`` of each row."""
    for line in GLOSSARY.read_text().splitlines():
        if line.startswith("|") and not line.startswith(("|---", "| English")):
            english, spanish, _meaning, not_english, not_spanish = cells(line)
            yield words(english), words(spanish), words(not_english), words(not_spanish)


TERMS = list(terms())


def plain(text):
    return " ".join(NO_WORD.sub(" ", text).split())


def folded(text):
    """Return the text as the name of a file says it: without accents and hyphens."""
    return unicodedata.normalize("NFD", text.replace("-", " ")).encode("ascii", "ignore").decode()


def any_of(texts):
    """Match whole words."""
    return re.compile(
        "|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in texts) or "(?!)", re.IGNORECASE
    )


def any_form_of(texts):
    """Match words with whatever ending."""
    stems = (
        r"\s+".join(
            re.escape(word[:-2] if len(word) > 5 else word) + r"\w*"
            for word in folded(text).split()
        )
        for text in texts
    )
    return re.compile("|".join(rf"(?<!\w){stem}" for stem in stems), re.IGNORECASE)


@functools.cache
def pairs():
    """Return ``(where, English, Spanish)`` of each text of the catalogues; plurals are two."""
    found = []
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            if entry.occurrences and all(OF_ODOO.match(place) for place, _ in entry.occurrences):
                continue
            said = [(entry.msgid, entry.msgstr)]
            if entry.msgid_plural:
                one, *_between, many = (text for _n, text in sorted(entry.msgstr_plural.items()))
                said = [(entry.msgid, one), (entry.msgid_plural, many)]
            where = path.relative_to(ROOT).parts[1]
            found += [(where, plain(english), plain(spanish)) for english, spanish in said]
    return found


def pages(paths):
    for path in paths:
        for number, line in enumerate(path.read_text().splitlines(), start=1):
            yield f"{path.relative_to(ROOT)}:{number}", plain(line)


def ruled_out(said, column):
    found = any_of([word for row in TERMS for word in row[column]])
    return [f"{where}: {text}" for where, text in said if found.search(text)]


def otherwise_translated(row, said):
    """Return the texts that say a term of the row, and their translation no Spanish of it."""
    english = any_of(row[0] + [f"{word}s" for word in row[0]])
    spanish, apart = any_form_of(row[1]), any_of(OTHERWISE.get(row[0][0], {}))
    return [
        f"{where}: {en!r} is {es!r}"
        for where, en, es in said
        if english.search(apart.sub(" ", en)) and not spanish.search(folded(es))
    ]


def test_the_glossary_is_read():
    assert len(TERMS) > 50
    assert all(english and spanish for english, spanish, *_not in TERMS)
    assert {"liquidación de comisiones", "extracto"} <= {word for row in TERMS for word in row[1]}
    assert set(OTHERWISE) <= {row[0][0] for row in TERMS}
    assert len(pairs()) > 4000


def test_what_is_no_word_is_not_read():
    text = 'The %(period)s of {order:>3} in `anew` <a href="/my/network">of</a> /my/network'
    assert plain(text) == "The of in of"


def test_a_word_that_is_ruled_out_is_found():
    assert ruled_out([("a", "Save it anew."), ("b", "Save it again.")], 2) == ["a: Save it anew."]
    assert ruled_out([("a", "El periodo"), ("b", "El período")], 3) == ["a: El periodo"]


def test_another_translation_is_found():
    (row,) = (row for row in TERMS if row[0] == ["statement"])
    said = [("a", "Two statements", "Dos extractos"), ("b", "A statement", "Un estado")]
    assert otherwise_translated(row, said) == ["b: 'A statement' is 'Un estado'"]


def test_english_texts_say_no_word_that_is_ruled_out():
    said = [(where, english) for where, english, _spanish in pairs()]
    assert ruled_out([*said, *pages(PAGES_EN)], 2) == []


def test_spanish_texts_say_no_word_that_is_ruled_out():
    said = [(where, spanish) for where, _english, spanish in pairs()]
    assert ruled_out([*said, *pages(PAGES_ES)], 3) == []


@pytest.mark.parametrize("row", TERMS, ids=lambda row: row[0][0])
def test_a_term_has_one_translation(row):
    assert otherwise_translated(row, pairs()) == []
