# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A new bonus is one folder and one reference file: toy rules in folders of their own pass
what every rule has to pass, and nothing else knows of them."""

import contextlib
import sys
from dataclasses import replace

import catalogue_kit
import mlm_reference.rules
import pytest
import test_reference
import test_rule_examples
from mlm_cli import catalogues
from mlm_engine import rules
from mlm_engine.form import describe_plan
from mlm_engine.plans import load_plan, review
from mlm_engine.scenario import report
from mlm_engine.telling import rule, rule_words
from mlm_engine.telling.language import tell
from mlm_engine.telling.plan_findings import findings_of
from mlm_engine.telling.plan_markdown import markdown
from test_rule_examples import LANGS, data_of, played

RULE = '''"""Toy: a share of everybody's own purchases to the sponsor.

    paid(row) = CV(row) × pct × rate of exchange, rounded once

Tiny example: 10 % of 200: 20 for the sponsor.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel import eligibility, row_filter
from ...kernel.codes import Reason
from ...kernel.exact import E6
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from ..base import Rule


@dataclass(frozen=True)
class Params:
    pct_e6: int = make.number("percent", 0, _("Share of the purchase"))


class Toy(Rule):
    label = _("Toy bonus")
    tree = "sponsor"
    Params = Params

    def check(self, params, plan):
        if params.pct_e6:
            return []
        return [error(_("no gift is paid"), _("Give `pct`"), ("pct",))]

    def ceiling(self, params, plan):
        return Fraction(params.pct_e6, E6)

    def compute(self, ctx, bonus):
        data, row = ctx.snapshot, row_filter.taken(ctx, bonus)
        row = row[data.row_member[row] >= 0]
        member = data.row_member[row]
        payee = data.sponsor[member]
        reason = eligibility.of_bonus(ctx, bonus).reason[payee]
        reason = np.where(payee < 0, int(Reason.NO_UPLINE), reason)
        pay(ctx, bonus, base_e4=data.row_cv_e4[row], rate_e6=bonus.params.pct_e6, reason=reason,
            earns=reason == 0, payee=payee, source=member, row=row, level=1)
