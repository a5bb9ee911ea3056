"""The shape of a realistic network: who sponsors whom, who stands where.

Plain Python and numpy, no Odoo: the same seed gives the same network.
"""

import datetime
from dataclasses import dataclass

import numpy as np

#: what a network of a million holds; smaller ones hold a tenth of themselves
CHAIN = 10_000
WIDE = 20_000
FIRST_DAY = datetime.datetime(2018, 1, 1, 12)
YEARS = 8

_CUSTOMERS, _PREFERRED, _HOLDING = (
    0.08,
    0.13,
    0.14,
)  # cumulated shares among those who sponsor nobody
_COPIED = 0.55  # share of sponsors chosen in proportion to the frontline they have already
_RECENT = 0.12  # how far back the others look, as a share of the network of that day


@dataclass(frozen=True)
class Shape:
    """One list item for each person; a person's sponsor and position above come earlier."""

    sponsor: list[int]  # index of the sponsor, -1 for the root
    parent: list[int]  # index of the person whose position is above, -1 without one
    leg: list[str]  # "left", "right", "" at the head and without a position
    kind: list[str]
    placed: list[bool]
    moment: list[datetime.datetime]  # when they joined
    wide: int  # who has the widest frontline
    chain: range  # a chain in both trees, each below the one before

    def __len__(self) -> int:
        return len(self.sponsor)

    def subtree_sizes(self, above: list[int]) -> list[int]:
        """How many people hang at or below each, in the tree that `above` tells."""
        sizes = [1] * len(self)
        for index in range(len(self) - 1, 0, -1):
            if above[index] >= 0:
                sizes[above[index]] += sizes[index]
        return sizes

    def depths(self, above: list[int]) -> list[int]:
        depths = [0] * len(self)
        for index in range(1, len(self)):
            if above[index] >= 0:
                depths[index] = depths[above[index]] + 1
        return depths

    def uplines(self, above: list[int], index: int) -> list[int]:
        found = []
        while above[index] >= 0:
            index = above[index]
            found.append(index)
        return found


def make(size: int, seed: int = 1, extremes: bool = True, right: float = 0.5) -> Shape:
    """A network of `size` people, at least 100.

    Sponsors: half in proportion to what they sponsor already, half among those who joined of
    late; then, with `extremes`, one frontline of 20,000 and one chain of 10,000. Placement: at the
    outer end of a leg of the sponsor, as networks with spill-over fill; `right` is the share of
    those on the right.
    """
    chance = np.random.default_rng(seed)
    chain_length, width = (min(most, size // 10) * extremes for most in (CHAIN, WIDE))
    natural = size - chain_length - width
    sponsor = _sponsors(chance, natural)
    wide = 3
    sponsor += [wide] * width
    chain = range(natural + width, size)
    sponsor += [2, *chain[:-1]] if chain else []
    kind, placed = _kinds(chance, sponsor, set(chain))
    parent, leg = _placement(chance, sponsor, placed, chain, right)
    seconds = np.linspace(0, YEARS * 365 * 86400, size).astype(int).tolist()
    moment = [FIRST_DAY + datetime.timedelta(seconds=one) for one in seconds]
    return Shape(sponsor, parent, leg, kind, placed, moment, wide, chain)


def _sponsors(chance: np.random.Generator, size: int) -> list[int]:
    copied = (chance.random(size) < _COPIED).tolist()
    spread = chance.random(size).tolist()
    back = np.minimum(chance.exponential(_RECENT, size), 0.999).tolist()
    sponsor = [-1]
    for index in range(1, size):
        if copied[index] and index > 10:
            # the sponsor of somebody at random: the wider a frontline, the likelier
            sponsor.append(max(sponsor[int(spread[index] * index)], 0))
        else:
            sponsor.append(int(index * (1 - back[index])) if index > 10 else index - 1)
    return [min(one, index - 1) for index, one in enumerate(sponsor)]


def _kinds(
    chance: np.random.Generator, sponsor: list[int], chain: set[int]
) -> tuple[list[str], list[bool]]:
    sponsoring = set(sponsor)
    kind, placed = [], []
    for index, draw in enumerate(chance.random(len(sponsor)).tolist()):
        leaf = index not in sponsoring and index not in chain
        kind.append(
            "customer"
            if leaf and draw < _CUSTOMERS
            else "preferred"
            if leaf and draw < _PREFERRED
            else "distributor"
        )
        placed.append(not leaf or draw >= _HOLDING or _CUSTOMERS <= draw < _PREFERRED)
    return kind, placed


def _placement(
    chance: np.random.Generator,
    sponsor: list[int],
    placed: list[bool],
    chain: range,
    share: float,
) -> tuple[list[int], list[str]]:
    size = len(sponsor)
    right = (chance.random(size) < share).tolist()
    # for each position and leg: a position nearer to the free outer end, itself when free
    towards = [list(range(size)), list(range(size))]
    parent, leg = [-1] * size, [""] * size
    for index in range(1, size):
        if not placed[index]:
            continue
        side = int(right[index] and index not in chain)
        line = towards[side]
        end = sponsor[index]
        while line[end] != end:
            line[end] = line[line[end]]
            end = line[end]
        line[end] = index
        parent[index], leg[index] = end, ("left", "right")[side]
    return parent, leg
