import random
from types import SimpleNamespace

import numpy as np

from odoo.tests import BaseCase, tagged

from ..models.cases.mlm_run_check_last_days import BUYERS, _buyers_below


def _tree(chance, size):
    """A parent array: chains, bushes and several roots, in any order."""
    order = chance.sample(range(size), size)
    parent = np.full(size, -1, dtype=np.int64)
    for place in range(1, size):
        above = place - 1 if chance.random() < 0.6 else chance.randrange(-1, place)
        parent[order[place]] = order[above] if above >= 0 else -1
    return parent


def _network(chance):
    """Members in a sponsor tree, who hold no, one or several positions."""
    members, positions = chance.randint(1, 30), chance.randint(0, 40)
    rows = chance.randint(1, 60)
    return SimpleNamespace(
        member_id=np.array(sorted(chance.sample(range(1000), members))),
        sponsor=_tree(chance, members),
        position_id=np.arange(positions),
        position_parent=_tree(chance, positions),
        position_member=np.array([chance.randrange(-1, members) for _ in range(positions)], int),
        row_member=np.array([chance.randrange(members) for _ in range(rows)]),
        # equal amounts are told apart by the id
        row_pv_e4=np.array([chance.randrange(4) for _ in range(rows)]),
    )


def _above(parent, node):
    while (node := parent[node]) >= 0:
        yield node


@tagged("post_install", "-at_install")
class TestBuyersBelow(BaseCase):
    """The largest buyers below each person, as they are found by going up from every one."""

    def test_random_networks(self):
        chance, named = random.Random(1), 0
        for _number in range(300):
            network = _network(chance)
            late = np.array([chance.random() < 0.5 for _ in network.row_member])
            found = [one for one in range(network.member_id.size) if chance.random() < 0.4]
            below = _buyers_below(network, late, np.array(found, dtype=np.int64))
            below = {member: rows for member, rows in below.items() if rows}
            self.assertEqual(below, self._by_hand(network, late, set(found)))
            named += len(below)
        self.assertGreater(named, 500)

    def _by_hand(self, network, late, found):
        bought, below = {}, {}
        for member, pv in zip(network.row_member[late], network.row_pv_e4[late], strict=True):
            bought[int(member)] = bought.get(int(member), 0) + int(pv)
        for buyer, pv in bought.items():
            above = set(_above(network.sponsor, buyer))
            for position in np.flatnonzero(network.position_member == buyer):
                nodes = list(_above(network.position_parent, position))
                above.update(network.position_member[nodes].tolist())
            for member in (above & found) - {buyer}:
                below.setdefault(int(member), []).append([int(network.member_id[buyer]), pv])
        return {
            member: sorted(rows, key=lambda row: (-row[1], row[0]))[:BUYERS]
            for member, rows in below.items()
        }
