"""Differences between two versions of a plan, in words."""

import copy

import pytest
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import FOLDER, plan_names
from mlm_engine.telling.plan_diff import diff

GANO = "gano_excel_co_2026"


@pytest.fixture
def before():
    return read_yaml((FOLDER / f"{GANO}.yaml").read_text(), GANO).data


def texts(before, after, lang="es"):
    return [one["text"] for part in diff(before, after, lang) for one in part["changes"]]


def bonus(plan, code):
    return next(item for item in plan["bonuses"] if item["code"] == code)


def test_nothing_changes(before):
    for name in plan_names():
        data = read_yaml((FOLDER / f"{name}.yaml").read_text(), name).data
        assert diff(data, copy.deepcopy(data)) == []


def test_parameter_as_a_sentence_of_its_rule(before):
    after = copy.deepcopy(before)
    bonus(after, "binary")["params"]["step_cv"] = 200
    assert texts(after, before) == [
        "Binario de equipo: La pierna menor paga en pasos de 100 CV (antes 200 CV)"
    ]
    assert texts(after, before, "en") == [
        "Team binary: The weaker leg pays in steps of 100 CV (was 200 CV)"
    ]


def test_what_is_not_written_is_its_default(before):
    after = copy.deepcopy(before)
    del bonus(after, "binary")["params"]["step_cv"]
    assert texts(before, after) == []
    bonus(after, "binary")["params"]["min_cv"] = "100.0"
    assert texts(before, after) == []


def test_a_limit_that_comes_or_goes(before):
    """No limit is said as such, and never as one of 0; of a new bonus not at all."""
    after = copy.deepcopy(before)
    bonus(after, "binary")["params"]["leg_cap"] = 500
    assert texts(before, after) == [
        "Binario de equipo: Una pierna cuenta hasta 500 CV (antes sin tope)"
    ]
    assert texts(after, before, "en") == ["Team binary: Cap of a leg: no cap (was 500 CV)"]
    after = copy.deepcopy(before)
    bonus(after, "binary")["code"] = "second"
    details = [
        text for part in diff(before, after) for one in part["changes"] for text in one["details"]
    ]
    assert "La pierna menor paga en pasos de 100 CV" in details
    assert not [text for text in details if "0 CV" in text and "100 CV" not in text]
    assert not [text for text in details if "USD" in text]


def test_a_price_is_in_the_currency_of_the_company(before):
    after = copy.deepcopy(before)
    product = after["catalog"][0]
    old, product["price"] = product["price"], 1
    shown = f"{old:,}".replace(",", ".")
    assert texts(before, after) == [f"{product['name']}: Precio: 1 COP (antes {shown} COP)"]


def test_units_agree_with_their_number(before):
    after = copy.deepcopy(before)
    bonus(after, "binary")["params"]["expire_after"] = 2
    assert texts(before, after) == [
        "Binario de equipo: Los puntos de un inactivo vencen tras 2 períodos (antes 1 período)"
    ]
    assert texts(after, before, "en") == [
        "Team binary: Points of somebody inactive expire after 1 period (was 2 periods)"
    ]


def test_entries_come_go_and_change(before):
    after = copy.deepcopy(before)
    after["ranks"].append({"code": "corona", "name": {"es": "Corona"}, "min": 20000, "pct": 16.5})
    after["packages"][1]["pct"] = 14
    del after["packages"][0]
    after["activity"]["window"] = 1
    found = {part["title"]: part["changes"] for part in diff(before, after)}
    assert [one["text"] for one in found["Rangos"]] == ["Nuevo: Corona"]
    assert "Porcentaje que da: 16,5 %" in found["Rangos"][0]["details"]
    assert [(one["kind"], one["text"]) for one in found["Paquetes"]] == [
        ("removed", "Ya no está: Kit de inicio"),
        ("changed", "Paquete ESP-1: Porcentaje que da: 14 % (antes 15 %)"),
    ]
    assert [one["text"] for one in found["Quién está activo"]] == [
        "En cuántos períodos: 1 (antes 4)"
    ]


def test_bare_word_is_an_entry_with_that_code(before):
    after = copy.deepcopy(before)
    after["trees"] = ["sponsor", {"code": "placement", "kind": "binary"}]
    assert texts(before, after) == []


def test_order_has_a_meaning(before):
    after = copy.deepcopy(before)
    after["packages"].reverse()
    assert texts(before, after) == [
        "Cambia el orden: Paquete ESP-3 › Paquete ESP-2 › Paquete ESP-1 › Kit de inicio"
    ]


def test_what_nobody_describes_is_compared(before):
    after = copy.deepcopy(before)
    after["invented"] = {"key": 1}
    bonus(after, "gen5")["params"]["secret"] = [1, 2]
    assert texts(before, after, "en") == [
        "GEN5: secret: 1 · 2 (was none)",
        "invented: key: 1 (was none)",
    ]


def test_rows_of_a_table(before):
    after = copy.deepcopy(before)
    bonus(after, "gen5")["params"]["amounts"]["ESP-1"][0] = 30
    (text,) = texts(before, after)
    assert text.startswith(
        "GEN5: Valor por paquete comprado y generación · Paquete ESP-1: 30 USD · 5 USD"
    )
    assert "(antes 25 USD · 5 USD" in text
