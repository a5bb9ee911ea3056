# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Every scenario file plays and finds what it expects; bad files say where."""

import dataclasses
import json
import re
from pathlib import Path

import pytest
from mlm_engine import scenario as scenarios
from mlm_engine.scenario import model, report
from scenario_kit import BASE, FOLDER, event

FILES = sorted(FOLDER.glob("*.yaml"))


GOLDENS = (
    *(f"GX-GEN5-{number}" for number in ("01", "02", "03", "05", "07", "10")),
    *(f"GX-BIN-{number}" for number in ("02", "03", "06", "07", "08", "09")),
    *("GX-PV-01", "GX-PV-03", "GX-RETAIL-01", "GX-CAL-01", "GX-CAL-03"),
    "LEG-01",
)


UNIT_CASES = {
    "GX-BIN-01": "test_examples.py",
    "GX-BIN-10": "test_examples.py",
    "BINV-01": "test_binary.py",
    "BINV-03": "test_binary.py",
    "BINV-04": "test_binary.py",
    "GX-KIT-01": "test_plan.py",
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scenario(path):
    played = scenarios.play(scenarios.load(path))
    assert [str(item) for _, item in report.differences(played)] == []
    assert played.scenario.source and played.scenario.expect
    json.dumps(report.document(played))


def test_every_worked_example_has_a_case():
    texts = "".join(path.read_text(encoding="utf-8") for path in FILES)
    assert [golden for golden in GOLDENS if golden not in texts] == []
    for golden, name in UNIT_CASES.items():
        assert golden in (Path(__file__).parent / name).read_text(encoding="utf-8")


def test_a_dict_reads_like_a_file():
    scenario = scenarios.load(BASE)
    assert scenario.sales[0].credited == "B"
    assert scenario.person("C").kind == "customer"
    assert scenario.withholding_rate_e6 == 100_000
    assert [cycle.number for cycle in scenarios.play(scenario).cycles] == [924]


def test_a_move_counts_from_the_next_cycle():
    """RULES 19: past leg volume does not move, carry stays with the position."""
    data = {
        **BASE,
        "cycles": [924, 925],
        "sales": [
            {"id": "S1", "buyer": "B", "paid": "2026-08-20", "lines": [{"pv": 60, "cv": 70}]},
            {"id": "S2", "buyer": "B", "paid": "2026-08-25", "lines": [{"pv": 60, "cv": 30}]},
            {"buyer": "A", "paid": "2026-08-17", "lines": [{"pv": 60, "cv": 0}]},
        ],
        "events": event(at="2026-08-19", parent="A", leg="right"),
        "expect": {
            924: {"carry": {"A": {"binary": {"carry_left": 70, "carry_right": 0}}}},
            925: {"carry": {"A": {"binary": {"carry_left": 70, "carry_right": 30}}}},
        },
    }
    played = scenarios.play(scenarios.load(data))
    assert report.differences(played) == []


def test_the_example_of_the_docs_loads(tmp_path):
    text = (FOLDER.parents[1] / "docs" / "contracts" / "scenario.md").read_text("utf-8")
    path = tmp_path / "docs.yaml"
    path.write_text(text.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    scenario = scenarios.load(path)
    assert scenario.opening.titles == {"ANA": "bronce"}
    report.document(scenarios.play(scenario))


def test_the_page_names_every_key_and_field():
    page = (FOLDER.parents[1] / "docs" / "contracts" / "scenario.md").read_text("utf-8")
    _rest, shown, classes = re.split("^## (?:JSON|From Python)$", page, flags=re.MULTILINE)
    found = report.document(scenarios.play(scenarios.load(BASE)))
    keys = {*found, *found["cycles"][0], "where", "text", "remedy", "kind"}
    assert sorted(keys - set(re.findall('"([a-z_]+)"', shown))) == []
    for name in ("Rate", "Place", "Distributor", "Opening", "Line", "Sale", "Refund", "Event"):
        written = re.search(f"`{name}\\(.*|(?<=[ (]){name}\\(.*", classes)[0]
        fields = {item.name for item in dataclasses.fields(getattr(model, name))}
        assert sorted(fields - set(re.findall(r"\w+", written))) == [], name
