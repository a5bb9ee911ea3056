# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A snapshot and its result, indexed for questions: what explanations read."""

from functools import cached_property

from ..kernel import context, run
from ..kernel.exact import E4, E6, allocate
from ..kernel.exchange import Exchange
from ..kernel.text import Text
from ..plan.document import unscaled
from . import rule, words
from .language import how_many, name_in, say, tell
from .rows import ResultRows


class View:
    """A snapshot with its result, indexed for questions.

    Make one and ask it many times: it sorts the earnings once. ``discreet``: of others on
    the path the reader learns only whether they qualified. ``like`` is a view of the same
    snapshot and result for another reader, whose indexes serve this one, too. ``rows`` are
    those of the result where they are kept elsewhere, see ``rows.ResultRows``: ``result`` may
    be ``None`` then and is computed where somebody asks for it after all.
    """

    def __init__(
        self, snapshot, result, name=None, lang="es", discreet=False, like=None, rows=None
    ):
        self.snapshot, self.lang = snapshot, lang
        self.plan = snapshot.plan
        self._name, self.discreet, self._like = name, discreet, like
        self._result, self._rows = result, rows

    @property
    def result(self):
        """The ``Result``."""
        if self._result is None:
            self._result = self._like.result if self._like else run.compute(self.snapshot)
        return self._result

    @cached_property
    def rows(self):
        """What is asked of the rows of the result, as of ``ResultRows``."""
        return self._rows or (self._like.rows if self._like else ResultRows(self.result))

    @cached_property
    def context(self):
        """The ``Context`` as it was before the bonuses were computed."""
        return self._like.context if self._like else run.prepared(self.snapshot)

    @cached_property
    def exchange(self):
        """The ``Exchange``: who is paid in which currency."""
        return Exchange(self.snapshot)

    @cached_property
    def packages_in_term(self):
        """The purchase that gives each member the package percentage, or -1."""
        if self._like:
            return self._like.packages_in_term
        held, last_day = self.context.holdings, self.snapshot.period_end
        return held.best_in_term(self.context.members, last_day)[1]

    @cached_property
    def period(self):
        """The period in words: ``el ciclo 924`` for days counted off, else its number."""
        number, kind = self.snapshot.period_number, self.snapshot.period_kind
        if self.plan["periods"][kind]["kind"] == "days":
            return self.say("cycle {number}", number=number)
        return self.say("period {number}", number=number)

    def name(self, kind, index):
        """Return the words for a member, position or row."""
        if index < 0:
            return self.say("nobody")
        if self._name:
            return self._name(kind, int(index))
        return f"#{int(getattr(self.snapshot, f'{kind}_id')[index])}"

    def say(self, text, /, **values):
        """Return a ``Text``, or a template, in the view's language, its values filled in."""
        return (tell if isinstance(text, Text) else say)(text, self.lang, **values)

    def how_many(self, number, one, several):
        """Return how many there are, see ``language.how_many``."""
        return how_many(number, one, several, self.lang)

    def telling(self, bonus):
        """Return how the rule of bonus number ``bonus`` explains itself."""
        return rule.of(self.plan["bonuses"][int(bonus)]["rule"])

    def label(self, names):
        """Return the name of a plan entry in the view's language."""
        return name_in(names, self.lang)

    def unit(self, found):
        """Return what the base of an earning row is counted in: points or a currency."""
        return self.telling(found.bonus).unit(self, found)

    def level_name(self, bonus):
        """Return what bonus number ``bonus`` calls a level."""
        return self.say(self.telling(bonus).level)

    def bonus(self, index):
        """Return ``Bonus`` number ``index`` of the plan."""
        return context.bonus_of(self.plan, index)

    def number(self, text):
        """Return plain decimal text for a sentence: ``990.000`` in Spanish."""
        return words.number(text, self.lang)

    def points(self, value):
        """Return ten-thousandths for a sentence."""
        return self.number(unscaled(value, E4))

    def percent(self, value):
        """Return millionths as a percentage for a sentence."""
        return self.number(unscaled(value, E6 // 100)) + " %"

    def day(self, ordinal):
        """Return a day for a sentence: ``20 nov 2026``."""
        return words.day(ordinal, self.lang)

    def money(self, value, payee=-1):
        """Return money of a member, or of nobody, as decimal text."""
        return unscaled(value, E4, self.places(payee))

    def told_money(self, value, payee=-1):
        """Return money of somebody for a sentence; of several companies with its currency."""
        shown = self.number(self.money(value, payee))
        return f"{shown}\N{NO-BREAK SPACE}{self.currency(payee)}" if self.snapshot.homes else shown

    def currency(self, payee=-1):
        """Return the code of the currency in which a member, or nobody, is paid."""
        return self.exchange.currency(payee)

    def rate(self, value):
        return unscaled(value, E6 // 100) + " %"

    def places(self, payee=-1):
        """Decimals of the unit of somebody's money, e.g. 2 for 0.01."""
        money = self.exchange
        return len(unscaled(int(money.unit_e4[money.home(payee)]), E4).partition(".")[2])

    def earning(self, index):
        """Return row ``index`` of the earnings as plain integers."""
        return self.rows.at(index)

    def behind(self, found):
        """Return ``(row, weight)`` of the volume rows that an earning stands for, int64 arrays
        as ``Telling.behind`` gives them, ``None`` for its own row alone."""
        return None if found.row >= 0 else self.telling(found.bonus).behind(self, found)

    def sale_of(self, found):
        """Return the volume row of an earning, of one that stands for several sales the first;
        -1 for none."""
        if found.row >= 0 or not self._several(found.bonus):
            return found.row
        return int(self.behind(found)[0][0])

    def share(self, index, row):
        """Return ``(base, amount, breakage)`` of an earning that are of one volume row, by the
        one ``allocate``; of an earning with a row of its own all of it."""
        found = self.earning(index)
        if found.row >= 0:
            return found.base_e4, found.amount_e4, found.breakage_e4
        rows, weight = self.behind(found)
        here = rows == row
        parts = (allocate(total, weight, rows) for total in (found.amount_e4, found.breakage_e4))
        return tuple(int(one[here].sum()) for one in (weight, *parts))

    def _several(self, bonus):
        """Tell whether rows of a bonus stand for several sales of one source."""
        return self.plan["bonuses"][bonus].get("grain") == "source"

    def earnings_on(self, row, source=None, payees=None):
        """Return the indexes of the earnings on a volume row (-1: on none), ascending, with
        those that stand for it among others.

        ``source`` narrows them to what came from one member; of others than ``payees`` they
        may be left out.
        """
        found = self.rows.on(row, source, payees)
        if row >= 0 and self._any_several:
            buyer = int(self.snapshot.row_buyer[row])
            if source in (None, buyer):
                found = sorted(
                    found
                    + [one for one in self.rows.on(-1, buyer, payees) if self._holds(one, row)]
                )
        return found

    @cached_property
    def _any_several(self):
        return any(map(self._several, range(len(self.plan["bonuses"]))))

    def _holds(self, index, row):
        """Tell whether an earning without a row of its own stands for a sale of its source."""
        found = self.earning(index)
        return self._several(found.bonus) and row in self.behind(found)[0]

    def figures(self, member, position=-1, bonus=-1):
        """Return ``{measure code: value}`` of a member, or of one of its positions."""
        return self.rows.figures(member, position, bonus)
