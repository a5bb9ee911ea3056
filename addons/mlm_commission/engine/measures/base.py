# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a kind of measure is: the base class of all, each hook with its default."""


class Kind:
    """A kind of performance measure, without state. ``params`` is an instance of ``Params``
    in a run and the canonical mapping when a plan is read; ``index`` is the place of the
    measure in ``plan["measures"]``. Definitions: ``docs/contracts/rules.md`` §3."""

    #: frozen dataclass of its parameters (makers of ``plan/params.py``)
    Params = None
    #: ``{"es": …, "en": …}``
    label = {}
    #: true: ten-thousandths of a point, false: a count
    volume = True

    # -- of a plan

    def check(self, checker, params, path, plan):
        """Report problems beyond the form of the parameters to a ``Checker``."""

    def needs_ranks(self, params, plan):
        """Tell whether it asks for ranks of this period, itself or through another."""
        return False

    # -- of a run

    def compute(self, ctx, params, index):
        """Return the figure of every member, int64, of a measure that asks for no ranks."""
        raise NotImplementedError

    def start(self, ctx, params, index):
        """Return an object fed by the walk of ``rank_walk.py``, of a measure that asks for
        ranks: ``value(members)`` gives the figures of some members by the ranks decided so
        far, ``decided(members, rank)`` tells it more of them (every member once, all below
        before their sponsor). Somebody not decided yet has the first rank."""
        raise NotImplementedError

    def against(self, ctx, params, required, index):
        """Return the figure when a condition asks for ``required``; ``None``: the same."""
        return None
