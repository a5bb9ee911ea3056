# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The worked example of every rule, ``rules/<rule>/example.yaml``: it plays, the reference
calculator agrees, and what the rule's file and people are told are its figures."""

import io
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from mlm_engine import rules
from mlm_engine import scenario as scenarios
from mlm_engine.form import describe_plan
from mlm_engine.kernel import result as results
from mlm_engine.kernel.exact import E4
from mlm_engine.plan.yaml_text import SCENARIO, read_yaml
from mlm_engine.scenario import cli, report
from mlm_engine.telling.plan_markdown import markdown
from side_by_side import differences

#: 1,356 or 26.40 by itself: no part of a code (ESP-3, B1, GX-BIN-03)
NUMBER = r"(?<![\w-])\d{{1,3}}(?:\{0}\d{{3}})+(?:\{1}\d+)?|(?<![\w-])\d+(?:\{1}\d+)?"
SIGNS = {"en": (",", "."), "es": (".", ",")}
LANGS = ("es", "en")


def file_of(name):
    return rules.folder(name) / "example.yaml"


def data_of(name):
    return read_yaml(file_of(name).read_text(encoding="utf-8"), name, SCENARIO).data


def played(name):
    return scenarios.play(scenarios.load(file_of(name)))


def told(text, lang):
    """Return the numbers in a text, a set of ``Decimal``."""
    group, dot = SIGNS[lang]
    found = re.findall(NUMBER.format(group, dot), text)
    return {Decimal(one.replace(group, "").replace(dot, ".")) for one in found}


def docstring(name):
    """Return the paragraph of a rule's tiny example."""
    text = sys.modules[type(rules.get(name)).__module__].__doc__
    return next(part for part in text.split("\n\n") if part.startswith("Tiny example"))


def numbers(value, keep=lambda key: True):
    """Return all numbers of a document, of mappings those whose key is kept."""
    if isinstance(value, dict):
        return {n for key, one in value.items() if keep(key) for n in numbers(one, keep)}
    if isinstance(value, list):
        return {n for one in value for n in numbers(one, keep)}
    return {Decimal(value)} if isinstance(value, (int, Decimal)) else set()


def expected(data):
    """Return what is expected to be paid, not to be paid and to be carried."""
    found = set()
    for period in data["expect"].values():
        for section in ("earnings", "breakage", "carry"):
            found |= numbers(period.get(section, {}), lambda key: key not in ("level", "source"))
    return found


def computed(play):
    """Return the figures of the earning rows: points, percent and money."""
    found = set()
    for cycle in play.periods:
        for name, values in results.columns(cycle.result.earnings):
            scale = {"base_e4": E4, "rate_e6": E4, "amount_e4": E4, "breakage_e4": E4}.get(name)
            if scale:
                found |= {Decimal(one) / scale for one in values.tolist()}
    return found


@pytest.mark.parametrize("name", rules.names())
def test_it_plays_and_the_reference_agrees(name):
    play = played(name)
    assert [str(item) for _, item in report.differences(play)] == []
    paid = {one for cycle in play.periods for one in cycle.result.earnings.bonus.tolist()}
    assert name in {play.scenario.plan["bonuses"][one]["rule"] for one in paid}
    for cycle in play.periods:
        assert differences(cycle.snapshot) == []
        assert differences(cycle.snapshot, whole=False) == []


@pytest.mark.parametrize("name", rules.names())
def test_what_is_told_are_its_figures(name):
    """The rule's file and both stories name all that is paid, and no figure of their own."""
    data = data_of(name)
    known = numbers(data) | computed(played(name))
    texts = [(docstring(name), "en"), *((data["story"][lang], lang) for lang in LANGS)]
    for text, lang in texts:
        assert expected(data) - told(text, lang) == set(), text
        assert told(text, lang) - known == set(), text


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", rules.names())
def test_it_is_explained_and_its_plan_is_told(name, lang):
    play = played(name)
    for cycle in play.periods:
        rows = cycle.result.earnings
        found = report.explanations(play, cycle, lang)
        for payee, amount in zip(rows.payee.tolist(), rows.amount_e4.tolist(), strict=True):
            if payee >= 0:
                mine = found[play.scenario.distributors[payee].code]["earnings"]
                said = " ".join(step["text"] for one in mine for step in one["steps"])
                assert Decimal(amount) / E4 in told(said, lang)
    text = markdown(play.scenario.plan, lang, play.cycles[0].start)
    assert all(bonus["name"][lang] in text for bonus in play.scenario.plan["bonuses"])


def test_people_are_told_the_story():
    """In the choice of a new bonus, and in the plan document where a plan's own numbers give
    no example."""
    for lang in LANGS:
        sections = {one["key"]: one for one in describe_plan(lang)["sections"]}
        options = {one["value"]: one for one in sections["bonuses"]["variant"]["options"]}
        for name in rules.names():
            assert options[name]["example"] == data_of(name)["story"][lang]
        contest = played("contest")
        text = markdown(contest.scenario.plan, lang, contest.cycles[0].start)
        assert data_of("contest")["story"][lang] in text


def test_a_command_plays_it():
    out = io.StringIO()
    assert cli.main([str(file_of("binary"))], out) == 0
    assert "As expected." in out.getvalue()
    done = subprocess.run(
        [Path(__file__).parents[2] / "mlm", "scenario", file_of("binary")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "As expected." in done.stdout, done.stderr
