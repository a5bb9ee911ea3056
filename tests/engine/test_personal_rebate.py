# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal rebate."""

import pytest
from company_kit import Company, plan


def test_rebate_above_and_without_customers():
    params = {"steps": [{"min": 100, "pct": 25}], "above": 100, "customers": "exclude"}
    company = Company(plan({"rule": "personal_rebate", "params": params})).person("A")
    company.person("C", "A", kind=2).sale("A", 160).sale("C", 40, credited="A").run()
    assert company.paid() == {"A": 15}


@pytest.mark.parametrize("gv, pct", [(200, 3), (600, 9), (1400, 15), (5000, 25), (199, 0)])
def test_pb_01(gv, pct):
    minima = {0: 0, 200: 3, 400: 6, 600: 9, 1000: 12, 1400: 15, 2200: 18, 3600: 22, 5000: 25}
    steps = [{"min": least, "pct": percent} for least, percent in minima.items()]
    params = {"base": "pv", "measure": "gpv", "steps": steps}
    measures = [{"code": "gpv", "name": "GPV", "kind": "group", "own": True}]
    bonus = {"rule": "personal_rebate", "params": params}
    company = Company(plan(bonus, measures=measures)).chain("A", ("B", None, True))
    company.sale("A", cv=1, pv=100).sale("B", cv=1, pv=gv - 100).run()
    assert company.paid().get("A", 0) == pct


def test_pb_01_as_printed():
    params = {"base": "pv", "steps": [{"min": 0, "pct": 0}, {"min": 600, "pct": 9}]}
    company = Company(plan({"rule": "personal_rebate", "params": params})).person("A")
    assert company.sale("A", 600).run().paid() == {"A": 54}