'''

REFERENCE = """from ..codes import REASONS
from ..numbers import rate
from ..row_bonus import RowBonus, Upline


class Rule(RowBonus):
    reach = 1

    def places(self, row):
        member = self.run.inputs.row_member[row]
        sponsor = self.run.network.sponsor(member, None)
        return [(Upline(sponsor, -1, 1),)] if member >= 0 else []

    def paid(self, row, upline):
        payee, member = upline.member, self.run.inputs.row_member[row]
        refusal = self.refusal(payee) if payee >= 0 else REASONS["NO_UPLINE"]
        pct = rate(self.param("pct", 0))
        return self.earning(payee, self.row_base(row), pct, refusal, row=row, source=member, level=1)
"""

EXAMPLE = """scenario: 2
title: A share of what LUZ buys
source: the figures are ours
story: {es: '10 % de 200 CV: 20 para quien patrocina.', en: '10 % of 200 CV: 20 for the sponsor.'}
plan:
  plan: toy_example
  name: {es: Juguete, en: Toy}
  version: 1
  currency: {base: USD, company: USD}
  rounding: {mode: half_up, unit: 0.01}
  periods: {month: {kind: month, anchor_number: 1, anchor_start: 2026-01-01}}
  bonuses:
    - {code: toy, rule: toy, name: {es: Regalo, en: Gift}, params: {pct: 10}}
company: {currency: USD}
cycles: [8]
distributors: [{code: ANA}, {code: LUZ, sponsor: ANA}]
sales: [{buyer: LUZ, paid: 2026-08-10, lines: [{pv: 0, cv: 200}]}]
expect:
  8: {earnings: {ANA: {toy: 20}}, complete: true}
"""

#: A rule that is one we have, in words of its own.
TOLD = {
    "rule.py": RULE.partition("\n\nfrom dataclasses")[0]
    + "\nfrom ..toy.rule import Toy\n\n\nclass ToyTold(Toy):\n    pass\n",
    "explain.py": """from ...kernel.text import _
from ...telling import shapes
from ...telling.rule import Telling


class ToyToldTelling(Telling):
    def steps(self, view, found, index):
        name = view.name("row", found.row)
        text = view.say("Gift of the purchase {name}", name=name)
        return [shapes.sentence(view, "gift", text, _("The gift")), *super().steps(view, found, index)]
""",
    "words.py": """from ...kernel.text import _
from ...telling.rule_words import Words


class ToyToldWords(Words):
    summary = _("A gift of each purchase.")
    phrases = {"pct": _("The gift is {}")}
""",
    "example.yaml": EXAMPLE.replace("rule: toy", "rule: toy_told"),
}

#: What both say in Spanish.
SPANISH = {
    "Share of the purchase": "Parte de la compra",
    "Toy bonus": "Bono de juguete",
    "no gift is paid": "no regala nada",
    "Give `pct`": "Dé la parte",
    "Gift of the purchase {name}": "Regalo de la compra {name}",
    "The gift": "El regalo",
    "A gift of each purchase.": "Un regalo de cada compra.",
    "The gift is {}": "Se regala el {}",
}


@contextlib.contextmanager
def added(folder, **files):
    """Put rules into a folder and look for rules there: ``rule={file: text}``; the text of
    ``reference`` goes to the reference calculator."""
    paths = {rules: folder / "engine", mlm_reference.rules: folder / "reference"}
    for name, texts in files.items():
        for file, text in {"__init__.py": "", **texts}.items():
            path = paths[rules] / name / file
            if file == "reference":
                path = paths[mlm_reference.rules] / f"{name}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    for package, path in paths.items():
        package.__path__.append(str(path))
    yield
    for package, path in paths.items():
        package.__path__.remove(str(path))
        for name in files:
            for module in [
                one for one in sys.modules if f"{one}.".startswith(f"{package.__name__}.{name}.")
            ]:
                del sys.modules[module]


@pytest.fixture(scope="module", autouse=True)
def toys(tmp_path_factory):
    told = {**TOLD, "reference": "from .toy import Rule\n"}
    toy = {"rule.py": RULE, "example.yaml": EXAMPLE, "reference": REFERENCE}
    folder, locale = tmp_path_factory.mktemp("toys"), tmp_path_factory.mktemp("locale")
    with added(folder, toy=toy, toy_told=told), catalogue_kit.told_from(locale, es=SPANISH):
        yield


TOYS = ("toy", "toy_told")


@pytest.mark.parametrize("name", TOYS)
def test_it_passes_what_every_rule_has_to_pass(name):
    """Its example plays, the reference agrees on it and on random plans, and what is told
    are its figures."""
    test_rule_examples.test_it_plays_and_the_reference_agrees(name)
    test_rule_examples.test_what_is_told_are_its_figures(name)
    for lang in LANGS:
        test_rule_examples.test_it_is_explained_and_its_plan_is_told(name, lang)
    test_reference.test_random_plans(name)
    paid = [name in test_reference._that_pay(test_reference.case(name, one)[0]) for one in range(9)]
    assert any(paid)


def test_its_plan_is_read_and_checked():
    plan = load_plan(data_of("toy")["plan"])
    assert plan["bonuses"][0]["params"] == {"pct_e6": 100_000}
    assert review(plan) == []
    plan, found = findings_of({**data_of("toy")["plan"], "bonuses": [_bonus(pct=0)]})
    assert [(one["severity"], one["text"]) for one in found] == [
        ("error", {"es": "no regala nada", "en": "no gift is paid"})
    ]
    assert found[0]["remedy"] == {"es": "Dé la parte", "en": "Give `pct`"}
    assert found[0]["place"]["es"] == "Bonos › Regalo › Parte de la compra"
    _plan, found = findings_of({**data_of("toy")["plan"], "bonuses": [_bonus(pcd=1)]})
    assert "pct" in found[0]["remedy"]["en"]


def _bonus(**params):
    return {**data_of("toy")["plan"]["bonuses"][0], "params": params}


@pytest.mark.parametrize(
    ("lang", "base", "gift"),
    [
        ("es", "Base: 200 CV", "Regalo de la compra"),
        ("en", "Base: 200 CV", "Gift of the purchase"),
    ],
)
def test_it_explains_itself(lang, base, gift):
    for name, words in zip(TOYS, ([base, "20"], [gift, base, "20"]), strict=True):
        play = played(name)
        found = report.explanations(play, play.cycles[0], lang)["ANA"]["earnings"]
        said = " ".join(step["text"] for one in found for step in one["steps"])
        assert all(one in said for one in words), said


@pytest.mark.parametrize("lang", LANGS)
def test_people_choose_and_read_it(lang):
    """The palette of the plan form and the plan document show it without further words."""
    sections = {one["key"]: one for one in describe_plan(lang)["sections"]}
    options = {one["value"]: one for one in sections["bonuses"]["variant"]["options"]}
    story = data_of("toy")["story"][lang]
    for name in TOYS:
        assert options[name]["label"] == tell(rules.get(name).label, lang)
        assert options[name]["example"] == story
        assert options[name]["fields"][0]["label"] == _in("Share of the purchase", lang)
    assert options["toy_told"]["summary"] == _in("A gift of each purchase.", lang)
    texts = [markdown(load_plan(data_of(name)["plan"]), lang, 739_000) for name in TOYS]
    assert all(story in text and "10 %" in text for text in texts)
    assert _in("The gift is {}", lang).format("10 %") in texts[1]


def _in(text, lang):
    return SPANISH[text] if lang == "es" else text


def test_its_catalogue_is_what_its_files_say(tmp_path):
    """Babel finds each text of theirs, and they need no other."""
    with added(tmp_path, toy_a={"rule.py": RULE}, toy_b=TOLD):
        texts = replace(catalogues.ENGINE, sources=tmp_path)
        assert {message.id for message in texts.found() if message.id} == set(SPANISH)


def test_a_folder_is_seen_while_it_is_looked_into(tmp_path):
    assert set(TOYS) <= set(rules.names())
    with added(tmp_path, toy_short={"rule.py": TOLD["rule.py"].replace("ToyTold", "ToyShort")}):
        assert "toy_short" in rules.names()
        assert isinstance(rules.get("toy_short"), type(rules.get("toy")))
        assert rule_words.of("toy_short").tiny is None
    assert "toy_short" not in rules.names()
    with pytest.raises(KeyError, match="toy_short"):
        rules.get("toy_short")


def test_a_misnamed_class_says_what_is_expected(tmp_path):
    """File, class expected and classes that stand there, whichever file it is."""
    plain = "from ..toy.rule import Toy\n\n\nclass {}(Toy):\n    pass\n"
    files = {
        "toy_a": {"rule.py": plain.format("Toya")},
        "toy_b": {"rule.py": "import numpy\n"},
        "toy_c": {"rule.py": plain.format("ToyC"), "explain.py": "class Telling:\n    pass\n"},
        "toy_d": {"rule.py": plain.format("ToyD"), "words.py": "class WordsOfToy:\n    pass\n"},
        "toy_e": {"reference": "from .toy import Rule\n"},
    }
    asked = {
        "toy_a": (rules.get, r"toy_a.rule\.py: there is no class ToyA; it has Toya"),
        "toy_b": (rules.get, r"toy_b.rule\.py: there is no class ToyB; it has no classes"),
        "toy_c": (rule.of, r"toy_c.explain\.py: there is no class ToyCTelling; it has Telling"),
        "toy_d": (
            rule_words.of,
            r"toy_d.words\.py: there is no class ToyDWords; it has WordsOfToy",
        ),
        "toy_e": (rules.get, r"No module named 'mlm_engine.rules.toy_e.rule'"),
    }
    with added(tmp_path, **files):
        for name, (ask, message) in asked.items():
            with pytest.raises(ImportError, match=message):
                ask(name)
