# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses level by level: published examples and every kind of compression."""

import pytest
from company_kit import Company, plan
from mlm_engine import explain
from mlm_engine.reasons import Reason

RANKS = ("none", "one", "two", "three")


def unilevel(kind="none", **params):
    compression = {"kind": kind, **params.pop("compression", {})}
    return {
        "rule": "unilevel",
        "params": {"rates": [10, 5, 2], "compression": compression, **params},
    }


def test_chain(kind, **compression):
    """The chain of facts/compensation.md §2.1: A is nearest the buyer."""
    bonus = unilevel(kind, levels_by_rank={"one": 1, "two": 2, "three": 3}, compression=compression)
    company = Company(plan(bonus, ranks=RANKS))
    company.chain(
        ("E", "three", True),
        ("D", "three", False),
        ("C", "three", True),
        ("B", "one", True),
        ("A", "one", True),
        "X",
    )
    return company.sale("X").run()


test_chain.__test__ = False
COMPRESSED = [
    ("none", {}, {"A": 10, "C": 2}, 5),
    ("roll_up", {}, {"A": 10, "C": 7}, 0),
    ("roll_up", {"twice": False}, {"A": 10, "C": 5, "E": 2}, 0),
    ("skip_inactive", {}, {"A": 10, "C": 2}, 5),
    ("skip_below_rank", {"threshold_levels": 3}, {"C": 10, "E": 5}, 2),
    ("skip_below_rank", {"threshold_rank": "three"}, {"C": 10, "E": 5}, 2),
    ("dynamic", {}, {"A": 10, "C": 5, "E": 2}, 0),
]


@pytest.mark.parametrize("kind, settings, paid, breakage", COMPRESSED)
def test_compression_of_the_chain(kind, settings, paid, breakage):
    company = test_chain(kind, **settings)
    assert (company.paid(), company.breakage()) == (paid, breakage)


def test_level_and_paid_level_and_why_nothing():
    assert test_chain("dynamic").rows() == [
        ("E", 5, 3, 2, 0, 0),
        ("C", 3, 2, 5, 0, 0),
        ("A", 1, 1, 10, 0, 0),
    ]
    assert test_chain("none").rows() == [
        ("C", 3, 3, 2, 0, 0),
        ("B", 2, 2, 0, 5, Reason.NOT_UNLOCKED),
        ("A", 1, 1, 10, 0, 0),
    ]
    nobody = test_chain("skip_below_rank", threshold_levels=3).rows()[0]
    assert nobody == (None, 3, 3, 0, 2, Reason.NO_UPLINE)


def test_each_amount_explains_itself():
    company = test_chain("dynamic")
    for lang in ("es", "en"):
        for index in range(len(company.rows())):
            found = explain.explain_earning(company.data, company.result, index, lang=lang)
            assert [step["step"] for step in found["steps"]][-3:] == ["base", "rate", "rounding"]
