# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How a rule explains what it paid: the base class of all, each hook with its default."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from .. import rules
from ..kernel.text import _
from . import entitled, plain


class Telling:
    """How a rule explains itself, without state.

    ``view`` is a ``View``, ``found`` the integers of one earning row, ``bonus`` a
    ``context.Bonus``, ``line`` an ``line.Line``. The class of a rule stands in
    its ``explain.py``; a rule without one is explained as what it is derived from, in the end
    from its row alone.
    """

    #: whether it pays sale by sale, so that one asks of a sale who got something
    by_sale = False

    #: what it calls a level
    level = _("level")

    #: what an amount comes from, in words to whoever is paid, where it names nobody
    origin = _("Somebody in your network")

    # -- of an earning row

    def base_unit(self, plan, item):
        """Return what the base of an amount is counted in: ``CV``, ``PV`` or the code of a
        currency. ``item``: the bonus of the canonical plan. Unless a rule says otherwise the
        points that its parameter ``base`` names, CV without one."""
        return item["params"].get("base", "cv").upper()

    def unit(self, view, found):
        """Return what the base of a row is counted in, as ``base_unit`` does of the bonus."""
        return self.base_unit(view.plan, view.plan["bonuses"][found.bonus])

    def currency(self, view, found):
        """Return the code of the currency from which the rate of exchange of a row leads."""
        return currency_of(view.plan, view.plan["bonuses"][found.bonus])

    def steps(self, view, found, index):
        """Return the steps before the rounding: source, base and rate."""
        return plain.steps(view, found, index)

    def rank_of_rate(self, view, found):
        """Return the rank whose percentage was paid: the one that pays in the period."""
        return int(view.context.paying_rank[found.payee])

    def total(self, view, found):
        """Return the step that ends in the worth of a paid row: base × rate, rounded once."""
        return plain.rounding_step(view, found)

    def behind(self, view, found):
        """Return ``(row, weight_e4)``, int64 arrays: the volume rows that an amount stands
        for. ``None``: its own row alone."""
        return None

    def own_cap(self, view, found):
        """Return the rule's own cap in words, as a list of no or one, for what a cap took."""
        return []

    def moved(self, view, found):
        """Return what the rule itself moved between rows: its part of ``scale_e4``."""
        return 0

    def moved_text(self, view, found, money):
        """Return what ``moved`` is, in words."""
        return ""

    # -- of a person or a position

    def absence(self, view, bonus, member):
        """Return the steps that say why a person earned nothing in a bonus; ``None`` where
        the sales themselves tell."""
        return None

    def leg_steps(self, view, bonus, position, figures):
        """Return the steps about the legs of a position, of rules on positions."""
        return []

    def sides(self, item, figures):
        """Return how both legs of a position stand, of rules on positions; else ``None``.

        ``item``: the bonus of the canonical plan; ``figures``: ``{name of a figure: integer}``
        of the position, as a run stores them. Points are ten-thousandths::

            {"left": side, "right": side, "minimum", "matched", "reason", "expires"}

        ``minimum``: points of the lesser leg from which it pays; ``matched``: what was paid of
        each; ``reason``: code of why nothing; ``expires``: whether points of an inactive owner
        are lost. A side has ``in``, ``new``, ``excess``, ``expired``, ``out``, ``active``
        (people sponsored there) and ``active_missing``.
        """
        return None

    # -- of a sale

    def on_sale(self, view, bonus, member, row):
        """Return what a sale does for somebody, a sentence, when it does not pay by sale."""
        return entitled.clause(view, bonus, member) or view.say(
            "computed on the whole period, not sale by sale",
        )

    def not_taken(self, view, bonus, row):
        """Return why the rule's own filter leaves a row out, a clause."""
        return view.say("this bonus does not pay on this sale")

    def told(self, line, upline):
        """Return why somebody on a line got nothing on it, in few words."""
        return ""

    def lacks(self, line, upline):
        """Tell whether somebody on a line who may earn got nothing on it for want of a rank
        or percentage, and not because levels went to others: what others may learn."""
        return False

    def absent(self, line, member):
        """Return why somebody on the line got no row, a clause, when it pays by sale."""
        raise NotImplementedError

    def passed_on(self, line, member):
        """Return why somebody who sponsors on the line stands no longer on it, or nothing."""
        return ""

    def less(self, view, found):
        """Return why an earning row is less than offered, with figures, or nothing."""
        return ""


class OfMoney(Telling):
    """Of a rule whose base is money already: of the payee's company unless it says otherwise."""

    def base_unit(self, plan, item):
        return plan["company_currency"]

    def unit(self, view, found):
        return self.currency(view, found)

    def currency(self, view, found):
        return view.currency(found.payee)


def currency_of(plan, item):
    """Return the code of the currency in which a bonus counts money."""
    return item["common"]["currency"] or plan["base_currency"]


@cache
def of(name):
    """Return the ``Telling`` of a rule."""
    for one in type(rules.get(name)).__mro__:
        package = one.__module__.rpartition(".")[0]
        if package.startswith(f"{rules.__name__}.") and find_spec(f"{package}.explain"):
            module = import_module(f"{package}.explain")
            return rules.class_of(module, f"{one.__name__}Telling")()
    return Telling()
