# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ordinary weeks after the told ones, so that the company lives up to the present moment.

The same moment gives the same weeks.
"""

from datetime import datetime, time, timedelta
from random import Random

from . import network, persons
from .member import Member
from .purchases import BASKETS, CYCLE, NOW, PACKAGE, retail_lines

#: Cycles with people joining and buying; those before them, if any, pass without sales.
MOST = 12
JOINERS = 3
#: How often somebody buys in a week.
OFTEN = {"distributor": 0.12, "preferred": 0.25, "customer": 0.15}
LEADERS = ("root", "maria", "luis", "andres", "diana", "jorge", "sandra")
_WEEK = timedelta(days=7)


def number_of(day):
    """Number of the cycle that a local day lies in; days before the told weeks end with them."""
    return max(NOW, NOW + (day - CYCLE[NOW]) // _WEEK)


def start_of(number):
    return CYCLE[NOW] + _WEEK * (number - NOW)


class Weeks:
    """Cycles from 926 up to a moment, played into a book.

    :param members: everybody so far; who joins is added
    :param datetime now: local, without offset
    """

    def __init__(self, seed, book, members, now):
        self.seed, self.book, self.members, self.now = seed, book, members, now
        self.running = number_of(now.date())
        self.by_key = {member.key: member for member in members if member.key}
        self.taken = {member.name for member in members}

    def play(self):
        if self.running == NOW:
            return
        for number in range(max(NOW, self.running - MOST), self.running + 1):
            rng = Random(f"{self.seed}/{number}")
            self._buy(rng, number)
            self._join(rng, number)

    def moment(self, share):
        """A moment of the running cycle that has passed; ``share`` of what has passed, 0 to 1."""
        start = datetime.combine(start_of(self.running), time())
        return (start + (self.now - start) * share).replace(second=0, microsecond=0)

    def _at(self, rng, number, earliest=0.0):
        """When something of a cycle happens: before now, in the running one."""
        share = earliest + (1 - earliest) * rng.random() * 0.98
        if number == self.running:
            return self.moment(share).isoformat(" ", "minutes")
        return (start_of(number) + timedelta(days=int(7 * share))).isoformat()

    def _buy(self, rng, number):
        for member in list(self.members):
            leads = member.key in LEADERS
            if not leads and (not member.free or member.key or rng.random() > OFTEN[member.kind]):
                continue
            if number == self.running and rng.random() * 7 > self.now.weekday() + 1:
                continue  # comes later in the week
            day = self._at(rng, number)
            if member.kind == "customer":
                self.book.sell(member, day, *retail_lines(rng), price_list="retail")
                continue
            lines, _pv = (
                BASKETS[7 if member.key == "maria" else 0] if leads else rng.choice(BASKETS)
            )
            self.book.sell(member, day, *lines)

    def _join(self, rng, number):
        """New distributors with a package, the last one of each week waiting for a place."""
        for turn in range(JOINERS):
            last_of_late = turn == JOINERS - 1 and number >= self.running - 1
            member = Member(
                start_of(number),
                wanted="hold" if last_of_late else None,
                package=rng.choices(network.PACKAGES, network.NEW_WEIGHTS)[0],
            )
            member.name = persons.full_name(rng, self.taken)
            network.join(rng, member, self.by_key, self.members)
            self.members.append(member)
            member.code = f"{len(self.members):06d}"
            self.book.sell(member, self._at(rng, number), (PACKAGE[member.package], 1))
