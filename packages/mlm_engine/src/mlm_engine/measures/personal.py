# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal volume (PV): every row credited to the person in the period.

    PV(m) = Σ volume of rows credited to m

Tiny example: own purchase 40, a customer of m buys 30: 70; without customers 40.
"""

from dataclasses import dataclass

import numpy as np

from ..kernel.exact import sum_by
from ..kernel.text import _
from ..plan import params as make
from ._shared import volume
from .base import Kind

PARTS = {
    "include": _("Included"),
    "exclude": _("Excluded"),
    "only": _("Only these"),
}


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    volume: str = volume()
    customers: str = make.choice("include", PARTS, _("Customers' purchases"))
    packages: str = make.choice("include", PARTS, _("Package purchases"))


class Personal(Kind):
    """See the module for the formula."""

    label = _("Personal volume")
    summary = _("Own volume of the period: everything credited to the person.")
    volume = True
    Params = Params

    def compute(self, ctx, params, index):
        """Return the personal volume of every member, ten-thousandths."""
        data = ctx.snapshot
        volume = data.row_pv_e4 if params.volume == "pv" else data.row_cv_e4
        keep = part(params.customers, data.row_buyer != data.row_member)
        keep &= part(params.packages, data.row_package >= 0)
        row = np.flatnonzero(keep & (data.row_member >= 0))
        return sum_by(data.row_member[row], volume[row], ctx.members)


def part(choice, these):
    """Return the mask of an include, exclude, only choice about ``these`` rows."""
    if choice == "include":
        return np.ones(these.size, dtype=bool)
    return these if choice == "only" else ~these
