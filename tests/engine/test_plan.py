# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Plan documents: what is read, what is refused, what agrees with what."""

import copy
import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from mlm_engine import plans, rules
from mlm_engine.kernel import periods
from mlm_engine.plan import params
from mlm_engine.plan.document import iso_day
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.rules.base import Rule
from mlm_engine.telling import rule as telling
from mlm_engine.telling.language import tell

ROOT = Path(__file__).parents[2]
NAME = "gano_excel_co_2026"


@pytest.fixture(name="document")
def fixture_document():
    return copy.deepcopy(plans.read_document(NAME).data)


def problems(document):
    with pytest.raises(plans.PlanError) as caught:
        plans.load_plan(document)
    return str(caught.value)


def test_numbers_are_scaled():
    plan = plans.load_plan(NAME)
    assert plan["activity"] == {
        "period": "week",
        "pv_e4": 500000,
        "window": 4,
        "by_rank_e4": [500000] * 6,
        "held": "paid",
    }
    assert plan["rounding"] == {"mode": "half_up", "unit_e4": 100}
    assert plan["packages"][3]["rate_e6"] == 170000
    assert plan["packages"][3]["repeat_rate_e6"] == 150000
    assert [rank["min_e4"] for rank in plan["ranks"]] == [
        minimum * 10**4 for minimum in (0, 1500, 2500, 4000, 8000, 12000)
    ]
    binary, gen5 = plan["bonuses"][1]["params"], plan["bonuses"][2]["params"]
    assert binary["step_cv_e4"] == 100 * 10**4
    assert gen5["amounts_e4"][0] == [0] * 5
    assert gen5["amounts_e4"][3] == [usd * 10**4 for usd in (150, 20, 20, 20, 40)]
    assert gen5["pv_tiers"]["5"] == [[1000000, 10**6], [500000, 500000], [0, 0]]


def test_a_name_a_path_and_a_document_give_the_same(document):
    path = plans.FOLDER / f"{NAME}.yaml"
    assert plans.load_plan(NAME) == plans.load_plan(path) == plans.load_plan(document)
    with pytest.raises(FileNotFoundError, match=NAME):
        plans.load_plan("gano_excel_co_2025")


def test_catalog_of_25_products():
    """Products of the official table; kit and upgrades come on top."""
    catalog = {item["code"]: item for item in plans.load_plan(NAME)["catalog"]}
    assert len([code for code in catalog if code.isdigit()]) == 25
    assert set(catalog) - {code for code in catalog if code.isdigit()} == {
        "KIT",
        "UPG-1-2",
        "UPG-1-3",
        "UPG-2-3",
    }
    collagen = catalog["530"]
    assert (collagen["pv_e4"], collagen["cv_e4"]) == (310000, 276000)
    assert collagen["price_e4"] == 216900 * 10**4


def test_package_and_upgrade_make_the_target_package():
    """GX-KIT-01 (published rule, strict): contents, totals and prices."""
    catalog = {item["code"]: item for item in plans.load_plan(NAME)["catalog"]}
    packages = {1: "897", 2: "898", 3: "899"}
    totals = {}
    for low, high in ((1, 2), (1, 3), (2, 3)):
        below, above = catalog[packages[low]], catalog[packages[high]]
        upgrade = catalog[f"UPG-{low}-{high}"]
        codes = {*below["contents"], *upgrade["contents"], *above["contents"]}
        for code in codes:
            parts = below["contents"].get(code, 0) + upgrade["contents"].get(code, 0)
            assert parts == above["contents"].get(code, 0), code
        for figure in ("pv_e4", "cv_e4", "price_e4"):
            assert below[figure] + upgrade[figure] == above[figure]
        totals[low, high] = sum(upgrade["contents"].values())
    assert [sum(catalog[code]["contents"].values()) for code in packages.values()] == [7, 18, 35]
    assert totals == {(1, 2): 11, (1, 3): 28, (2, 3): 17}


def test_numbered_cycles():
    """GX-CAL-01 and GX-CAL-03; the company's page dates cycle 613 to 2020-08-31."""
    week = plans.load_plan(NAME)["periods"]["week"]
    days = {number: [iso_day(day) for day in periods.bounds(week, number)] for number in (924, 893)}
    assert days[924] == ["2026-08-17", "2026-08-23", "2026-09-04"]
    assert days[893] == ["2026-01-12", "2026-01-18", "2026-01-30"]
    assert iso_day(periods.bounds(week, 613)[0]) == "2020-08-31"
    for number in (613, 893, 924):
        start, end, _ = periods.bounds(week, number)
        assert {periods.number_of(week, day) for day in range(start, end + 1)} == {number}


