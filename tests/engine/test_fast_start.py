# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Fast start."""

import pytest
from company_kit import START, Company, plan
from levels_kit import unilevel


def test_fast_start_instead_of_unilevel():
    fast = {"rule": "fast_start", "params": {"rates": [20], "window_days": 30}}
    company = Company(plan(fast, {**unilevel(), "not_on": ["fast_start"]})).chain("B", "A")
    company.person("NEW", "A", joined=START).person("LONG", "A").sale("NEW").sale("LONG").run()
    assert company.paid("fast_start") == {"A": 20}
    assert company.paid("unilevel") == {"A": 10, "B": 5}


@pytest.mark.parametrize("pv, paid", [(132, 26.4), (78, 15.6), (147, 29.4)])
def test_dot_fs_01(pv, paid):
    params = {"rates": [20, 10, 5], "base": "pv", "window_days": 60}
    company = Company(plan({"rule": "fast_start", "params": params})).person("A")
    company.person("X", "A", joined=START - 45)
    company.sale("X", cv=1, pv=pv, day=15)  # day 59 since joining
    company.sale("X", cv=1, pv=pv, day=16)  # day 60: too late
    assert company.run().paid() == {"A": paid}
