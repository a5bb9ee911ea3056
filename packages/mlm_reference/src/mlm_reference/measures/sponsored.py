# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number of people whom somebody sponsored."""

from ..codes import KIND_CUSTOMER, KIND_DISTRIBUTOR, KIND_PREFERRED

KINDS = {
    "distributor": KIND_DISTRIBUTOR,
    "preferred": KIND_PREFERRED,
    "customer": KIND_CUSTOMER,
}


def value(run, item, member, least):
    return sum(_counts(run, item, member, one) for one in run.network.sponsored.get(member, ()))


def _counts(run, item, member, one):
    data = run.inputs
    kind = item.get("who", "distributor")
    if kind != "any" and data.member_kind[one] != KINDS[kind]:
        return False
    if item.get("state", "any") == "active" and not run.people.active(one):
        return False
    joined = data.period_start <= data.member_joined[one] <= data.period_end
    if item.get("joined", "any") == "period" and not joined:
        return False
    asked = item.get("measure")
    if asked is not None and not run.measures.reaches(str(asked), item.get("min", 0), one):
        return False
    wanted = item.get("min_rank")
    return wanted is None or run.ranks.seen(one, member) >= run.plan.rank_index[str(wanted)]
