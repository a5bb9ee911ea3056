# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Group volume (GV): the person and everybody below, to a number of levels.

    GV(m) = own volume + Σ personal volume of everybody below

Compressed, only present people use up a level: somebody not present stands on the
level that the next one below him would have.

Tiny example: m 40, B below 100, C below B 30: 170; to one level 140; to one level
compressed with B inactive 170.
"""

from dataclasses import dataclass

from ..kernel import measure_trees
from ..kernel.text import _
from ..plan import params as make
from ._shared import tree, volume
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    volume: str = volume()
    own: bool = make.flag(True, _("Own volume included"))
    levels: int = make.number("integer", 0, _("Levels"), "levels", none=_("all"))
    compressed: bool = make.only(
        make.flag(False, _("Inactive people use up no level")),
        levels=make.GIVEN,
    )
    tree: int = tree()


class Group(Kind):
    """See the module for the formula."""

    label = _("Group volume")
    summary = _("Volume of the person and of everybody below, down to the levels chosen.")
    volume = True
    Params = Params

    def rises(self, params, plan):
        return not params.get("levels")

    def compute(self, ctx, params, index):
        """Return the group volume of every member, ten-thousandths."""
        found = measure_trees.of(ctx, params.tree)
        own = found.own(params.volume)
        if not params.levels:
            below = found.total(params.volume) - own
        else:
            uses = found.owner >= 0
            if params.compressed:
                uses = found.of_owner(ctx.activity.blocked == 0, nothing=False)
            below = found.to_level(params.volume, params.levels, uses)
        return found.by_member(below + own if params.own else below)
