"""The plan document, and what people read of rules and problems."""

import re
from datetime import date

import pytest
from mlm_engine import measures, rules
from mlm_engine.form import describe_plan, place
from mlm_engine.form.parts import described, rule_fields
from mlm_engine.plan.schema import canonical, payout
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import FOLDER, load_plan, plan_names, read_document
from mlm_engine.telling import rule_words
from mlm_engine.telling.language import tell
from mlm_engine.telling.plan_document import document
from mlm_engine.telling.plan_markdown import markdown

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
                assert tell(item["label"], lang) in text


#: What must not stand in a document: a limit of nothing, one of something in the plural.
WRONG = re.compile(
    r"\b1 (periods|days|months|cycles|people|levels|shares)\b"
    r"|\b1 (períodos|períodos|días|meses|ciclos|personas|niveles|participaciones)\b"
    r"|\b(a lo sumo|at most|hasta|up to|más de|pasa de|above) 0\b"
    r"|\b0 (CV|PV|USD|EUR|COP|periods|days|months|levels|períodos|días|meses|niveles)\b",
    re.IGNORECASE,
)
#: Zero is a value here: a percentage, an amount or a position as any other.
SAID_AT_ZERO = {
    "step_cv", "cycle_left", "cycle_right", "cycle_amount", "fixed_pct", "expire_after",
    "base_pct", "pass_up", "pct", "in_a_row", "default", "cap_pct",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("name", plan_names())
def test_no_absent_limit_is_promised_and_units_agree(name, lang):
    assert not WRONG.findall(shown(name, lang))


def zeros(params):
    """Return a document's mapping with 0 for every number of a class of parameters."""
    found = {}
    for item in described(params):
        if item["kind"] in ("integer", "points", "money", "percent", "factor"):
            found[item["key"]] = 0
        elif item["kind"] == "group":
            found[item["key"]] = {one["key"]: 0 for one in item["fields"] if "none" in one}
    return found


def plan_of_zeros():
    """Return a plan with a bonus of each rule and a measure of each kind, all numbers 0."""
    beside = {
        "accumulated": {"of": "personal"},
        "formula": {"formula": "personal"},
        "qualified_legs": {"rank": "base"},
        "personal_group": {"boundary_rank": "base"},
        "sponsored": {"measure": "personal"},
        "met": {"requires": [{"measure": "personal", "min": 1}]},
        "weighted": {"weights": {}},
    }
    kinds = ["personal", *(name for name in measures.names() if name != "personal")]
    return {
        "plan": "zeros",
        "name": "Zeros",
        "version": 1,
        "currency": {"base": "USD", "company": "USD"},
        "rounding": {"mode": "half_up", "unit": 1},
        "trees": [{"code": "pairs", "kind": "binary"}, {"code": "grid", "kind": "matrix"}],
        "periods": {
            "month": {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01"},
        },
        "activity": {"period": "month", "pv": 0},
        "ranks": [{"code": "base", "name": "Base"}],
        "measures": [
            {
                "code": name,
                "name": name,
                "kind": name,
                **zeros(measures.get(name).Params),
                **beside.get(name, {}),
            }
            for name in kinds
        ],
        "bonuses": [
            {"code": name, "rule": name, "name": name, "params": zeros(rules.get(name).Params)}
            for name in rules.names()
        ],
        "caps": [
            {"code": "cap", "name": "cap", "bonuses": ["pool"], "amount": 0, "by_rank": {"base": 5}}
        ],
        "payout": zeros(payout.Payout),
    }


@pytest.mark.parametrize("lang", ["es", "en"])
def test_what_is_zero_and_sets_nothing_is_not_said(lang):
    plan, problems = canonical(plan_of_zeros())
    assert not problems
    text = markdown(plan, lang, DAY)
    told, rest = text.split("## Qué se mide" if lang == "es" else "## What is measured")
    classes = [rules.get(name).Params for name in rules.names()]
    for part, params in [(told, classes), (rest, [payout.Cap, payout.Payout])]:
        for item in [item for one in params for item in described(one)]:
            if "none" in item or item["kind"] == "group":
                assert f"{tell(item['label'], lang)}:" not in part
    for part in ("a lo sumo", "At most", "counts up to", "cuenta hasta", "feeds", "alimenta"):
        assert part not in text
    assert "everybody is active" in text if lang == "en" else "todos están activos" in text


def test_every_number_says_what_its_zero_is():
    """A new one that sets nothing at 0 declares it (``none``), else it is named above."""
    classes = [rules.get(name).Params for name in rules.names()]
    classes += [measures.get(name).Params for name in measures.names()]
    for params in [*classes, payout.Cap, payout.Payout]:
        fields = described(params)
        fields += [one for item in fields if item["kind"] == "group" for one in item["fields"]]
        for item in fields:
            assert not re.search(r"\((0|vacío|empty)", tell(item["label"], "es") + item["label"])
            if item["kind"] in ("integer", "points", "money", "percent", "factor"):
                assert "none" in item or item["key"] in SAID_AT_ZERO, item["key"]


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
        assert words.tiny[lang]
        assert tell(words.summary, lang) != tell(rules.get(name).label, lang)
    assert tell(words.summary, "es") != words.summary


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
    assert place(("nowhere", 3), data, "es") == "nowhere › 4"


def _texts(plan, lang):
    return "\n".join(one.get("text") or "" for one in document(load_plan(plan), lang, DAY))


def test_a_binary_in_cycles_is_told_as_one():
    """No percentage, no weaker leg: what a cycle takes and what it is worth."""
    plan = read_document("gano_excel_co_2026").data
    for bonus in plan["bonuses"]:
        if bonus["rule"] == "binary":
            cycle = {"cycle_left": 200, "cycle_right": 100, "cycle_amount": 20}
            bonus["params"] = {"mode": "cycle", "active_each_side": 1, **cycle}
    said = _texts(plan, "en")
    assert "It pays by full cycles" in said and "The weaker leg is paid" not in said
    assert "700 and 350 CV make 3 cycles: 60 USD." in said
    assert "1,300 CV" not in said
    assert "Con 700 y 350 CV caben 3 ciclos: 60 USD." in _texts(plan, "es")


@pytest.mark.parametrize("name", plan_names())
def test_an_example_with_other_figures_says_so(name):
    """The tiny example of a rule is not the plan's."""
    plan = load_plan(name)
    for lang, other in (
        ("es", "Ejemplo con otras cifras. "),
        ("en", "Example with other figures. "),
    ):
        told = [one["text"] for one in document(plan, lang, DAY) if one["kind"] == "note"]
        for bonus in plan["bonuses"]:
            tiny = rule_words.of(bonus["rule"]).tiny
            assert all(text.startswith(other) for text in told if tiny and tiny[lang] in text)
