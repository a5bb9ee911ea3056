# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What each rule has to say about its own parameters and settings."""

from .. import rules


def check(plan):
    """Return the findings of the rules, at their places."""
    return [
        item.below("bonuses", index)
        for index, bonus in enumerate(plan["bonuses"])
        for item in _of_rule(plan, bonus)
    ]


def _of_rule(plan, bonus):
    rule, params = rules.of(bonus)
    for item in rule.check(params, plan):
        yield item.below("params")
    yield from rule.check_settings(bonus, plan)
