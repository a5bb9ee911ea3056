# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the rank policy made of the conditions: grant, grace, demotion, override."""

import numpy as np

from ..kernel import conditions, packages, rank_policy, rank_walk, ranks
from ..kernel.text import _
from . import shapes
from .entitled import rank_name

#: what ``told`` asks of a person, ranks and packages by number: ``{fact: what it mostly is}``
FACTS = {
    "may_rise": 1,
    "by_conditions": 0,
    "granted": 0,  # by a package, where that is more than the conditions give
    "granting": -1,  # the package
    "granted_until": packages.NO_END,
    "before": 0,  # the rank before, where less is earned now
    "missed": 0,  # periods in a row, this one included
    "override": -1,
    "override_exact": 0,
    "paying": 0,
}


def steps(view, member):
    """Return steps between what the conditions give and the rank paid as.

    Each is a sentence about ``reached``, ``grant``, ``grace``, ``demotion``, ``override``,
    ``paying``, ``kept`` or ``state``.
    """
    found = facts(view, np.array([member]))
    return told(view, {name: int(values[0]) for name, values in found.items()})


def facts(view, members):
    """Return ``FACTS`` of members, int64 arrays."""
    found = {name: np.full(members.size, usual) for name, usual in FACTS.items()}
    if not view.plan["ranks"]:
        return found
    ctx, data = view.context, view.snapshot
    found["paying"] = ctx.paying_rank[members]
    if not ranks.decides(data):
        return found
    found["may_rise"] = rank_walk.may_rise(data)[members].astype(np.int64)
    found["by_conditions"] = _by_conditions(view, members)
    granted = rank_policy.granted(ctx)[members]
    more = granted > found["by_conditions"]
    found["granted"] = np.where(more, granted, 0)
    if more.any():
        package, until = _granting(view)
        found["granting"] = np.where(more, package[members], -1)
        found["granted_until"] = np.where(more, until[members], packages.NO_END)
    before = rank_policy.before(data)[members]
    below = ctx.earned_rank[members] < before
    found["before"] = np.where(below, before, 0)
    found["missed"] = np.where(below, rank_policy.missed(data)[members] + 1, 0)
    for name, values in (("override", data.override_rank), ("override_exact", data.override_exact)):
        everybody = np.full(ctx.members, FACTS[name])
        everybody[data.override_member[::-1]] = values[::-1]  # the first one of a person counts
        found[name] = everybody[members]
    return found


def told(view, fact):
    """Return ``steps`` from the ``FACTS`` of a person, integers.

    ``view`` needs no more than its plan, its language and the kind of its period.
    """
    if not view.plan["ranks"]:
        return []
    rules = view.plan["rank_policy"]
    if not ranks.decides(view.snapshot):
        return [
            _step(
                view,
                "kept",
                view.say(
                    "Ranks are decided by period “{period}”; until then it stays {rank}",
                    period=rules["period"],
                    rank=rank_name(view, fact["paying"]),
                ),
            )
        ]
    if not fact["may_rise"]:
        text = view.say(
            "Only a distributor who is not suspended or terminated can have more than the first "
            "rank",
        )
        return [_step(view, "state", text)]
    found = [_reached(view, fact["by_conditions"]), _grant(view, fact), _kept(view, fact)]
    found += [_override(view, fact), _last_closed(view, fact)]
    return [one for one in found if one]


def _step(view, name, text, **more):
    return shapes.sentence(view, name, text, _("Rank"), **more)


def _reached(view, rank):
    text = view.say("The conditions give {rank}", rank=rank_name(view, rank))
    if view.plan["rank_policy"]["mode"] == "ladder":
        text += view.say("; each rank also requires those below it")
    return _step(view, "reached", text, rank=view.plan["ranks"][rank]["code"])


def _by_conditions(view, members):
    """The rank that the conditions alone give members."""
    best, climbing = np.zeros(members.size, dtype=np.int64), np.ones(members.size, dtype=bool)
    for index, item in enumerate(view.plan["ranks"]):
        holds = climbing & conditions.holds(view.context, item["requires"], members)
        best[holds] = index
        if view.plan["rank_policy"]["mode"] == "ladder":
            climbing = holds
    return best


def _granting(view):
    """Of everybody the package that grants the highest rank, and its last day; of several
    the one whose term of rank ends last."""
    ctx, items = view.context, view.plan["packages"]
    held = ctx.holdings
    rank = np.array([item["rank"] for item in items])[held.package]
    months = np.array([item["rank_months"] or 0 for item in items])[held.package]
    until = packages.term_end(view.snapshot, held.moment, months)
    mine = np.flatnonzero(rank == rank_policy.granted(ctx)[held.member])
    order = mine[np.lexsort((-mine, until[mine]))]  # the last one that is written stays
    package = np.full(ctx.members, -1)
    last = np.full(ctx.members, packages.NO_END)
    package[held.member[order]], last[held.member[order]] = held.package[order], until[order]
    return package, last


def _grant(view, fact):
    """The package that grants a rank, where it gives more than the conditions."""
    rank, until = fact["granted"], fact["granted_until"]
    if not rank:
        return None
    name = view.label(view.plan["packages"][fact["granting"]]["name"])
    values = {"name": name, "rank": rank_name(view, rank)}
    if until < packages.NO_END:
        text = view.say("Package {name} grants {rank} until {day}", day=view.day(until), **values)
    else:
        text = view.say("Package {name} grants {rank} without end", **values)
    return _step(view, "grant", text, rank=view.plan["ranks"][rank]["code"])


def _kept(view, fact):
    """Grace and demotion of somebody who earned less than the rank before."""
    rules, before, missed = view.plan["rank_policy"], fact["before"], fact["missed"]
    if not before:
        return None
    name, grace = rank_name(view, before), rules["grace"]
    if missed <= grace:
        text = view.say(
            "{name} is not reached: period of grace {missed} of {grace}, it is kept",
            name=name,
            missed=missed,
            grace=grace,
        )
        return _step(view, "grace", text, misses=missed, grace=grace)
    how = {
        "earned": _("it drops to the rank reached"),
        "one_step": _("it drops by one rank only"),
        "none": _("ranks are not lowered"),
    }[rules["demotion"]]
    over = view.say(" after {grace} of grace", grace=grace) if grace else ""
    text = view.say(
        "{name} is not reached ({missed} in a row{over}): {how}",
        name=name,
        missed=missed,
        over=over,
        how=how,
    )
    return _step(view, "demotion", text, misses=missed, grace=grace)


def _override(view, fact):
    rank, exact = fact["override"], bool(fact["override_exact"])
    if rank < 0:
        return None
    name = rank_name(view, rank)
    text = view.say("By an approved decision: at least {rank}", rank=name)
    if exact:
        text = view.say("By an approved decision: exactly {rank}", rank=name)
    return _step(
        view,
        "override",
        text,
        rank=view.plan["ranks"][rank]["code"],
        exact=exact,
    )


def _last_closed(view, fact):
    if view.plan["rank_policy"]["paid_rank"] == "current":
        return None
    rank = rank_name(view, fact["paying"])
    text = view.say("Bonuses use the rank of the last closed period: {rank}", rank=rank)
    return _step(view, "paying", text)
