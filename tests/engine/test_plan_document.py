"""The plan document, and what people read of rules and problems."""

from datetime import date

import pytest
from mlm_engine import rules
from mlm_engine.form import describe_plan, place
from mlm_engine.form.parts import rule_fields
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import FOLDER, load_plan, plan_names
from mlm_engine.telling import rule_words
from mlm_engine.telling.plan_document import document
from mlm_engine.telling.plan_markdown import markdown
from mlm_engine.telling.problem_words import SENTENCES, spanish
from plan_sentences import sentences

GANO = "gano_excel_co_2026"
DAY = date(2026, 8, 26).toordinal()


def shown(name, lang):
    return markdown(load_plan(name), lang, DAY)


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("name", plan_names())
def test_every_plan_is_told_whole(name, lang):
    plan = load_plan(name)
    text = markdown(plan, lang, DAY)
    for section in ("bonuses", "ranks", "packages", "measures", "catalog", "promotions"):
        for item in plan[section]:
            assert item["name"][lang] in text
    # nothing written in a bonus is left out
    for written in plan["source"]["bonuses"]:
        for item in rule_fields(written["rule"]):
            value = (written.get("params") or {}).get(item["key"])
            if item["kind"] in ("grid", "levels", "steps") and value:
                assert item[lang] in text


def test_what_a_distributor_asks():
    text = shown(GANO, "es")
    for part in (
        "Nadie gana por inscribir a otra persona",
        "Período «semana» 925: del 24 ago 2026 al 30 ago 2026; se paga el 11 sep 2026",
        "50 PV propios dentro de 4 períodos «semana» seguidos",
        "La pierna menor paga en pasos de 100 CV",
        "Con 356 CV en una pierna y 2.000 en la otra se pagan 300 CV: al 10 %, 30 USD",
        "Los puntos de quien está inactivo: Vencen",
        "| Bronce | CV pagado (Binario de equipo) ≥ 1.500 | 11 % |",
        "la primera generación paga el menor de los dos valores, 25 USD",
        "El plan no tiene topes",
    ):
        assert part in text


def test_example_follows_the_plan():
    data = read_yaml((FOLDER / f"{GANO}.yaml").read_text()).data
    data["bonuses"][1]["params"]["step_cv"] = 300
    text = markdown(load_plan(data), "en", DAY)
    assert (
        "With 1,068 CV in one leg and 6,000 in the other, 900 CV are paid: at 10 %, 90 USD" in text
    )


def test_levels_are_an_example_of_a_sale():
    data = read_yaml((FOLDER / f"{GANO}.yaml").read_text()).data
    data["bonuses"] = [
        {
            "code": "uni",
            "rule": "unilevel",
            "name": {"es": "Uninivel"},
            "min_rank": "plata",
            "params": {"rates": [5, 2.5], "base_pct": 40},
        }
    ]
    data["ranks"] = [
        {"code": "none", "name": {"es": "Base"}},
        {
            "code": "plata",
            "name": {"es": "Plata"},
            "requires": [
                {"measure": "own_pv", "min": 100},
                {"any": [[{"package": "KIT"}], [{"title": "plata"}]]},
            ],
        },
    ]
    plan = load_plan(data)
    text = markdown(plan, "es", DAY)
    for part in (
        "nivel 1: 5 % = 2 USD, nivel 2: 2,5 % = 1 USD. En total 3 USD.",
        "Rango mínimo: Plata",
        "PV propio en la ventana: al menos 100 y (tener el paquete Kit de inicio o bien "
        "haber alcanzado el rango Plata)",
    ):
        assert part in text
    assert {block["kind"] for block in document(plan, "es", DAY)} == {
        "heading",
        "text",
        "note",
        "list",
        "table",
    }


@pytest.mark.parametrize("name", rules.names())
def test_rules_present_themselves_in_both_languages(name):
    words = rule_words.of(name)
    for lang in ("es", "en"):
        assert words.summary[lang] and words.tiny[lang]
    assert words.summary["es"] != rules.get(name).label["es"]


def test_form_describes_everything_in_both_languages():
    def labels(item):
        yield item["label"]
        for one in item.get("fields", []):
            yield from labels(one)
        for one in item.get("variant", {}).get("options", []):
            yield one["label"]
            for field in one["fields"]:
                yield from labels(field)

    for lang in ("es", "en"):
        form = describe_plan(lang)
        assert all(label for section in form["sections"] for label in labels(section))


def test_place_in_words():
    data = read_yaml((FOLDER / f"{GANO}.yaml").read_text()).data
    assert place(("bonuses", 1, "params", "step_cv"), data, "es") == (
        "Bonos › Binario de equipo › Paso de pago en CV"
    )
    assert place(("currency", "base"), data, "en") == "Basics › Currencies › Of the plan"
    assert place(("periods", "week", "days"), data, "es") == (
        "Períodos y fechas de pago › week › Días"
    )
    assert place(("nowhere", 3), data, "es") == "nowhere › 3"


def test_every_problem_has_its_spanish():
    lacking = [
        text for text in sentences() if spanish(text.replace("*", "x")) == text.replace("*", "x")
    ]
    assert not lacking, f"say in engine/telling/problem_words.py: {lacking}"


def test_what_stands_inside_is_kept():
    assert spanish("'x' has more than 4 decimals") == "'x' tiene más de 4 decimales"
    assert spanish("something else") == "something else"
    for english, translated in SENTENCES.items():
        assert english.count("*") >= len({part for part in "0123" if f"{{{part}}}" in translated})
