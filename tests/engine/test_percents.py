# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A percentage below one is asked about."""

import pytest
from company_kit import plan
from mlm_engine import checks as review
from review_kit import in_spanish
from unread_kit import FIXED, LEVELS, of


def asked(found):
    return [item for item in review.review(found) if "less than one percent" in item.text]


@pytest.mark.parametrize(
    "rule, params, path, text",
    [
        (
            *("unilevel", {"rates": [0.10, 0.05]}, ("rates",)),
            "`rates` says 0.1 %, less than one percent: was 10 % meant?",
        ),
        ("unilevel", {"rates": [5], "base_pct": 0.4}, ("base_pct",), "was 40 % meant"),
        ("unilevel", {"rates_by_rank": {"one": [0.1]}}, ("rates_by_rank",), "was 10 % meant"),
        ("binary", {**FIXED, "fixed_pct": 0.12}, ("fixed_pct",), "was 12 % meant"),
        ("stairstep", {"steps": [{"min": 0, "pct": 0.21}]}, ("steps",), "was 21 % meant"),
        (
            *("matching", {"rates": [50], "bonuses": ["matching"], "tiers": [{"pv": 1, "pct": 1}]}),
            *(None, None),
        ),
        ("unilevel", {"rates": [5, 0.5]}, None, None),
        ("pool", {"pct": 0.5, "shares": {"one": 1}}, None, None),
        ("infinity", {"rates": {"one": 0.5}}, None, None),
    ],
)
def test_a_percentage_below_one_is_asked_about(rule, params, path, text):
    if rule == "matching":
        found = plan(LEVELS, {"rule": rule, "params": {**params, "bonuses": ["unilevel"]}})
    else:
        found = of(rule, params)
    items = asked(found)
    if text is None:
        assert items == []
        return
    (item,) = items
    assert text in item.text and item.path == ("bonuses", 0, "params", *path)
    assert "¿quería decir" in in_spanish(item)[0]


@pytest.mark.parametrize(
    "sections, path",
    [
        ({"payout": {"cap_pct": 0.45}}, ("payout", "cap_pct")),
        ({"packages": [{"code": "P", "name": "P", "pct": 0.15}]}, ("packages", 0, "pct")),
        (
            {
                "promotions": [
                    {"code": "x", "name": "X", "pct": 0.2, "from": "2026-01-01", "to": "2026-01-31"}
                ]
            },
            ("promotions", 0, "pct"),
        ),
        (
            {"catalog": [{"code": "p", "name": "p", "pv": 1, "cv": 1, "price": 1, "iva": 0.19}]},
            ("catalog", 0, "iva"),
        ),
        (
            {"measures": [{"code": "m", "name": "M", "kind": "capped_group", "cap_pct": 0.4}]},
            ("measures", 0, "cap_pct"),
        ),
    ],
)
def test_percentages_of_other_sections(sections, path):
    (item,) = asked(plan(LEVELS, **sections))
    assert item.path == path


def test_tiers_of_a_generation_are_asked_about():
    params = {"amounts": {"P": [5]}, "pv_tiers": {"1": [{"pv": 10, "pct": 0.5}]}}
    found = plan(
        {"rule": "package_bonus", "params": params},
        packages=[{"code": "P", "name": "P", "months": 1}],
    )
    (item,) = asked(found)
    assert item.path == ("bonuses", 0, "params", "pv_tiers")
