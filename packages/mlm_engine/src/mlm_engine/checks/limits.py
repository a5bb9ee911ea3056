# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps, company cap and guaranteed minimum that do not make sense."""

from ..kernel.exact import E6
from ..kernel.text import _
from ..plan.finding import error, warning


def check(plan):
    """Return what contradicts in ``caps`` and ``payout``."""
    return [*_caps(plan), *_payout(plan)]


def _caps(plan):
    for index, cap in enumerate(plan["caps"]):
        path = ("caps", index)
        if cap["amount_e4"] and cap["by_rank_e4"]:
            yield warning(
                _("the cap by rank counts, the amount does not"),
                _("Keep one of them"),
                (*path, "amount"),
            )
        named = [value for value in cap["by_rank_e4"] or () if value is not None]
        if named != sorted(named):
            yield warning(
                _("a higher rank has a lower cap"),
                _("Check the order of the amounts"),
                (*path, "by_rank"),
            )
        kinds = {plan["bonuses"][bonus]["period"] for bonus in cap["bonuses"]}
        if len(kinds) > 1:
            shown = ", ".join(sorted(kinds))
            yield warning(
                _(
                    "bonuses of several kinds of period ({shown}): each run is capped separately",
                    shown=shown,
                ),
                _("Make one cap per kind of period"),
                (*path, "bonuses"),
            )


def _payout(plan):
    rule = plan["payout"]
    cap, floor = rule["cap_pct_e6"], rule["floor_pct_e6"]
    if cap > E6:
        yield warning(
            _("a company cap above 100 % of the volume protects nothing"),
            _("Lower it"),
            ("payout", "cap_pct"),
        )
    if cap and floor > cap:
        yield error(
            _("the guaranteed minimum is above the company cap"),
            _("Lower the minimum or raise the cap"),
            ("payout", "floor_pct"),
        )
    if floor and rule["floor_bonus"] < 0:
        yield error(
            _("no bonus tops up to the guaranteed minimum"),
            _("Give `floor_bonus: CODE`"),
            ("payout", "floor_bonus"),
        )
    included = rule["bonuses"]
    if floor and included and rule["floor_bonus"] >= 0 and rule["floor_bonus"] not in included:
        yield warning(
            _("the bonus that tops up to the minimum does not count towards it"),
            _("Add it to the bonuses included"),
            ("payout", "floor_bonus"),
        )
    if cap and rule["mode"] == "protect_ranks" and rule["protect_from"] < 0:
        yield error(
            _("the protected ranks are missing"),
            _("Give `protect_from: RANK`"),
            ("payout", "protect_from"),
        )
