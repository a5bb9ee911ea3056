# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A bonus of the plan: the settings that all rules share (rules.md §1)."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from .codes import PAID, REASONS
from .earning import Earning
from .numbers import E6
from .plan import day


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody is offered, before any rounding; see ``Bonus.earning``."""

    payee: int
    base_e4: int
    rate_e6: int
    refusal: int
    offered: tuple
    short: int
    exchange: object
    where: dict


class Bonus:
    """Base of the rules in ``rules/``: each says what one person gets.

    ``of_payee(member)`` and ``of_nobody()`` return lists of ``Earning``.
    """

    #: Bonuses whose amounts this one reads.
    reads = ()
    #: Whether the rule asks for activity where the plan does not say.
    active_only = True

    def __init__(self, run, index, document):
        self.run, self.index, self.document = run, index, document
        self.code = str(document["code"])
        self.params = document.get("params") or {}
        self.in_force = self._in_force()
        self._refused = {}
        self._taken = {}

    def param(self, name, default=None):
        value = self.params.get(name, self.document.get(name))
        return default if value is None else value

    @property
    def in_this_run(self):
        kind = self.document.get("period", self.run.plan.first_period)
        return self.in_force and kind == self.run.inputs.period_kind

    def _in_force(self):
        last, start, end = self.run.inputs.period_end, *map(self.document.get, ("from", "to"))
        return (start is None or day(start) <= last) and (end is None or last <= day(end))

    # -- money

    def exchange(self, member):
        """Return the ``Exchange`` from the bonus's currency into that of somebody's home."""
        currency = self.document.get("currency") or self.run.plan.base_currency
        return self.run.homes.exchange(currency, self.run.homes.of(member))

    def worth(self, member, base_e4, rate_e6=E6, exchange=None):
        """Return what a base is worth in the currency of somebody's home, rounded once."""
        exchange = exchange or self.exchange(member)
        return self.run.homes.of(member).money(base_e4 * Fraction(rate_e6, E6) * exchange.factor)

    def earning(self, payee, base_e4, rate_e6, refusal=PAID, offered=None, **where):
        """Return an earning as a list: empty when there is nothing to say.

        ``refusal`` is why nothing is paid; ``offered`` the base and rate that the plan
        offered where they are more, with ``where["short"]`` the reason of the difference;
        ``where["exchange"]`` is the rate where it is not that of the bonus's currency.
        """
        exchange = where.pop("exchange", None) or self.exchange(payee)
        short = where.pop("short", PAID)
        where.setdefault("paid_level", where.get("level", 0))
        return self.of_offer(
            Offer(payee, base_e4, rate_e6, refusal, offered, short, exchange, where)
        )

    def of_offer(self, offer):
        """Return an earning, rounded, in a list as ``earning`` does."""
        payee, base_e4, rate_e6 = offer.payee, offer.base_e4, offer.rate_e6
        refusal, offered, exchange = offer.refusal, offer.offered, offer.exchange
        worth = self.worth(payee, base_e4, rate_e6, exchange)
        amount = 0 if refusal else worth
        breakage = (self.worth(payee, *offered, exchange) if offered else worth) - amount
        if not amount and not breakage:
            return []
        reason = (refusal or offer.short) if breakage else PAID
        return [
            Earning(
                payee=payee,
                bonus=self.index,
                base_e4=base_e4,
                rate_e6=rate_e6,
                fx_e6=exchange.fx_e6,
                per_e6=exchange.per_e6,
                amount_e4=amount,
                breakage_e4=breakage,
                reason=reason,
                **offer.where,
            )
        ]

    # -- people

    def blocked(self, member):
        return self.run.people.blocked(member, self.param("active_only", self.active_only))

    def present(self, member):
        return self.blocked(member) == PAID

    def refusal(self, member):
        """Return why somebody is not entitled, PAID if he is."""
        if member not in self._refused:
            self._refused[member] = self._why(member)
        return self._refused[member]

    def _why(self, member):
        run, blocked = self.run, self.blocked(member)
        if blocked:
            return blocked
        least = self.document.get("min_rank")
        if least is not None and run.ranks.paying(member) < run.plan.rank_index[str(least)]:
            return REASONS["RANK_BELOW"]
        if not run.conditions.hold(self.document.get("requires"), member):
            return REASONS["NOT_QUALIFIED"]
        return PAID

    # -- rows

    def passes(self, row):
        """Tell whether a row passes the filters of buyers, packages and other bonuses."""
        data = self.run.inputs
        buyers = self.document.get("buyers", "all")
        other = data.row_buyer[row] != data.row_member[row]
        if buyers != "all" and other != (buyers == "customers"):
            return False
        packages = self.document.get("packages", "include")
        package = data.row_package[row] >= 0
        if packages != "include" and package != (packages == "only"):
            return False
        return not any(
            self.run.bonus(str(code)).takes(row) for code in self.document.get("not_on") or ()
        )

    def takes(self, row):
        """Tell whether the bonus pays on a row, whoever gets it."""
        if row not in self._taken:
            self._taken[row] = (
                self.in_force
                and not self.run.inputs.row_reversal[row]
                and self.row_base(row) > 0
                and self.passes(row)
            )
        return self._taken[row]

    def row_base(self, row):
        """Return what a row offers: its CV or PV."""
        return getattr(self.run.inputs, f"row_{self.param('base', 'cv')}_e4")[row]

    def summed(self, member, column):
        """Return the sum over the rows credited to somebody that pass the filters."""
        figures = getattr(self.run.inputs, column)
        rows = self.run.people.credited.get(member, ())
        return sum(figures[row] for row in rows if self.passes(row))

    def staying(self, member, column="row_cv_e4"):
        """Return ``summed`` without returns of earlier periods, which go where they came from."""
        return self.summed(member, column) - sum(
            self._counted(row, column) for row in self.run.returned.of(member)
        )

    def _counted(self, row, column="row_cv_e4"):
        return getattr(self.run.inputs, column)[row] if self.passes(row) else 0

    def returned(self, member, key, column="row_cv_e4"):
        """Return ``{key(people): sum}`` of the returns whose sale stood below somebody, or
        was somebody's own: ``people`` are those from the sale up to that person, not
        included."""
        found = defaultdict(int)
        for row, way, place in self.run.returned.through(-1, member):
            people = [node for node, _below, _spot in way[:place]]
            found[key(people)] += self._counted(row, column)
        return found

    # -- what a rule says

    def of_payee(self, member):
        raise NotImplementedError

    def of_nobody(self):
        return []

    def figure(self, name, member):
        """Return a figure that ranks and measures may ask for."""
        return 0
