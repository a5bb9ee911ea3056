# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts are English in the sources, and told in a reader's language from its catalogue."""

import copy
import pickle
import shutil

import catalogue_kit
import marked_texts
import pytest
from mlm_engine.kernel.text import Day, Number, Text, _, either, listed
from mlm_engine.telling import language
from mlm_engine.telling.language import how_many, known, nearest, number, tell

THE_DAY = 739_940  # 20 November 2026


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
