"""The reference of parameters in ``docs/`` is what the declarations give."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from mlm_engine import measures, rules
from mlm_engine.plan import params
from mlm_engine.plan.schema import bonuses, canonical, catalog, general, payout, periods, ranks
from mlm_engine.plan.schema.conditions import FORMS
from mlm_engine.telling.language import tell
from mlm_engine.telling.parameters import PAGES, page

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_is_what_the_declarations_give(lang):
    kept = (DOCS / PAGES[lang]).read_text(encoding="utf-8")
    assert kept == page(lang), f"docs/{PAGES[lang]} is not up to date: run `./mlm docs`"


@pytest.mark.parametrize("lang", PAGES)
def test_everything_that_is_declared_is_there(lang):
    text = page(lang)
    parts = text.split("\n### ")[1:]

    def part(head):
        (found,) = [one for one in parts if one.startswith(head)]
        return found

    declared = {f"`rule: {name}`": rules.get(name).Params for name in rules.names()}
    declared |= {f"`kind: {name}`": measures.get(name).Params for name in measures.names()}
    declared |= {f"`{name}`": form for name, (form, _label) in FORMS.items()}
    for head, declaring in declared.items():
        found = part(head)
        for item in params.describe(declaring):
            assert f"| `{item['key']}` |" in found
            assert tell(item["label"], lang) in found
            for value, label in item["options"].items():
                assert f"`{value}`: {tell(label, lang)}" in found
            for inner in item.get("fields", []):
                assert f"| `{item['key']}.{inner['key']}` |" in found
    sections = (bonuses, catalog, general, payout, periods, ranks)
    declared = [one for module in sections for one in vars(module).values() if is_dataclass(one)]
    assert len(declared) > 15
    inside = {general.Currency: "currency.", general.Rounding: "rounding."}
    for declaring in declared:
        for item in fields(declaring):
            assert f"| `{inside.get(declaring, '')}{params.key(item)}` |" in text


def test_what_a_parameter_row_says():
    text = page("en")
    for row in (
        "| `leg_cap` | points | CV | `0` | Cap of a leg<br>0: no cap. |",
        "| `step_cv` | points | CV | `100` | Step of CV that is paid"
        "<br>Only read with `mode: percentage` |",
        "| `window_days` | whole number | days | `0` | Days since joining<br>0: not in days. |",
        "| `cap_own` | `true` or `false` |  | `false` | Own volume counts up to that cap"
        "<br>Only read with `own: true` |",
        "| `over_cap` | one choice |  | `consumed` | What matches above that"
        "<br>`consumed`: Is used up<br>`kept`: Stays"
        "<br>Only read with `max_matched` and `after_pay: net_off` |",
        "| `held` | one choice |  | `paid` | Which rank counts for that"
        "<br>`paid`: The one paid before<br>`title`: The title<br>Only read with `by_rank` |",
        "| `price` | money | company currency | required | Price |",
    ):
        assert row in text
    assert (
        "| `window_days` | número entero | días | `0` | Días desde el ingreso"
        "<br>0: no va en días. |"
    ) in page("es")


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ({"package": "P", "min": 1}, "unknown key 'min'"),
        ({"title": "T", "in_term": True}, "unknown key 'in_term'"),
        ({"any": [], "measure": "own_pv"}, "unknown key 'measure'"),
        ({"measure": "own_pv"}, "'min' is missing"),
        ({"min": 5}, "'measure' is missing"),
    ],
)
def test_a_condition_takes_what_its_form_declares(condition, problem):
    data = {
        "plan": "p",
        "name": "P",
        "version": 1,
        "currency": {"base": "USD", "company": "USD"},
        "rounding": {"mode": "half_up", "unit": 1},
        "periods": {"m": {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01"}},
        "packages": [{"code": "P", "name": "P"}],
        "ranks": [{"code": "R", "name": "R"}, {"code": "T", "name": "T", "requires": [condition]}],
        "bonuses": [],
    }
    assert [item.text for item in canonical(data)[1]] == [problem]
