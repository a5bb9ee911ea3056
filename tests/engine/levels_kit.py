# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A unilevel bonus and the chain of people that tests of bonuses by level share."""

from company_kit import Company, plan

RANKS = ("none", "one", "two", "three")


def unilevel(kind="none", **params):
    compression = {"kind": kind, **params.pop("compression", {})}
    return {
        "rule": "unilevel",
        "params": {"rates": [10, 5, 2], "compression": compression, **params},
    }


def the_chain(kind, **compression):
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
