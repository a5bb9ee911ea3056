# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules with parameters, and what is said of them."""

from company_kit import plan

TREES = ["placement"]


FIXED = {"pct_from": ["fixed"], "fixed_pct": 10}


def of(rule, params, **more):
    found = {"rule": rule, "params": params, **more}
    return plan(found, ranks=("none", "one"), trees=TREES)


LEVELS = {"rule": "unilevel", "params": {"rates": [5]}}
