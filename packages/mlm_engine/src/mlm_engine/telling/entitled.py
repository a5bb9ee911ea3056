# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether a person may earn in a bonus, and what is missing: for every rule."""

import numpy as np

from .. import measures as kinds
from ..kernel import conditions, eligibility, own_percent
from ..kernel.codes import Reason
from ..kernel.exact import E4, E6
from ..plan.document import unscaled
from . import shapes
from .codes import figure_text, reason_text


def why_not(view, bonus, member):
    """Return the step that says why ``member`` may not earn, ``None`` if it may."""
    reason = int(eligibility.of_bonus(view.context, bonus).reason[member])
    if not reason:
        return None
    text, name = reason_text(reason, view.lang), Reason(reason).name.lower()
    if reason == Reason.INACTIVE:
        text += ": " + own_pv(view, member)
    elif reason == Reason.RANK_BELOW:
        mine, needed = int(view.context.paying_rank[member]), bonus.common.min_rank
        text += f": {rank_name(view, mine)} < {rank_name(view, needed)}"
    elif reason == Reason.NOT_QUALIFIED:
        listed = conditions_of(view, bonus.common.requires, member)
        text += ": " + "; ".join(one["text"] for one in listed if not one["holds"])
        return shapes.conditions(view, "not_entitled", text, listed, reason=name)
    return shapes.sentence(view, "not_entitled", text, reason=name)


def clause(view, bonus, member):
    """Return why ``member`` may not earn as a clause of a sentence, or nothing."""
    reason = int(eligibility.of_bonus(view.context, bonus).reason[member])
    if reason == Reason.INACTIVE:
        return own_pv(view, member)
    if reason == Reason.RANK_BELOW:
        mine = rank_name(view, view.context.paying_rank[member])
        needed = rank_name(view, bonus.common.min_rank)
        return view.say("rank {mine} is below {needed}", mine=mine, needed=needed)
    if reason == Reason.NOT_QUALIFIED:
        found = conditions_of(view, bonus.common.requires, member)
        missing = "; ".join(one["text"] for one in found if not one["holds"])
        return view.say("not met: {missing}", missing=missing)
    return {
        Reason.SUSPENDED: view.say("was suspended"),
        Reason.TERMINATED: view.say("was terminated"),
        Reason.NOT_DISTRIBUTOR: view.say("is not a distributor"),
    }.get(reason, "")


def rank_name(view, rank):
    """Return the label of a rank of the plan."""
    ranks = view.plan["ranks"]
    return view.label(ranks[int(rank)]["name"]) if ranks else "-"


def figure_label(view, condition):
    """Return the name of the figure that a condition or a rule's ``measure`` names."""
    if condition is None:
        return view.say("Group PV")
    if condition["kind"] == "measure":
        return view.label(view.plan["measures"][condition["index"]]["name"])
    return figure_text(condition["measure"], view.lang)


def conditions_of(view, listed, member):
    """Return each condition with what it asks, what is reached and what is missing."""
    return told(view, listed, (int(values[member]) for values in reached(view, listed)))


def reached(view, listed):
    """Yield what everybody has of each of ``conditions.flat(listed)``, integer arrays: the
    figure compared, the number of the best package or of the title, -1 for none."""
    for condition in conditions.flat(listed):
        if condition["kind"] == "package":
            yield _best_package(view.context, condition["in_term"])
        elif condition["kind"] == "title":
            yield view.snapshot.member_title
        else:
            yield np.asarray(conditions.reached(view.context, condition))


def told(view, listed, values):
    """Return what ``conditions_of`` does from what somebody has reached.

    :param view: needs no more than its plan and language
    :param values: iterator of integers in the order of ``reached``
    """
    return [_condition(view, one, values) for one in listed]


def own_pv(view, member):
    """Return the own PV of the window and what it had to be, as a clause."""
    own, needed = map(view.points, _own_and_needed(view, member))
    return view.say(
        "own PV was {own} of {needed} in {period}",
        own=own,
        needed=needed,
        period=view.period,
    )


def activity_steps(view, member):
    """Return the step that says whether somebody is active, none without such a rule."""
    rule = view.plan["activity"]
    if not rule:
        return []
    own, needed = _own_and_needed(view, member)
    active = bool(view.context.activity.active[member])
    days = view.plan["periods"][rule["period"]]["kind"] == "days"
    size, shown = rule["window"], view.points(own)
    cycles, others = (
        view.how_many(size, "{count} cycle", "{count} cycles"),
        view.how_many(size, "{count} period", "{count} periods"),
    )
    window = cycles if days else others
    asked = view.points(needed)
    state = view.say("active") if active else view.say("inactive")
    text = view.say(
        "Own PV within {window}: {shown} of {asked}", window=window, shown=shown, asked=asked
    )
    asks = {"holds": active, "text": text, **_compared(own, needed, E4)}
    asks["done"] = 100 if active else _part(own, needed)
    return [shapes.conditions(view, "activity", f"{text}; {state}", [asks])]