def test_all_problems_come_at_once(document):
    document["bonuses"][1]["params"]["stepcv"] = 1
    document["ranks"][2]["measure"] = "binario.paid_cv"
    document["packages"][1]["pct"] = "a lot"
    document["rounding"]["mode"] = "halfup"
    text = problems(document)
    assert "unknown key 'stepcv'. Did you mean 'step_cv'?" in text
    assert "unknown bonus 'binario'. Did you mean 'binary'?" in text
    assert "'a lot' is not a number" in text
    assert "Did you mean 'half_up'?" in text


def test_problems_of_a_file_say_where(tmp_path):
    text = (plans.FOLDER / f"{NAME}.yaml").read_text(encoding="utf-8")
    path = tmp_path / "mine.yaml"
    path.write_text(text.replace("rule: binary", "rule: binry"), encoding="utf-8")
    line = text[: text.index("rule: binary")].count("\n") + 1
    message = problems(path)
    assert f"mine.yaml:{line}: bonuses.1.rule: unknown rule 'binry'" in message
    assert "Did you mean 'binary'?" in message


def test_only_sales_pay(document):
    """Law 9: enrolment alone never pays, and the refusal says why."""
    document["bonuses"][2]["pays_on"] = "enrolment"
    assert "only sales pay, never enrolment alone (Ley 1700" in problems(document)
    del document["bonuses"][2]["pays_on"]
    next(item for item in document["catalog"] if item["code"] == "897")["cv"] = 0
    assert "bonus for enrolment alone" in problems(document)


def test_a_bounded_plan_above_all_cv_is_refused(document):
    document["bonuses"][2]["params"]["amounts"]["ESP-1"] = [60, 20, 10, 10, 5]
    assert "pay up to 105 % of CV" in problems(document)


def test_an_unbounded_rule_gets_a_warning():
    findings = plans.review(plans.load_plan(NAME))
    assert [item.severity for item in findings] == ["warning"]
    assert "binary has no upper bound" in findings[0].text


def test_share_of_cv_that_gen5_can_pay():
    bonus = plans.load_plan(NAME)["bonuses"][2]
    rule = rules.get("package_bonus")
    plan = plans.load_plan(NAME)
    # 150 + 20 + 20 + 20 + 40 of 500 CV; the upgrades 1->2 and 2->3 pay less
    assert rule.ceiling(rule.Params(**bonus["params"]), plan) == Fraction(1, 2)


def test_merge_lays_overrides_over_a_plan(document):
    merged = plans.merge(
        document, {"bonuses": [{"code": "binary", "params": {"inactive": "freeze"}}]}
    )
    assert merged["bonuses"][1]["params"]["inactive"] == "freeze"
    assert merged["bonuses"][1]["params"]["step_cv"] == 100
    assert document["bonuses"][1]["params"]["inactive"] == "expire"
    added = plans.merge(document, {"ranks": [{"code": "extra"}]})
    assert len(added["ranks"]) == len(document["ranks"]) + 1


@pytest.mark.parametrize("name", rules.names())
def test_every_rule_keeps_its_contract(name):
    rule = rules.get(name)
    assert rule.name == name and isinstance(rule, Rule)
    assert rule.label and tell(rule.label, "es") != rule.label
    assert rule.tree in (None, "sponsor", "placement", "matrix", "any")
    assert type(rule).compute is not Rule.compute
    assert "Tiny example" in sys.modules[type(rule).__module__].__doc__
    for item in params.describe(rule.Params):
        assert item["key"] and item["label"]
        assert tell(item["label"], "es") != item["label"]
        assert rule.Params.__dataclass_params__.frozen


def test_rules_plans_and_docs_agree():
    """A rule is found by one name: its file, the plans, the headings of the docs."""
    text = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^### `(\w+)`", text, re.MULTILINE))
    assert headings == set(rules.names())
    folders = {path.parent.name for path in Path(rules.__file__).parent.glob("[a-z]*/rule.py")}
    assert folders == set(rules.names())
    assert all(type(telling.of(name)) is not telling.Telling for name in rules.names())
    for plan in plans.plan_names():
        assert {item["rule"] for item in plans.load_plan(plan)["bonuses"]} <= set(rules.names())
        assert f"## `{plan}`" in text


def test_the_plan_of_the_guide_loads():
    """docs/plans.md teaches by a whole document: it must be one, and have no error."""
    text = (ROOT / "docs" / "plans.md").read_text(encoding="utf-8")
    (document,) = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    plan = plans.load_plan(read_yaml(document, "guide"))
    assert plan["bonuses"][0]["params"]["rates_e6"] == [100_000, 50_000, 20_000]
    assert [item for item in plans.review(plan) if item.severity == "error"] == []
