# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import timedelta

import numpy as np
from mlm_engine.kernel import run as engine_run
from mlm_engine.kernel import trees
from mlm_engine.kernel.exact import sum_by
from mlm_engine.kernel.snapshot import KIND_CUSTOMER

from odoo import models

from ... import counterfactual

DAY = 86_400
# Buyers named in a case.
BUYERS = 3


class MlmRun(models.Model):
    """Purchases of the last days that alone lifted activity, rank or package.

    The cycle is computed once more without what distributors bought in their own names
    on the last days. Whoever then is not active, holds a lower rank or lacks the
    package, and earns less, is a case; sales to customers are no reason for one.
    """

    _inherit = "mlm.run"

    def _find_last_days(self, snapshot, outcome):
        days = self.network_id.check_days
        if days <= 0 or not snapshot.row_id.size:
            return []
        late = self._get_late_rows(snapshot, days)
        if not late.any():
            return []
        less = engine_run.outcome(counterfactual.without_mask(snapshot, late))
        amount_e4, without_e4 = (
            self._turn_members(snapshot, one.amount_e4) for one in (outcome, less)
        )
        stake = amount_e4 - without_e4
        packages = self._get_bought_packages(snapshot, late)
        bought = np.zeros(snapshot.member_id.size, dtype=bool)
        bought[list(packages)] = True
        lifted = (outcome.active & ~less.active) | (outcome.rank > less.rank) | bought
        least = max(round(self.network_id.check_least * 10_000), 1)
        found = np.flatnonzero(lifted & (stake >= least))
        own_pv = sum_by(
            snapshot.row_member[late], snapshot.row_pv_e4[late], snapshot.member_id.size
        )
        buyers = _buyers_below(snapshot, late, found)
        first = self.period_id.date_end - timedelta(days=days - 1)
        cases = []
        for member in found.tolist():
            person = int(snapshot.member_id[member])
            facts = {
                "from": str(first),
                "active": bool(outcome.active[member] and not less.active[member]),
                "rank": int(outcome.rank[member]),
                "rank_without": int(less.rank[member]),
                "packages": packages.get(member, []),
                "amount_e4": int(amount_e4[member]),
                "without_e4": int(without_e4[member]),
                "own_pv_e4": int(own_pv[member]),
                "buyers": buyers.get(member, []),
            }
            cases.append(
                {
                    "kind": "last_days",
                    "distributor_id": person,
                    "distributor_ids": [person],
                    "at_stake_e4": int(stake[member]),
                    "facts": facts,
                    "key": self.env["mlm.run.check"]._make_key(
                        "last_days",
                        [person],
                        [self.period_id.id, *sorted(facts.items(), key=lambda item: item[0])],
                    ),
                }
            )
        return cases

    def _get_late_rows(self, snapshot, days):
        """Mask of the rows of the last days that somebody bought in the own name."""
        since = snapshot.period_end_moment - days * DAY
        own = (snapshot.row_member >= 0) & (snapshot.row_member == snapshot.row_buyer)
        own &= snapshot.member_kind[snapshot.row_member] != KIND_CUSTOMER
        return own & (snapshot.row_moment >= since) & (snapshot.row_reversal == 0)

    def _get_bought_packages(self, snapshot, late):
        """``{member: [codes of packages bought]}``."""
        rows = np.flatnonzero(late & (snapshot.row_package >= 0) & (snapshot.row_package_qty > 0))
        packages = {}
        for row in rows.tolist():
            code = snapshot.plan["packages"][int(snapshot.row_package[row])]["code"]
            packages.setdefault(int(snapshot.row_member[row]), []).append(code)
        return packages


def _buyers_below(snapshot, late, found):
    """Who bought most of these rows below each of the ``found``, in either tree.

    :return: ``{member: [[distributor id, pv_e4], …]}``, the largest first
    """
    pv = sum_by(snapshot.row_member[late], snapshot.row_pv_e4[late], snapshot.member_id.size)
    buyers = np.unique(snapshot.row_member[late])
    buyers = buyers[np.argsort(-pv[buyers], kind="stable")]  # of equals the smallest id first
    wanted = np.zeros(snapshot.member_id.size, dtype=bool)
    wanted[found] = True
    below = {}
    for parent, owner in (
        (snapshot.sponsor, np.arange(snapshot.member_id.size)),
        (snapshot.position_parent, snapshot.position_member),
    ):
        for node, places in _largest_below(parent, owner, wanted, buyers).items():
            below.setdefault(int(owner[node]), set()).update(places)
    return {
        member: [
            [int(snapshot.member_id[buyers[place]]), int(pv[buyers[place]])]
            for place in [place for place in sorted(places) if buyers[place] != member][:BUYERS]
        ]
        for member, places in below.items()
    }


def _largest_below(parent, owner, wanted, buyers):
    """The first of the ``buyers`` below each node whose owner is wanted.

    Each climbs from one such node to the next, until one has enough of those before: so
    has everybody above it. No node takes more than one more than are named, for its
    owner may be among them.

    :return: ``{node: [place in buyers, …]}``, ascending
    """
    marked = (owner >= 0) & wanted[owner]
    above = trees.forest(parent).nearest(marked).tolist()
    nodes, places = trees.Places(owner).of(buyers)
    found = {}
    for node, place in zip(nodes.tolist(), places.tolist(), strict=True):
        while (node := above[node]) >= 0:
            known = found.setdefault(node, [])
            if len(known) > BUYERS or known[-1:] == [place]:
                break
            known.append(place)
    return found
