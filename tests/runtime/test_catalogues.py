"""Catalogues of texts: of the engine and of the console, each language complete and current."""

import re
import string

import pytest
from mlm_cli import catalogues

RUN = "run `./mlm words`"
CATALOGUES = [
    pytest.param(texts, lang, id=f"{texts.domain}-{lang}")
    for texts in catalogues.ALL
    for lang in texts.files()
]


def forms(text):
    """The forms of one and of several, or the only one."""
    return text if isinstance(text, (tuple, list)) else (text,)


def messages(catalog):
    return {(*forms(one.id), one.context): one for one in catalog if one.id}


def fields(text):
    """Return ``{name: {(conversion, format)}}`` of a template, ``None`` of what is none: its
    braces stand for themselves."""
    found = {}
    try:
        for _said, name, spec, conversion in string.Formatter().parse(text):
            if name is not None:
                value = 1000 if spec == "," else ""
                format(string.Formatter().convert_field(value, conversion), spec)
                found.setdefault(name, set()).add((conversion, spec))
    except ValueError:
        return None
    return found


def percents(text):
    """The values of a text that Python fills with ``%``."""
    return sorted(re.findall(r"%(?:\(\w+\))?[srd]", text))


def others(texts, catalog):
    """Texts of Python's own, which differ between its versions."""
    theirs = {path.name for path in texts.others}
    return {
        key
        for key, message in messages(catalog).items()
        if {place[0] for place in message.locations} <= theirs
    }


def test_spanish_is_there():
    assert [list(texts.files()) for texts in catalogues.ALL] == [["es"], ["es"]]


@pytest.mark.parametrize(("texts", "lang"), CATALOGUES)
def test_each_text_of_the_sources_is_translated(texts, lang):
    catalog = catalogues.read(texts.files()[lang])
    said, kept = messages(texts.found()), messages(catalog)
    assert len(said) > 150
    assert not set(said) - set(kept), f"new texts: {RUN} and translate them"
    unused = set(kept) - set(said) - others(texts, catalog)
    assert not unused, f"texts that the sources no longer say: {RUN}"
    assert not catalog.obsolete, RUN
    lacking = []
    for message in kept.values():
        wanted = catalog.num_plurals if message.pluralizable else 1
        told = forms(message.string)
        if message.fuzzy or len(told) != wanted or not all(told):
            lacking.append(message.id)
    assert not lacking, f"translate in {texts.files()[lang]}, then {RUN}: {lacking}"


@pytest.mark.parametrize(("texts", "lang"), CATALOGUES)
def test_what_is_read_at_run_time_is_what_people_edit(texts, lang):
    path = texts.files()[lang]
    catalog = catalogues.read(path)
    assert path.read_bytes() == catalogues.as_po(catalog), RUN
    assert path.with_suffix(".mo").read_bytes() == catalogues.as_mo(catalog), RUN


@pytest.mark.parametrize(("texts", "lang"), CATALOGUES)
def test_what_translations_fill_in_is_given(texts, lang):
    values = texts.values()
    for message in messages(catalogues.read(texts.files()[lang])).values():
        english, given = fields(forms(message.id)[-1]), values.get(forms(message.id)[0], set())
        for text in forms(message.string):
            assert percents(text) == percents(forms(message.id)[-1]), text
        if english is None and not given:
            continue
        assert english is not None, f"values for what is no template: {message.id}"
        for text in forms(message.string):
            found = fields(text)
            assert found is not None, text
            assert set(found) <= given | set(english), (text, given)
            for name, ways in found.items():
                assert ways <= english.get(name, set()) | {(None, "")}, text


@pytest.mark.parametrize("texts", catalogues.ALL, ids=lambda texts: texts.domain)
def test_what_texts_fill_in_is_given(texts):
    """A call that gives some of the values of its text gives all of them."""
    for text, given in texts.values().items():
        if given and None not in given:  # `**values` are not known here
            assert set(fields(text) or {"?"}) <= given, text


def test_what_another_version_of_python_says_is_kept():
    texts = catalogues.CONSOLE
    catalog = catalogues.read(texts.files()["es"])
    for message, place in (("said by an older one", "argparse.py"), ("nobody's", "main.py")):
        catalog.add(message, "x", [(place, 1)])
    updated = texts.updated(catalog)
    assert "said by an older one" in updated and "nobody's" not in updated
