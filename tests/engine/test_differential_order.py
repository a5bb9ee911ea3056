# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differential per order."""

import pytest
from company_kit import Company, plan
from levels_kit import RANKS


def test_differential_per_order():
    bonus = {"rule": "differential_order", "params": {"rates": {"one": 5, "two": 11, "three": 14}}}
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(("C", "three", 1), ("E", "one", 1), ("B", "two", 1), ("A", "one", 1), "X")
    assert company.sale("X").run().paid() == {"A": 5, "B": 6, "C": 3}


@pytest.mark.parametrize(
    "own, ineligible, paid",
    [
        ("pays", "passes_up", {"X": 5, "C": 9}),
        ("counts", "passes_up", {"C": 9}),
        ("ignored", "passes_up", {"C": 14}),
        ("pays", "breakage", {"X": 5, "C": 3}),
    ],
)
def test_differential_of_the_buyer_and_of_somebody_inactive(own, ineligible, paid):
    params = {"rates": {"one": 5, "two": 11, "three": 14}, "own": own, "ineligible": ineligible}
    bonus = {"rule": "differential_order", "params": params}
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(("C", "three", True), ("B", "two", False), ("X", "one", True)).sale("X").run()
    assert company.paid() == paid
    assert company.breakage() == (6 if ineligible == "breakage" else 0)
