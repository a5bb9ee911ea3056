# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much of the CV a plan pays at most: bounded bonuses are summed, others simulated.

Bounded bonuses above 100 % of CV are an error. A bonus without a bound is a warning with
what it paid in simulated networks; a company cap that covers it bounds it.
"""

from fractions import Fraction

from .. import rules
from ..kernel.exact import E6
from ..kernel.text import Number, _
from ..plan.finding import error, warning
from . import simulation

#: The largest plan that we know weighs 50.
_HEAVIEST = 400


def check(plan, simulated=True):
    """Return the findings about the payout of a plan without contradictions."""
    findings, ceiling, open_ended = [], Fraction(0), []
    for index, bonus in enumerate(plan["bonuses"]):
        share = _share(plan, bonus)
        if share is None:
            open_ended.append(index)
        else:
            ceiling += share
    if ceiling > 1 and not _capped(plan, range(len(plan["bonuses"]))):
        findings.append(_above(plan, ceiling))
    uncovered = [index for index in open_ended if not _capped(plan, [index])]
    if uncovered and simulated:
        figures = _simulated(plan)
        findings += [_open(plan, index, figures) for index in uncovered]
    return findings


def _simulated(plan):
    """Return the ``Ratios``; ``None`` where figures do not fit into 64 bits, or take long:
    a form asks at every change, and the preview of a run plays the plan as well."""
    if _weight(plan) > _HEAVIEST:
        return None
    try:
        return simulation.ratios(plan)
    except OverflowError:
        return None


def _weight(plan):
    """Return about how much work a plan makes: bonuses, measures and conditions."""
    asked = [rank["requires"] for rank in plan["ranks"]]
    asked += [bonus["common"]["requires"] for bonus in plan["bonuses"]]
    return 3 * len(plan["bonuses"]) + len(plan["measures"]) + sum(map(_count, asked))


def _count(conditions):
    return sum(1 + sum(map(_count, item.get("lists", ()))) for item in conditions)


def _share(plan, bonus):
    """Most of the CV that a bonus pays; ``None`` without a bound."""
    rule, params = rules.of(bonus)
    share = rule.ceiling(params, plan)
    currency = bonus["common"]["currency"]
    if share and currency not in (None, plan["base_currency"]):
        return None  # its points are worth another currency than the volume
    return share


def _capped(plan, indexes):
    """Whether the company cap limits bonuses to 100 % of the volume or less."""
    rule = plan["payout"]
    if not 0 < rule["cap_pct_e6"] <= E6:
        return False
    covered = rule["bonuses"] or [
        index for index, bonus in enumerate(plan["bonuses"]) if rules.get(bonus["rule"]).from_volume
    ]
    paying = {index for index in indexes if _share(plan, plan["bonuses"][index]) != 0}
    return paying <= set(covered)


def _above(plan, ceiling):
    shown = Number(f"{100 * float(ceiling):.1f}")
    return error(
        _(
            "the bounded bonuses pay up to {shown} % of CV",
            shown=shown,
        ),
        _("Lower the amounts or rates until they fit within 100 % of CV, or set a company cap"),
        ("bonuses",),
    )


def _open(plan, index, figures):
    code = plan["bonuses"][index]["code"]
    if figures is None:
        return warning(
            _(
                "{code} has no upper bound in CV; the plan or its figures are too large to be "
                "simulated here",
                code=code,
            ),
            _("Watch the payout ratio of the preview; set a company cap"),
            ("bonuses", index),
        )
    text = _(
        "{code} has no upper bound in CV; simulated with {what}, it paid {own} of CV and the "
        "whole plan {all}",
        code=code,
        what=figures.described(),
        own=figures.shown(index),
        all=figures.shown(None),
    )
    return warning(
        text,
        _("Watch the payout ratio of the preview; set a company cap"),
        ("bonuses", index),
    )
