# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Infinity."""

from company_kit import Company, plan
from levels_kit import RANKS
from mlm_engine.telling import explain


def test_infinity_ends_at_an_equal():
    """2 % on 10,000 below, 4,000 of it under another one of the rank: 120."""
    bonus = {"rule": "infinity", "params": {"rates": {"one": 2}}}
    company = Company(plan(bonus, ranks=RANKS)).person("A", rank="one").person("P", "A")
    company.person("B", "A", rank="one").person("Q", "B").sale("P", 6000).sale("Q", 4000).run()
    assert company.paid() == {"A": 120, "B": 80}


def test_infinity_reduced_and_from_level():
    params = {"rates": {"one": 2}, "reduced": {"one": [1]}, "from_level": 2}
    bonus = {"rule": "infinity", "params": params}
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(*[(code, "one", True) for code in "CBA"], "X").sale("X").run()
    # A stands on level 1: counts, but is not paid; C has two below
    assert company.paid() == {"B": 1}
    steps = explain.explain_earning(company.data, company.result, 0, lang="en")["steps"]
    assert "1 of rank One or higher between: reduced percentage" in [one["text"] for one in steps]
    # whoever stands between keeps the own rank to themselves
    view = explain.View(company.data, company.result, lang="en", discreet=True)
    step = next(one for one in explain.earning(view, 0)["steps"] if one["step"] == "level")
    assert step["text"] == "Reduced percentage" and step["figures"] == {"level": 2}
