# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Somebody at the form of a plan reads what to do there, and no word of the document."""

import copy
import re
from pathlib import Path

import pytest
from mlm_engine.plan.schema import canonical
from mlm_engine.plans import plan_names, read_document
from mlm_engine.telling import form_words, plan_findings
from mlm_engine.telling.form_words import in_form
from mlm_engine.telling.language import known, tell

#: What only who writes documents understands.
CODE = re.compile(
    r"unknown|desconocid|is missing|falta '|mapping|\bclaves?\b|nada no|no nada|(not|value) nothing"
    r"|\bNone\b|null|YAML|AAAA|YYYY|aquí va|kind of days|clase de días"
)
QUOTED = re.compile("«.*?»|“.*?”")


def places(data, path=()):
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, (dict, list)):
            yield from places(value, (*path, key))


def changed(data, path, value):
    """Return a copy with another value at a path, without it for ``...``."""
    found = copy.deepcopy(data)
    inside = found
    for key in path[:-1]:
        inside = inside[key]
    if value is ...:
        del inside[path[-1]]
    else:
        inside[path[-1]] = value
    return found


def errors(data):
    found = plan_findings.findings_of(data, in_form)[1]
    return [one for one in found if one["severity"] == "error"]


@pytest.mark.parametrize("name", plan_names())
def test_no_plan_is_told_in_code(name):
    """Every value of every shipped plan, emptied, taken away and replaced by a stranger."""
    data = read_document(name).data
    for path in places(data):
        for value in (None, ..., "zzz"):
            wrong = changed(data, path, value)
            for one in canonical(wrong)[1]:
                one = in_form(one, wrong)
                for text in (
                    tell(said, lang) for said in (one.text, one.remedy) for lang in known()
                ):
                    assert not CODE.search(QUOTED.sub("", text)), (path, value, text)


def test_every_sentence_that_is_put_in_other_words_is_said_somewhere():
    """Who rewords the reader finds here what the form no longer knows."""
    folder = Path(form_words.__file__).parents[1]
    said = "\n".join(
        path.read_text(encoding="utf-8")
        for path in folder.rglob("*.py")
        if path.name != "form_words.py"
    )
    known = form_words._MISSING | form_words._UNKNOWN | form_words._SHAPES | form_words._KEYS
    assert [template for template in sorted(known) if template not in said] == []


@pytest.mark.parametrize("name", plan_names())
def test_the_place_is_the_field_that_is_empty(name):
    data = read_document(name).data
    for path in (("bonuses", 0, "rule"), ("bonuses", 0, "period"), ("rounding", "mode")):
        for value in (None, ...):
            found = errors(changed(data, path, value))
            assert value is ... or path in [one["path"] for one in found]
            assert all(one["path"] == path for one in found if one["path"][:3] == path[:3])


GANO = read_document("gano_excel_co_2026").data


@pytest.mark.parametrize(
    ("path", "value", "spanish", "remedy"),
    [
        (("bonuses", 1, "period"), None, "Elija el período", ""),
        (("bonuses", 1, "rule"), ..., "Elija la clase de bono", ""),
        (("periods", "week", "anchor_start"), None, "Elija la fecha", ""),
        (("rounding", "mode"), ..., "Elija una de las opciones", ""),
        (("ranks", 1, "name"), None, "Escriba el nombre", ""),
        (("bonuses", 1, "params", "step_cv"), None, "Escriba el número", ""),
        (
            ("bonuses", 1, "period"),
            "month",
            "Este plan no tiene el período «month»",
            "Elija otro valor o agréguelo en «Períodos y fechas de pago»",
        ),
        (
            ("bonuses", 1, "params", "step_cv"),
            "many",
            "«many» no es un número",
            "Escriba el número",
        ),
        (
            ("bonuses", 1, "colour"),
            1,
            "El formulario no tiene el campo «colour»",
            "Corríjalo en la página «Documento»",
        ),
    ],
)
def test_what_to_do(path, value, spanish, remedy):
    (one,) = errors(changed(GANO, path, value))
    assert (one["path"], one["text"]["es"], one["remedy"]["es"]) == (path, spanish, remedy)


def test_a_name_without_spanish_is_no_crash():
    (one,) = errors(changed(GANO, ("bonuses", 1, "name", "es"), ...))
    assert one["path"] == ("bonuses", 1, "name", "es")
    assert one["text"]["es"] == "Escriba el nombre en español"
    assert one["place"]["es"].startswith("Bonos › Team binary")


def test_who_writes_the_document_still_reads_its_words():
    data = changed(GANO, ("bonuses", 1, "period"), None)
    (one,) = plan_findings.findings_of(data)[1]
    assert one["text"]["en"] == "unknown value nothing"
