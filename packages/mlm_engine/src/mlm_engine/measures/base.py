# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a kind of measure is: the base class of all, each hook with its default."""

from .. import measures as kinds


class Kind:
    """A kind of performance measure, without state. ``params`` is an instance of ``Params``
    in a run and the canonical mapping when a plan is read; ``index`` is the place of the
    measure in ``plan["measures"]``. Definitions: ``docs/contracts/rules.md`` §3."""

    #: frozen dataclass of its parameters (makers of ``plan/params.py``)
    Params = None
    #: what people call it
    label = ""
    #: what it counts, in one sentence, for who chooses a kind
    summary = ""
    #: true: ten-thousandths of a point, false: a count
    volume = True
    #: the document's key of the measure whose unit it has; ``None``: that of ``volume``
    unit_of = None
    #: whether it looks at the product that a row sold: inputs name it then
    by_product = False

    # -- of a plan

    def check(self, checker, params, path, plan):
        """Report problems beyond the form of the parameters to a ``Checker``."""

    def reads(self, params):
        """Return the indexes of the other measures that its figure comes from."""
        return ()

    def needs_ranks(self, params, plan):
        """Tell whether it asks for ranks of this period, itself or through another."""
        return any(kinds.needs_ranks(plan, index) for index in self.reads(params))

    def demands_volume(self, params, asked, least):
        """Tell whether only sales bring it to ``least``, which is above zero; ``asked``
        (``checks.enrolment.Demands``) says so of ranks, conditions and measures."""
        return self.volume

    def held(self, params, reach):
        """Tell whether anybody holds the ranks of the people that it counts; ``reach``
        (``checks.rank_reach.Reach``) says so of ranks, conditions and measures."""
        return True

    def highest(self, params, plan):
        """Return the most that it can show, in points or people, a ``Fraction``; ``None``:
        no bound."""
        return None

    def highest_of_position(self, params, plan):
        """Return the most that it shows of one position, in the unit of the measure; 0: no
        bound."""
        return 0

    def rises(self, params, plan):
        """Tell whether nobody can have less of it than somebody below by sponsor."""
        return False

    def cap_of_leg(self, params):
        """Return up to what each leg counts, as ``(percentage in millionths, "required" or
        "actual", whether own volume is cut too)``; ``None``: whole."""
        return None

    # -- of periods before

    def looks_back(self, params, index):
        """Return ``{measure index: how many periods back its value is needed}``."""
        return {}

    def goes_on(self, params):
        """Tell whether it starts from its own last value, which a company that moves in
        brings along."""
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
