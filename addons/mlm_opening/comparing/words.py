# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Causes of a difference and their evidence, to be translated where they are told."""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: by cause, in the order in which they are shown
NAMES = {
    "network": _lt("Not in our network"),
    "absent": _lt("Not in the previous system's file"),
    "bonus": _lt("Bonus not in the plan"),
    "position": _lt("Sponsor or position differs"),
    "rank": _lt("Rank differs"),
    "activity": _lt("Activity differs"),
    "rate": _lt("Package or percentage differs"),
    "volume": _lt("Volume differs"),
    "rounding": _lt("Rounding"),
    "unexplained": _lt("Unexplained"),
}
NOTES = {
    "network": _lt("Nobody has the code %(code)s."),
    "absent": _lt("The file has no line for %(code)s, who earned here."),
    "bonus": _lt("The plan has no bonus “%(bonus)s”."),
    "rank": _lt("%(old)s there, %(ours)s here."),
    "activity_flag": _lt("%(old)s there, %(ours)s here."),
    "reason": _lt("Not paid here: %(reason)s. That is exactly the difference."),
    "other_rate": _lt("At %(old)s %% it is what the previous system paid; %(ours)s %% here."),
    "percent": _lt("%(old)s %% there, %(ours)s %% here."),
    "package": _lt("%(old)s there, %(ours)s here."),
    "moved": _lt(
        "%(code)s had %(old)s there and %(ours)s here: the commission is somebody else's."
    ),
    "source": _lt("In one of the systems, what comes from %(code)s belongs to %(other)s."),
    "sale": _lt("The previous system paid nothing for %(code)s: it does not have that sale."),
    "volume": _lt("%(figure)s: %(old)s there, %(ours)s here."),
    "implied": _lt(
        "At the same percentage, the previous amount comes from a base of %(old)s; %(ours)s here."
    ),
    "rounding": _lt("Less than one unit for each of %(count)s rows."),
    "unexplained": _lt("No figure of the run explains it. Compare the sales of %(code)s."),
}
FIGURES = {
    "own_pv": _lt("Own PV"),
    "left": _lt("CV left"),
    "right": _lt("CV right"),
}
ACTIVE = {True: _lt("active"), False: _lt("inactive")}
