# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a rule of bonuses is: the base class of all, each hook with its default."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Race:
    """Days from ``start`` to ``end`` (ordinals) over which the figure that ``measure`` (a
    condition) names is summed; ``min_e4`` is the least that counts. ``None`` where a plan
    that is not sound does not say it."""

    start: int
    end: int
    measure: dict
    min_e4: int


@dataclass(frozen=True)
class Prize:
    """What an earning stands for: ``kind`` is ``cash``, ``goods`` or ``trip``, ``name``
    ``{es, en}`` or ``None`` for that of the bonus, ``amount_e4`` its value."""

    kind: str
    name: dict
    amount_e4: int


class Rule:
    """A rule of bonuses, without state: one object serves every bonus and every run.

    ``bonus`` is a ``context.Bonus``, ``params`` an instance of ``Params``, ``plan`` the
    canonical plan. Every rule pays on volume rows only (``DESIGN`` law 9). How a rule
    explains itself stands beside it (``telling/rule.py``), and how it is described in a
    plan (``telling/rule_words.py``): a run needs neither.
    """

    #: frozen dataclass of its parameters (makers of ``plan/params.py``)
    Params = None
    #: ``{"es": …, "en": …}``
    label = {}
    #: ``"sponsor"``, ``"placement"`` (binary), ``"matrix"``, ``"any"`` or ``None``
    tree = None
    #: the moments of its tree that a bonus may choose by ``as_of``; none: it reads no dated tree
    as_of = ()
    #: settings of ``plan.schema.bonuses.Common`` that it uses; ``None``: all
    common = None
    #: whether it is paid from volume: part of the company cap
    from_volume = True
    #: whether it reads what other bonuses paid: computed after them
    reads_bonuses = False
    #: whether it pays positions of a placement tree by what their two legs hold: they are
    #: explained, and a company that moves in brings along what waits on them
    on_positions = False
    #: names of the figures (``kernel/codes.py``) that ``prepare`` leaves, for conditions
    figures = ()
    #: whether a plan may ask for one row per buyer and level (``grain: source``): each row is
    #: a sale's base times a rate, whichever other sales there are
    by_source = False
    #: whether its rows are parts of one amount, divided to the last unit, and no products
    divides = False

    @property
    def name(self):
        """The name that plans write: that of the rule's folder."""
        return type(self).__module__.split(".")[-2]

    # -- of a plan

    def check(self, params, plan):
        """Return the findings about parameters, beyond their form."""
        return []

    def check_settings(self, bonus, plan):
        """Return the findings about a canonical bonus as a whole, such as its tree."""
        return []

    def ceiling(self, params, plan):
        """Return the most that it can pay as a ``Fraction`` of CV, ``None`` when unbounded."""
        return None

    def unsold(self, params, asked):
        """Yield ``(path below its parameters, code of the prize or None)`` of what it pays
        for people who bought nothing; ``asked`` (``checks.enrolment.Demands``) tells which
        conditions only sales meet."""
        return ()

    def rates_from(self, params):
        """Return the names (``codes.PCT_FROM``) of the sections of the plan whose percentages
        it pays."""
        return ()

    def highest_of_position(self, params):
        """Return the most that one position shows in its figures, ten-thousandths; 0: no
        bound."""
        return 0

    def race(self, params):
        """Return the ``Race`` that it holds, ``None`` for none."""
        return None

    def prizes(self, params):
        """Return ``{level of an earning: Prize}``, of rules that pay prizes."""
        return {}

    # -- of a run

    def takes(self, ctx, bonus):
        """Return a mask over volume rows that narrows ``row_filter.taken``; ``None``: all."""
        return None

    def row_base(self, ctx, bonus):
        """Return what each row offers, int64: rows above zero are taken. Unless a rule says
        otherwise it is their CV, or PV where the parameter ``base`` says so."""
        data = ctx.snapshot
        return data.row_pv_e4 if self.points(bonus.params) == "pv" else data.row_cv_e4

    def points(self, params):
        """Return which points of a row it pays on: ``"cv"`` or ``"pv"``."""
        return "cv"

    def customers(self, params):
        """Return how customers' purchases stand on a line: ``"level"``, they use up the level
        of who serves them, or ``"own"``, they count as an own purchase."""
        return "level"

    def compression(self, params):
        """Return who on a line is passed over, a mapping as of
        ``_by_level.params.Compression``; empty for nobody."""
        return {}

    def boundary(self, params):
        """Return the rank of the upline at whom a line ends, -1 for none."""
        return -1

    def height(self, params):
        """Return the deepest level that it offers, 0 without a limit."""
        return 0

    def feeds_legs(self, params):
        """Return which own purchases feed legs: 0 without packages, 1 with them; ``None``
        for none, so that a return takes nothing out of a leg."""
        return None

    def prepare(self, ctx, bonus):
        """Fill ``ctx.figures`` with what ranks and other rules read of it, before ranks are
        decided; ``ctx.notes`` keeps what ``compute`` needs again."""

    def compute(self, ctx, bonus):
        """Add earnings, measures and carry to the ``Context``."""
        raise NotImplementedError
