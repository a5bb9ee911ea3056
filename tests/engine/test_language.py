# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts are English in the sources, and told in a reader's language from its catalogue."""

import copy
import pickle
import shutil
import string

import catalogue_kit
import marked_texts
import pytest
from mlm_cli import catalogues
from mlm_engine.kernel.text import Day, Number, Text, _, either, listed
from mlm_engine.telling import language
from mlm_engine.telling.language import how_many, known, nearest, number, tell

LANGUAGES = sorted(catalogues.files())
RUN = "run `./mlm words`"
THE_DAY = 739_940  # 20 November 2026
NAMES = catalogues.values_of_texts()


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


def catalog_of(lang):
    return catalogues.read(catalogues.files()[lang])


def test_spanish_is_there():
    assert LANGUAGES == ["es"] and known() == ("en", "es")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_text_of_the_sources_is_translated(lang):
    catalog = catalog_of(lang)
    said, kept = messages(catalogues.found()), messages(catalog)
    assert len(said) > 1000
    assert not set(said) - set(kept), f"new texts: {RUN} and translate them"
    assert not set(kept) - set(said), f"texts that the sources no longer say: {RUN}"
    assert not catalog.obsolete, RUN
    lacking = []
    for message in kept.values():
        wanted = catalog.num_plurals if message.pluralizable else 1
        told = forms(message.string)
        if message.fuzzy or len(told) != wanted or not all(told):
            lacking.append(message.id)
    assert not lacking, f"translate in {catalogues.files()[lang]}, then {RUN}: {lacking}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_read_at_run_time_is_what_people_edit(lang):
    path = catalogues.files()[lang]
    catalog = catalogues.read(path)
    assert path.read_bytes() == catalogues.as_po(catalog), RUN
    assert path.with_suffix(".mo").read_bytes() == catalogues.as_mo(catalog), RUN


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_translations_fill_in_is_given(lang):
    for message in messages(catalog_of(lang)).values():
        english, given = fields(forms(message.id)[-1]), NAMES.get(forms(message.id)[0], set())
        if english is None and not given:
            continue
        assert english is not None, f"values for what is no template: {message.id}"
        for text in forms(message.string):
            found = fields(text)
            assert found is not None, text
            assert set(found) <= given | set(english), (text, given)
            for name, ways in found.items():
                assert ways <= english.get(name, set()) | {(None, "")}, text


def test_what_texts_fill_in_is_given():
    """A call that gives some of the values of its text gives all of them."""
    for text, given in NAMES.items():
        if given and None not in given:  # `**values` are not known here
            assert set(fields(text) or {"?"}) <= given, text


def test_each_sentence_is_marked():
    assert marked_texts.unmarked() == set(), "write _(…) around them, and their values behind"
    assert marked_texts.shadowed() == [], "`_` makes texts there: name the rest otherwise"


@pytest.mark.parametrize(
    "source",
    [
        'error("nothing is paid", _("Give `pct`"))',
        'error(_("nothing is paid"), f"Give `{key}`")',
        'error(text=_("x") if key else "nothing is paid")',
        'remedy = "Give {}".format(key)\n    error(_("x"), remedy)',
        'error(_("x"), other())\ndef other():\n    return "Give `pct`"',
        'mine(1, "nothing is paid")\ndef mine(path, what):\n    error(what)',
        'text, other = f"{key} is paid", 1\n    error(text)',
    ],
)
def test_an_unmarked_sentence_is_seen(source, tmp_path):
    path = tmp_path / "rule.py"
    path.write_text(f"def check(key):\n    {source}\n", encoding="utf-8")
    assert len(marked_texts.of({path: {}}, {"error": {"text": 0, "remedy": 1}})) == 1


def test_values_are_told_as_well():
    text = _(
        "{first}, {other}",
        first=_("{first} or {other}", first=_("level"), other="Ana"),
        other=_("{first}, {other}", first=Number("1500.5"), other=Day(THE_DAY)),
    )
    assert text == "level or Ana, 1,500.5, 2026-11-20"
    assert tell(text, "es") == "nivel o Ana, 1.500,5, 20 nov 2026"
    assert tell(text, "en") == "level or Ana, 1,500.5, 20 Nov 2026"
    assert tell(listed([_("level"), either([_("place"), _("Rank")])]), "es") == (
        "nivel, puesto o Rango"
    )
    assert how_many(1, "{count} level", "{count} levels", "es") == "1 nivel"
    assert how_many(1500, "{count} level", "{count} levels", "es", "1.500") == "1.500 niveles"


def test_what_is_no_text_of_ours_is_told_as_it_is():
    for plain in ("level", "", "{value} {", "Bronce", None, 5):
        assert tell(plain, "es") is plain
    assert tell(_("never translated {x"), "es") == "never translated {x"
    assert tell(_(""), "es") == ""


def test_an_unknown_language_is_refused():
    for lang in ("fr", "ES", "", None):
        with pytest.raises(ValueError, match=r"no catalogue of the language .*: en, es"):
            tell(_("level"), lang)
        with pytest.raises(ValueError):
            number("1", lang)


def test_a_text_survives():
    """Results are pickled between processes, and exceptions carry texts."""
    text = _("{first}, {other}", first=_("level"), other=Day(THE_DAY))
    for again in (pickle.loads(pickle.dumps(text)), copy.deepcopy(text), str(ValueError(text))):
        assert type(again) is Text and again == text
        assert tell(again, "es") == "nivel, 20 nov 2026"


def test_a_language_more_is_a_file(tmp_path):
    shutil.copytree(language.LOCALE, tmp_path, dirs_exist_ok=True)
    portuguese = {"level": "nível", "1,234.5": "1 234,5", "{first}, {other}": "{first}; {other}"}
    with catalogue_kit.told_from(tmp_path, pt=portuguese):
        assert known() == ("en", "es", "pt")
        assert nearest("pt_BR") == nearest("pt-PT") == "pt" and nearest("es_CO") == "es"
        assert number("-1234567.50", "pt") == "-1 234 567,50"
        values = {"first": Number("1234.5"), "other": _("place")}
        assert tell(_("{first}, {other}", **values), "pt") == "1 234,5; place"
        assert tell(_("{first}, {other}", **values), "es") == "1.234,5, puesto"
        assert (tell(_("level"), "pt"), tell(_("Rank"), "pt")) == ("nível", "Rank")
    assert nearest("pt_BR") == "en" and known() == ("en", "es")
