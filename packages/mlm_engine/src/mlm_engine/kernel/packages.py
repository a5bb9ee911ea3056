# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Package holdings: who held what at a moment, and the percentage it gives.

A purchase counts from its payment's local date. Its term of ``months`` ends on
the day of the same number (the last day of a shorter month; Código Civil
art. 67), that day included, and is tested on the period's last day. Without
``months`` it never ends. Buying again a package that one held before gives
``repeat_pct`` instead of ``pct``. An upgrade is a purchase of the higher package
and starts its term. The best purchase in term wins.

Tiny example: ESP-3 (17 %, 6 months, repeat 15 %) bought on 2026-03-10 gives 17 %
through 2026-09-10; bought again on 2026-09-01 it gives 17 % until then and 15 %
through 2027-03-01.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import packed
from .columns import part
from .context import local_day

_EPOCH_ORDINAL = 719163
#: ``until`` of a purchase whose term never ends.
NO_END = 2**31


@dataclass(frozen=True)
class Holdings:
    """All package purchases up to the period's end, in order of time.

    Arrays over purchases: ``member``, ``package``, ``package_from``, ``moment``,
    ``rate_e6``, ``until`` (last day of the term), ``repeat`` (bool).
    """

    member: np.ndarray
    package: np.ndarray
    package_from: np.ndarray
    moment: np.ndarray
    rate_e6: np.ndarray
    until: np.ndarray
    repeat: np.ndarray

    @cached_property
    def _index(self):
        """Purchases by (member, moment): ``(times, keys, member, highest)``.

        ``times`` are all moments, ``keys`` join member and moment into one
        rising number, ``highest`` is the best package that far.
        """
        order = packed.order([self.member, self.moment])
        member, moment, package = (
            part(column, order) for column in (self.member, self.moment, self.package)
        )
        times = np.unique(moment)
        keys = member * (times.size + 1) + np.searchsorted(times, moment) + 1
        wide = int(self.package.max(initial=0)) + 1
        # A running maximum that starts anew with each member.
        first = np.ones(member.size, dtype=bool)
        first[1:] = member[1:] != member[:-1]
        group = np.cumsum(first) - 1
        raised = np.maximum.accumulate(group * wide + package)
        return times, keys, member, raised - group * wide

    def highest_at(self, member, moment):
        """Return the highest package held by members at moments, -1 for none.

        A purchase counts from its own moment on, that moment included; no term.
        """
        times, keys, holder, highest = self._index
        if not holder.size:
            return np.full(np.shape(member), -1, dtype=np.int64)
        # Last purchase not after (member, moment).
        asked = member * (times.size + 1) + np.searchsorted(times, moment, side="right")
        place = np.searchsorted(keys, asked, side="right") - 1
        found = (place >= 0) & (holder[place] == member)
        return np.where(found, highest[place], -1)

    def best_in_term(self, members, day):
        """Return ``(rate_e6, purchase)`` per member on ``day``; 0 and -1 if none.

        Among equal rates the purchase whose term ends last wins, then the later.
        """
        rate = np.zeros(members, dtype=np.int64)
        purchase = np.full(members, -1, dtype=np.int64)
        current = np.flatnonzero(self.until >= day)
        best_last = np.lexsort((current, self.until[current], self.rate_e6[current]))
        order = current[best_last]
        purchase[self.member[order]] = order
        held = purchase >= 0
        rate[held] = self.rate_e6[purchase[held]]
        return rate, purchase


def evaluate(snapshot):
    """Return the ``Holdings``: earlier purchases, then those of the period."""
    bought = np.flatnonzero(
        (snapshot.row_package >= 0) & (snapshot.row_reversal == 0) & (snapshot.row_buyer >= 0)
    )
    member = np.concatenate((snapshot.held_member, snapshot.row_buyer[bought]))
    package = np.concatenate((snapshot.held_package, snapshot.row_package[bought]))
    below = np.concatenate((snapshot.held_package_from, snapshot.row_package_from[bought]))
    moment = np.concatenate((snapshot.held_moment, snapshot.row_moment[bought]))
    order = np.argsort(moment, kind="stable")
    member, package, below, moment = (column[order] for column in (member, package, below, moment))
    repeat = _repeated(member, package)
    rates, terms = _plan_columns(snapshot.plan)
    until = term_end(snapshot, moment, terms[package])
    rate = rates[repeat.astype(np.int64), package]
    return Holdings(member, package, below, moment, rate, until, repeat)


def term_end(snapshot, moment, months):
    """Return the last day of terms that begin at moments; 0 months never end."""
    day = local_day(snapshot, moment)
    return np.where(months > 0, add_months(day, months), NO_END).astype(np.int64)


def add_months(day, months):
    """Return ordinals ``months`` later: same day number, or the month's last day.

    >>> from datetime import date
    >>> leap = add_months(np.array([date(2026, 8, 31).toordinal()]), 6)
    >>> date.fromordinal(int(leap[0])).isoformat()
    '2027-02-28'
    """
    date = (np.asarray(day) - _EPOCH_ORDINAL).astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    number = (date - month.astype("datetime64[D]")).astype(np.int64)
    target = month + np.asarray(months).astype("timedelta64[M]")
    first = target.astype("datetime64[D]")
    length = ((target + np.timedelta64(1, "M")).astype("datetime64[D]") - first).astype(np.int64)
    return first.astype(np.int64) + np.minimum(number, length - 1) + _EPOCH_ORDINAL


def _repeated(member, package):
    """Tell for purchases in order of time whether the same one came before."""
    order, first = packed.runs([member, package])
    repeat = ~first
    if order is not None:
        repeat[order] = ~first
    return repeat


def _plan_columns(plan):
    """Return ``(rate_e6[first or repeat][package], months[package])``."""
    items = plan["packages"]
    first = [item["rate_e6"] for item in items]
    again = [
        item["rate_e6"] if item["repeat_rate_e6"] is None else item["repeat_rate_e6"]
        for item in items
    ]
    months = [item["months"] or 0 for item in items]
    return np.array([first, again], dtype=np.int64), np.array(months, dtype=np.int64)