def needed_e4(view, members):
    """Return the own PV that activity asks of members, by the rank they held before,
    ten-thousandths; nothing where the plan asks for none."""
    rule, data = view.plan["activity"], view.snapshot
    if not rule:
        return np.zeros(members.size, dtype=np.int64)
    held = data.member_paid if rule["held"] == "paid" else data.member_title
    rank = held[members] if held.size else np.zeros(members.size, dtype=np.int64)
    if not rule["by_rank_e4"]:
        return np.full(members.size, rule["pv_e4"], dtype=np.int64)
    return np.array(rule["by_rank_e4"], dtype=np.int64)[rank]


def _own_and_needed(view, member):
    """Own PV in the window and what is needed of it, ten-thousandths."""
    (needed,) = needed_e4(view, np.array([member])).tolist()
    return int(view.context.activity.own_pv_e4[member]), needed


def _condition(view, condition, values):
    kind = condition["kind"]
    if kind == "any":
        lists = [told(view, one, values) for one in condition["lists"]]
        text = view.say(" or ").join(
            "(" + ", ".join(one["text"] for one in each) + ")" for each in lists
        )
        holds = any(all(one["holds"] for one in each) for each in lists)
        done = max((min((one["done"] for one in each), default=100) for each in lists), default=0)
        return {"holds": holds, "text": text, "done": 100 if holds else done, "lists": lists}
    has = next(values)
    if kind == "package":
        packages, holds = view.plan["packages"], has >= condition["package"]
        name = view.label(packages[condition["package"]]["name"])
        text = view.say("package {name}", name=name)
        if condition["in_term"]:
            text += view.say(", valid")
        mine = view.label(packages[has]["name"]) if has >= 0 else view.say("none")
        return _all_or_nothing(view, holds, text, name, mine)
    if kind == "title":
        name, holds = rank_name(view, condition["rank"]), has >= condition["rank"]
        text = view.say("title {name}", name=name)
        return _all_or_nothing(view, holds, text, name, rank_name(view, has))
    found, holds = figure(view, condition, has), has >= condition["min"]
    return {"holds": holds, **found, "done": 100 if holds else found["done"]}


def _all_or_nothing(view, holds, text, name, mine):
    """Return a condition of which nothing is half reached; what somebody has in place of
    what is asked stands in parentheses."""
    if not holds:
        text += view.say(" (has {mine})", mine=mine)
    return {"holds": holds, "text": text, "done": 100 if holds else 0, "required": name}


def _best_package(ctx, in_term):
    """Return the highest package of everybody, of those in term on the last day if asked."""
    key = ("best package", in_term)
    if key not in ctx.shared:
        held = ctx.holdings
        counts = held.until >= ctx.snapshot.period_end if in_term else slice(None)
        ctx.shared[key] = np.full(ctx.members, -1, dtype=np.int64)
        np.maximum.at(ctx.shared[key], held.member[counts], held.package[counts])
    return ctx.shared[key]


def _cap(view, condition):
    """Return up to what each leg counts in a figure that cuts them, in parentheses."""
    if condition["kind"] != "measure":
        return ""
    item = view.plan["measures"][condition["index"]]
    cap = kinds.get(item["kind"]).cap_of_leg(item["params"])
    if cap is None:
        return ""
    pct, of, own = cap
    if of == "actual":
        most = view.say(
            "{pct} of the group volume",
            pct=view.percent(pct),
        )
    else:
        most = view.points(condition["min"] * pct // E6)
    if own:
        return view.say(
            " (own volume and each leg count up to {most})",
            most=most,
        )
    return view.say(" (each leg counts up to {most})", most=most)


def figure(view, condition, reached):
    """Return a condition with a ``min`` as a ``shapes`` condition, without ``holds``.

    ``view`` needs no more than its plan and language.
    """
    label = figure_label(view, condition)
    scale = E4 if own_percent.is_volume(view.plan, condition) else 1
    needed, missing = condition["min"], max(0, condition["min"] - reached)

    def number(value):
        return view.number(unscaled(value, scale))

    text = view.say(
        "{label}: {reached} of {needed}",
        label=label,
        reached=number(reached),
        needed=number(needed),
    )
    text += _cap(view, condition)
    if missing:
        text += view.say(" ({missing} missing)", missing=number(missing))
    return {"text": text, "done": _part(reached, needed), **_compared(reached, needed, scale)}


def _compared(reached, required, scale):
    """What is asked, reached and missing, as decimal text."""
    figures = {"required": required, "reached": reached, "missing": max(0, required - reached)}
    return {name: unscaled(value, scale) for name, value in figures.items()}


def _part(reached, required):
    """Return the part of something not reached yet, whole percent below 100."""
    return max(0, min(99, 100 * reached // required)) if required else 0
