"""Changes of a form laid over the text of a document."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlm_engine.form.plan_text import dump, from_json, patched, plain_json, same
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import FOLDER, load_plan, plan_names

GANO = (FOLDER / "gano_excel_co_2026.yaml").read_text()


def read(text):
    return read_yaml(text).data


def through_a_browser(data):
    return json.loads(json.dumps(plain_json(data)))


def changed(text, change):
    """The text after ``change(data)`` on a screen; reads as the screen says."""
    data = through_a_browser(read(text))
    change(data)
    found = patched(text, data)
    assert same(from_json(data), read(found))
    return found


@pytest.mark.parametrize("name", plan_names())
def test_nothing_changed_is_the_same_text(name):
    text = (FOLDER / f"{name}.yaml").read_text()
    assert patched(text, through_a_browser(read(text))) == text


@pytest.mark.parametrize("name", plan_names())
def test_written_anew_is_the_same_plan(name):
    data = read((FOLDER / f"{name}.yaml").read_text())
    assert same(read(dump(data)), data)


def differing(before, after):
    old, new = before.split("\n"), after.split("\n")
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_one_value_changes_one_line():
    found = changed(GANO, lambda plan: plan["bonuses"][1]["params"].update(step_cv=200))
    gone, new = differing(GANO, found)
    assert new == ["      step_cv: 200            # the lesser leg is paid in whole steps"]
    assert len(gone) == 1
    assert read(found)["bonuses"][1]["params"]["step_cv"] == 200


def test_value_inside_braces():
    found = changed(GANO, lambda plan: plan["packages"][1].update(pct=15.5))
    assert "{code: ESP-1, name: {es: Paquete ESP-1, en: Package ESP-1}, pct: 15.5," in found


def test_key_is_added_and_taken_away():
    def change(plan):
        plan["bonuses"][1]["active_only"] = False
        del plan["bonuses"][2]["params"]["active_only"]
        plan["caps"] = [{"code": "c", "name": {"es": "Tope"}, "bonuses": ["gen5"], "amount": 10}]

    found = changed(GANO, change)
    assert "    active_only: false\n" in found and "active_only: true" not in found
    assert "# generation 5 by own PV" in found and "# Distributor prices" in found


def test_entries_are_added_taken_away_and_moved():
    fresh = {"code": "fast", "rule": "retail_profit", "name": {"es": "Rápido"}, "params": {}}
    found = changed(GANO, lambda plan: plan["bonuses"].append(fresh))
    assert "# paid = the lower of own" in found
    found = changed(found, lambda plan: plan["bonuses"].pop(0))
    assert "code: retail\n" not in found and "# paid = the lower of own" in found
    found = changed(found, lambda plan: plan["ranks"].insert(0, plan["ranks"].pop()))
    assert load_plan(read(changed(found, lambda plan: plan["ranks"].append(plan["ranks"].pop(0)))))


def test_what_nobody_knows_stays():
    text = GANO + "# the end\nfuture:\n  - {a: 1}   # kept\n"
    found = changed(text, lambda plan: plan.update(version=7))
    assert found == text.replace("version: 1", "version: 7")


def test_exact_numbers_survive_a_browser():
    text = "a: 0.1\nb: 12345678901234.5678\nc: 17\nd: '501'\ne: 1e3\n"
    data = through_a_browser(read(text))
    assert patched(text, data).replace("'12345678901234.5678'", "12345678901234.5678") == text


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.decimals(-1000, 1000, places=4).map(lambda one: one.normalize() + 0)
    | st.text("abc: #-'\"{}[],ñ1.5\n", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abcé1", min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)
DOCUMENTS = st.dictionaries(st.sampled_from(["plan", "ranks", "bonuses", "x"]), VALUES, min_size=1)


@given(DOCUMENTS, DOCUMENTS)
def test_any_change_reads_as_meant(before, after):
    text = dump(before)
    expected = from_json(plain_json(after))
    assert same(read(patched(text, copy.deepcopy(after))), expected)
