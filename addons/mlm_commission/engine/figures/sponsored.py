# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number of personally sponsored people.

    n(m) = number of people whose sponsor is m, of a kind, active, of a rank, new

Tiny example: m sponsored four people, three of them active, one active and of the
rank asked for: state active gives 3, with ``min_rank`` 1.
"""

from dataclasses import dataclass

import numpy as np

from .. import params as make
from ..exact import sum_by
from ..snapshot import KIND_CUSTOMER, KIND_DISTRIBUTOR, KIND_PREFERRED

LABEL = {"es": "Patrocinados directos", "en": "Personally sponsored"}
VOLUME = False

_KINDS = {
    "any": ("De cualquier clase", "Of any kind"),
    "distributor": ("Distribuidores", "Distributors"),
    "preferred": ("Clientes preferentes", "Preferred customers"),
    "customer": ("Clientes", "Customers"),
}
_CODES = {
    "distributor": KIND_DISTRIBUTOR,
    "preferred": KIND_PREFERRED,
    "customer": KIND_CUSTOMER,
}
_STATES = {"any": ("Todos", "All"), "active": ("Solo activos", "Active only")}
_JOINED = {
    "any": ("En cualquier fecha", "At any date"),
    "period": ("En este periodo", "In this period"),
}


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    of: str = make.choice("any", _KINDS, "Personas", "People")
    state: str = make.choice("any", _STATES, "Estado", "State")
    min_rank: int = make.ref("ranks", "Rango mínimo", "Least rank")
    joined: str = make.choice("any", _JOINED, "Vinculados", "Joined")


def needs_ranks(params, plan):
    """Tell whether the rank of those people matters."""
    return params["min_rank"] > 0


def compute(ctx, params, index):
    """Return the number of such people of every member."""
    counted = np.flatnonzero(_counted(ctx, params))
    one = np.ones(counted.size, dtype=np.int64)
    return sum_by(ctx.snapshot.sponsor[counted], one, ctx.members)


def _counted(ctx, params):
    data = ctx.snapshot
    found = np.ones(ctx.members, dtype=bool)
    if params.of != "any":
        found &= data.member_kind == _CODES[params.of]
    if params.state == "active":
        found &= ctx.activity.active
    if params.joined == "period":
        found &= data.member_joined >= data.period_start
        found &= data.member_joined <= data.period_end
    return found


def start(ctx, params, index):
    return _Count(ctx, params)


class _Count:
    """Counts people for their sponsors as their ranks are decided."""

    def __init__(self, ctx, params):
        self._least, self._counted = params.min_rank, _counted(ctx, params)
        self._sponsor = ctx.snapshot.sponsor
        self._found = np.zeros(ctx.members, dtype=np.int64)

    def value(self, members):
        return self._found[members]

    def decided(self, members, rank):
        counted = members[self._counted[members] & (rank >= self._least)]
        sponsor = self._sponsor[counted]
        np.add.at(self._found, sponsor[sponsor >= 0], 1)
