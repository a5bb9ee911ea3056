# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Bonuses that read what others paid: those must be paid inside the same period."""

from .. import rules
from ..kernel.text import _
from ..plan.finding import error


def check(plan):
    """Return the matched bonuses whose kind of period does not lie inside the match's."""
    found = []
    for index, bonus in enumerate(plan["bonuses"]):
        if not rules.get(bonus["rule"]).reads_bonuses:
            continue
        for place, other in enumerate(bonus["params"]["bonuses"]):
            matched = plan["bonuses"][other]
            if lies_inside(plan["periods"], matched["period"], bonus["period"]):
                continue
            code, inner, outer = matched["code"], matched["period"], bonus["period"]
            found.append(
                error(
                    _(
                        "{code} is paid by {inner}, which does not fit inside a {outer}",
                        code=code,
                        inner=inner,
                        outer=outer,
                    ),
                    _("Match bonuses of the same or a shorter kind of period"),
                    ("bonuses", index, "params", "bonuses", place),
                )
            )
    return found


def lies_inside(periods, inner, outer):
    """Tell whether every period of kind ``inner`` ends inside one of kind ``outer`` that
    is longer, or both are one kind."""
    if inner == outer:
        return True
    one, other = periods[inner], periods[outer]
    if other["kind"] == "weeks_of_month":
        return other["of"] == inner
    if one["kind"] != "days":
        return False
    if other["kind"] == "month":
        return one["days"] <= 28
    longer = other["days"] % one["days"] == 0 and other["days"] > one["days"]
    return longer and (other["anchor_start"] - one["anchor_start"]) % one["days"] == 0
