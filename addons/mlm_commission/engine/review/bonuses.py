# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What each rule has to say about its own parameters and settings."""

from .. import rules
from .finding import Finding


def check(plan):
    """Return the findings of the rules, at their places."""
    return [
        Finding(
            item.severity,
            (*before, *item.path),
            item.text,
            item.remedy,
            getattr(item, "es", ""),
            getattr(item, "remedy_es", ""),
        )
        for index, bonus in enumerate(plan["bonuses"])
        for before, item in _of_rule(plan, index, bonus)
    ]


def _of_rule(plan, index, bonus):
    rule, path = rules.get(bonus["rule"]), ("bonuses", index)
    params = rule.Params(**bonus["params"])
    for item in rule.validate(params, plan):
        yield (*path, "params"), item
    if hasattr(rule, "validate_settings"):
        for item in rule.validate_settings(bonus, plan):
            yield path, item
