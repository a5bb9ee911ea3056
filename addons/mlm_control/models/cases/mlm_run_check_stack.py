# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import numpy as np
from mlm_engine.kernel.exact import sum_by
from mlm_engine.kernel.snapshot import KIND_CUSTOMER

from odoo import models
from odoo.tools import SQL


class MlmRun(models.Model):
    """Stacking: people enrolled within the cycle by one sponsor, or from one address, who
    stand one below the other. Each level of such a chain is paid by the ones below it."""

    _inherit = "mlm.run"

    def _find_stacks(self, snapshot):
        network = self.network_id
        joined = snapshot.member_joined
        new = (joined >= snapshot.period_start) & (joined <= snapshot.period_end)
        new &= snapshot.member_kind != KIND_CUSTOMER
        if new.sum() < 2:
            return []
        upwards = {"sponsor": self._get_new_parents(snapshot, new, snapshot.sponsor)}
        upwards["placement"] = self._get_new_parents(snapshot, new, _placed_below(snapshot))
        pv = sum_by(snapshot.row_member, snapshot.row_pv_e4, snapshot.member_id.size)
        cases = {}
        if network.check_stack_sponsor > 0:
            same = {
                member: parent
                for member, parent in upwards["placement"].items()
                if snapshot.sponsor[member] == snapshot.sponsor[parent] >= 0
            }
            for chain in _chains(same, network.check_stack_sponsor):
                sponsor = int(snapshot.member_id[snapshot.sponsor[chain[0]]])
                self._add_stack(cases, snapshot, pv, chain, "sponsor", sponsor, "")
        if network.check_stack_address > 0:
            addresses = self._get_addresses(snapshot.member_id[new])
            keys = {
                int(member): addresses[int(snapshot.member_id[member])]
                for member in np.flatnonzero(new)
                if int(snapshot.member_id[member]) in addresses
            }
            for tree in ("sponsor", "placement"):
                same = {
                    member: parent
                    for member, parent in upwards[tree].items()
                    if member in keys and keys[member][0] == keys.get(parent, (None,))[0]
                }
                for chain in _chains(same, network.check_stack_address):
                    top = int(snapshot.member_id[chain[0]])
                    self._add_stack(cases, snapshot, pv, chain, "address", top, keys[chain[0]][1])
        return list(cases.values())

    def _add_stack(self, cases, snapshot, pv, chain, basis, subject, shared):
        """Keep a chain once, also when both trees show it."""
        people = snapshot.member_id[chain].tolist()
        key = self.env["mlm.run.check"]._make_key("stack", people, [basis])
        everybody = {*people, subject}
        cases.setdefault(
            key,
            {
                "kind": "stack",
                "key": key,
                "distributor_id": subject,
                "distributor_ids": sorted(everybody),
                "at_stake_e4": sum(self._amounts_of(everybody).values()),
                "facts": {
                    "basis": basis,
                    "people": people,
                    "shared": shared,
                    "pv_e4": int(pv[chain].sum()),
                },
            },
        )

    def _get_new_parents(self, snapshot, new, parent):
        """``{member: parent}`` where both are new."""
        members = np.flatnonzero(new & (parent >= 0))
        members = members[new[parent[members]]]
        return dict(zip(members.tolist(), parent[members].tolist(), strict=True))

    def _get_addresses(self, people):
        """``{distributor id: (key, address as written)}`` of those who have one."""
        self.env["res.partner"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT d.id, %s, %s FROM mlm_distributor d
                  JOIN res_partner partner ON partner.id = d.partner_id
                 WHERE d.id = ANY(%s) AND %s <> ''
                """,
                self._address_key(),
                self._address_shown(),
                list(map(int, people)),
                self._address_key(),
            )
        )
        return {person: (key, shown) for person, key, shown in rows}


def _placed_below(snapshot):
    """Per member the member above the first position held; -1: none or the same."""
    parent = np.full(snapshot.member_id.size, -1, dtype=np.int64)
    below = np.flatnonzero((snapshot.position_parent >= 0) & (snapshot.position_member >= 0))
    above = snapshot.position_member[snapshot.position_parent[below]]
    members, first = np.unique(snapshot.position_member[below], return_index=True)
    parent[members] = above[first]
    parent[members[parent[members] == members]] = -1
    return parent


def _chains(parents, least):
    """Longest lines of a forest ``{child: parent}`` with at least ``least`` members.

    :return: lists from the top down, one for each top
    """
    children = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    tops = sorted(set(children) - set(parents))
    for top in tops:
        longest, line = [], [(top, [top])]
        while line:
            member, path = line.pop()
            if len(path) > len(longest):
                longest = path
            line += [(child, [*path, child]) for child in children.get(member, ())]
        if len(longest) >= least:
            yield longest
