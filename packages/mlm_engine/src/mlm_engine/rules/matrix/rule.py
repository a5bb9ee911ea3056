# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matrix: unilevel in a forced matrix of so many wide and so many high.

    paid(row, k) = base(row) × rate(rank of payee, k) × rate of exchange, k ≤ height

The uplines are those of the position the sale was placed in; whoever owns several
positions may be paid for each. Full capacity is Σ width^i: 3 × 7 holds 3,279 below.
All else as in ``unilevel``.

Tiny example (MAT-01): 3 × 3, 2 % a level; D stands under A, A under the root: D buys
100 CV, A gets 2.00 at level 1 and the root 2.00 at level 2.
"""

from dataclasses import dataclass

from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from .._by_level import params as shared
from .._by_level.rule import ByLevel


@dataclass(frozen=True)
class Params(shared.Levels):
    """See the module for the formula."""

    width: int = make.number("integer", 0, _("Width"), none=_("that of the tree"))
    height: int = make.number("integer", 0, _("Height"), none=_("no limit"))


class Matrix(ByLevel):
    """See the module for the formula."""

    label = _("Matrix")
    tree = "matrix"
    Params = Params

    def check(self, params, plan):
        """Rates must be clear and stay inside the height."""
        findings = super().check(params, plan)
        count = shared.LevelRates(params, plan).count
        if params.height and count > params.height:
            findings.append(
                error(
                    _(
                        "rates reach level {count}, the matrix is {height} high",
                        count=count,
                        height=params.height,
                    ),
                    _("Give no more rates than levels"),
                    ("height",),
                )
            )
        return findings

    def check_settings(self, bonus, plan):
        """Compression must fit the tree, and the width is the tree's."""
        findings = super().check_settings(bonus, plan)
        width = bonus["params"]["width"]
        trees = {item["code"]: item.get("width") for item in plan["trees"]}
        if width and trees.get(bonus["tree"]) not in (None, width):
            findings.append(
                error(
                    _(
                        "the bonus is {width} wide, its tree {other}",
                        width=width,
                        other=trees[bonus["tree"]],
                    ),
                    _("Remove the width or correct the tree"),
                    ("params", "width"),
                )
            )
        return findings

    def height(self, params):
        return params.height


def capacity(width, height):
    """Return how many people fit below the top of a matrix.

    >>> capacity(3, 7), capacity(2, 12)
    (3279, 8190)
    """
    return sum(width**level for level in range(1, height + 1))
