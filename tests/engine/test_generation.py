# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generations."""

import pytest
from company_kit import Company, plan
from levels_kit import RANKS
from mlm_engine.telling import explain


@pytest.mark.parametrize(
    "settings, paid",
    [
        ({}, {"A": 5, "B": 4, "C": 3}),
        ({"own_group": False}, {"B": 5, "C": 4}),
        ({"mode": "same_rank"}, {"A": 5, "B": 5, "C": 4}),
        ({"empty": "skipped"}, {"A": 5, "B": 4, "C": 4}),
    ],
)
def test_generations(settings, paid):
    """A (one), B and C (two) lead; nobody but X buys, so B's own group is empty."""
    params = {"rates": [5, 4, 3], "rank": "one", **settings}
    company = Company(plan({"rule": "generation", "params": params}, ranks=RANKS))
    company.chain(("C", "two", True), ("B", "two", True), ("A", "one", True), "X")
    assert company.sale("X").run().paid() == paid


GEN_01 = [
    # Master B's rank and activity, then who is paid which generation
    ("none", True, [("A", 1)]),
    ("master", True, [("A", 2), ("B", 1)]),
    ("master", False, [("A", 1)]),  # unqualified: creates no generation
]


@pytest.mark.parametrize("rank, active, paid", GEN_01)
def test_gen_01(rank, active, paid):
    params = {"rates": [5, 4], "rank": "master", "ineligible": "skip"}
    company = Company(plan({"rule": "generation", "params": params}, ranks=("none", "master")))
    company.chain(("A", "master", True), "P", ("B", rank, active), "Q", "X")
    company.sale("X").run()
    assert [(row[0], row[2]) for row in company.rows() if row[3]] == paid


@pytest.mark.parametrize("leaders, told", [(1, "there is 1 leader "), (2, "there are 2 leaders ")])
def test_too_many_leaders_between(leaders, told):
    params = {"rates": [5], "rank": "one"}
    company = Company(plan({"rule": "generation", "params": params}, ranks=RANKS))
    company.chain(*[(f"L{place}", "one", True) for place in range(leaders + 1)], "X").sale(
        "X"
    ).run()
    found = explain.explain_why_not(company.data, company.result, 0, 0, lang="en")
    assert told in found["bonuses"][0]["text"]
