# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the rank policy made of the conditions: grant, grace, demotion, override."""

import numpy as np

from ..kernel import conditions, packages, rank_policy, rank_walk, ranks
from ..kernel.text import _
from . import shapes
from .entitled import rank_name


def steps(view, member):
    """Return steps between what the conditions give and the rank paid as.

    Each is a sentence about ``reached``, ``grant``, ``grace``, ``demotion``, ``override``,
    ``paying``, ``kept`` or ``state``.
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
                    rank=rank_name(view, int(view.context.rank[member])),
                ),
            )
        ]
    if not rank_walk.may_rise(view.snapshot)[member]:
        text = view.say(
            "Only a distributor who is not suspended or terminated can have more than the first "
            "rank",
        )
        return [_step(view, "state", text)]
    found = [_reached(view, member), _grant(view, member), *_kept(view, member)]
    found += [_override(view, member), _last_closed(view, member)]
    return [one for one in found if one]


def _step(view, name, text, **more):
    return shapes.sentence(view, name, text, _("Rank"), **more)


def _reached(view, member):
    rank = _by_conditions(view, member)
    text = view.say("The conditions give {rank}", rank=rank_name(view, rank))
    if view.plan["rank_policy"]["mode"] == "ladder":
        text += view.say("; each rank also requires those below it")
    return _step(view, "reached", text, rank=view.plan["ranks"][rank]["code"])


def _by_conditions(view, member):
    best, ladder = 0, view.plan["rank_policy"]["mode"] == "ladder"
    for index, item in enumerate(view.plan["ranks"]):
        one = np.array([member])
        if conditions.holds(view.context, item["requires"], one)[0]:
            best = index
        elif ladder:
            break
    return best


def _grant(view, member):
    """The package that grants a rank, where it gives more than the conditions."""
    rank = int(rank_policy.granted(view.context)[member])
    if rank <= _by_conditions(view, member):
        return None
    held, items = view.context.holdings, view.plan["packages"]
    mine = np.flatnonzero(held.member == member)
    mine = mine[[items[package]["rank"] == rank for package in held.package[mine].tolist()]]
    months = np.array([items[one]["rank_months"] or 0 for one in held.package[mine].tolist()])
    until = packages.term_end(view.snapshot, held.moment[mine], months)
    last = int(np.argmax(until))
    name = view.label(items[int(held.package[mine[last]])]["name"])
    values = {"name": name, "rank": rank_name(view, rank)}
    if until[last] < packages.NO_END:
        day = view.day(int(until[last]))
        text = view.say("Package {name} grants {rank} until {day}", day=day, **values)
    else:
        text = view.say("Package {name} grants {rank} without end", **values)
    return _step(view, "grant", text, rank=view.plan["ranks"][rank]["code"])


def _kept(view, member):
    """Grace and demotion of somebody who earned less than the rank before."""
    ctx, rules = view.context, view.plan["rank_policy"]
    before = int(rank_policy.before(view.snapshot)[member])
    if int(ctx.earned_rank[member]) >= before:
        return
    missed = int(rank_policy.missed(view.snapshot)[member]) + 1
    name, grace = rank_name(view, before), rules["grace"]
    if missed <= grace:
        text = view.say(
            "{name} is not reached: period of grace {missed} of {grace}, it is kept",
            name=name,
            missed=missed,
            grace=grace,
        )
        yield _step(view, "grace", text, misses=missed, grace=grace)
        return
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
    yield _step(view, "demotion", text, misses=missed, grace=grace)


def _override(view, member):
    data = view.snapshot
    mine = np.flatnonzero(data.override_member == member)
    if not mine.size:
        return None
    rank, exact = int(data.override_rank[mine[0]]), bool(data.override_exact[mine[0]])
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


def _last_closed(view, member):
    if view.plan["rank_policy"]["paid_rank"] == "current":
        return None
    rank = rank_name(view, int(view.context.paying_rank[member]))
    text = view.say("Bonuses use the rank of the last closed period: {rank}", rank=rank)
    return _step(view, "paying", text)
